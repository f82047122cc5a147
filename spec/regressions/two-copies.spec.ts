import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { expect } from 'chai';
import type { Context } from '@opentelemetry/api';
import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { configureTracing, health, Traced } from 'spanwright';
import { captureSpans, expectOneTree } from 'spanwright/testing';

import { raise } from '../calls/lifecycle/fixtures/raise.js';

describe('two copies of the package in one process', () => {
  const copy = createRequire(import.meta.url)(resolve('dist/cjs/index.js')) as typeof import('spanwright');

  it('are two', () => {
    expect(copy.Traced).not.equal(Traced);
  });

  for (const shutsDown of ['the one that opened them', 'the other'] as const) {
    it(`end their open calls when ${shutsDown} shuts down`, async () => {
      const configure = shutsDown === 'the other' ? copy.configureTracing : configureTracing;
      const tracing = configure({ destinations: [{ provider: 'memory' }] });
      const { live } = tracing.health().calls;
      void Traced.run('open', () => new Promise(() => {}));
      void copy.Traced.run('open in the copy', () => new Promise(() => {}));
      expect(tracing.health().calls.live - live).equal(2);
      await tracing.shutdown();
      expect(tracing.health().calls.live - live).equal(0);
    });
  }

  it('write the exception of what is no error on the innermost span alone', () => {
    const spans = captureSpans();
    const { ENGINE = 0 } = health().guarded;
    const failing = copy.Traced.wrap('inner', () => raise('a text'));
    let thrown: unknown;
    try {
      Traced.run('outer', () => failing());
    } catch (error) {
      thrown = error;
    }
    expect(thrown).equal('a text');
    spans.stop();
    expect(spans.finished().map(({ name, events }) => [name, events.length])).deep.equal([
      ['inner', 1],
      ['outer', 0],
    ]);
    expect(health().guarded['ENGINE'] ?? 0).equal(ENGINE);
  });

  it('do not keep the contexts of each other’s calls', () => {
    const spans = captureSpans();
    const base = Symbol.for('spanwright.base.1');
    Traced.run('one', () =>
      copy.Traced.run('two', () =>
        Traced.run('three', () => {
          expect((context.active() as Context & { [base]?: Context })[base]).equal(ROOT_CONTEXT);
        }),
      ),
    );
    spans.stop();
    expectOneTree(spans.finished());
  });
});
