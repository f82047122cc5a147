import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { expect } from 'chai';
import { configureTracing, Traced } from 'spanwright';

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
});
