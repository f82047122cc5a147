import { Traced } from 'spanwright';
import type { FinishedSpan } from 'spanwright/testing';
import { expectNoOpenCalls, expectOneTree } from 'spanwright/testing';
import { expect } from 'chai';

import { state } from '#lib/core/state.js';

import { captureEach } from './fixtures/capture-each.js';
import { turn } from './fixtures/collect.js';
import type { Way } from './fixtures/raise.js';
import { raise, thrownValues, ways } from './fixtures/raise.js';

const ERROR = 2;

/** What the way fails with when two traced functions return the same result. */
async function failNested(way: Way, thrown: unknown): Promise<unknown> {
  const inner = Traced.wrap('inner', way.fail);
  const outer = Traced.wrap('outer', (value: unknown) => inner(value));
  try {
    await way.use(outer(thrown) as never);
  } catch (error) {
    return { caught: error };
  }
  return 'nothing';
}

function exceptionsOf(span: FinishedSpan | undefined): unknown[] {
  return span?.events.filter(({ name }) => name === 'exception') ?? [];
}

describe('What is thrown', () => {
  const finished = captureEach();

  for (const way of ways) {
    describe(`when it is ${way.title}`, () => {
      for (const [title, { make, type }] of Object.entries(thrownValues)) {
        if (way.carries?.includes(title) === false) continue;
        it(`arrives unchanged and stands on the innermost span alone: ${title}`, async () => {
          const thrown = make();
          const guarded = { ...state.guarded };
          const seen = await failNested(way, thrown);
          await turn();
          expect(Object.is((seen as { caught: unknown }).caught, thrown), 'is the same value').equal(true);
          const spans = finished();
          expect(spans.map(({ name }) => name)).members(['inner', 'outer']);
          for (const span of spans) {
            expect(span.status.code).equal(ERROR);
            expect(span.attributes).include({ 'error.type': type });
          }
          expect(exceptionsOf(spans.find(({ name }) => name === 'inner'))).length(1);
          expect(exceptionsOf(spans.find(({ name }) => name === 'outer'))).empty;
          expectOneTree(spans);
          expect(state.guarded).deep.equal(guarded);
          expectNoOpenCalls();
        });
      }
    });
  }
});

describe('An error', () => {
  const finished = captureEach();

  function attributesOfException(name: string): Record<string, unknown> {
    const span = finished().find((one) => one.name === name);
    return span?.events[0]?.attributes ?? {};
  }

  it('is written with its type, message and stack', () => {
    const failure = new RangeError('out of range');
    expect(() => Traced.wrap('fail', () => raise(failure))()).throw(failure as never);
    expect(attributesOfException('fail')).deep.equal({
      'exception.type': 'RangeError',
      'exception.message': 'out of range',
      'exception.stacktrace': failure.stack,
    });
    expect(finished()[0]?.status).deep.equal({ code: ERROR, message: 'out of range' });
  });

  it('stands on both spans when the outer one throws another in its place', () => {
    const inner = Traced.wrap('inner', () => raise(new RangeError('cause')));
    const outer = Traced.wrap('outer', () => {
      try {
        return inner();
      } catch (cause) {
        throw new TypeError('wrapped', { cause });
      }
    });
    expect(outer).throw(TypeError);
    expect(attributesOfException('inner')['exception.type']).equal('RangeError');
    expect(attributesOfException('outer')['exception.type']).equal('TypeError');
  });

  it('that was caught leaves the outer call as it is', () => {
    const inner = Traced.wrap('inner', () => raise(undefined));
    Traced.wrap('outer', () => {
      expect(inner).throw();
    });
    Traced.wrap('catching', () => {
      try {
        inner();
      } catch {
        return 'caught';
      }
      return 'nothing';
    })();
    expect(finished().find(({ name }) => name === 'catching')?.status.code).equal(0);
  });
});
