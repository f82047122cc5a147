import { expect } from 'chai';
import { Traced } from 'spanwright';
import { captureSpans } from 'spanwright/testing';

import { collectUntil } from './fixtures/collect.js';

// Longer than two sweeps of the waiting calls: from then on a promise that is collected means an abandoned call.
const SLOW_MS = 2300;

async function* numbers(): AsyncGenerator<number> {
  yield 1;
  await new Promise(setImmediate);
  yield 2;
}

describe('a promise that takes its time', () => {
  it('may be collected while the stream that it gave is read', async () => {
    await captureSpans(async (spans) => {
      const load = Traced.wrap('load', async () => {
        await new Promise((done) => {
          setTimeout(done, SLOW_MS);
        });
        return { stream: numbers() }.stream;
      });
      let isCollected = false;
      const registry = new FinalizationRegistry(() => {
        isCollected = true;
      });
      const open = async (): Promise<AsyncGenerator<number>> => {
        const promise = load();
        registry.register(promise, 'promise');
        return await promise;
      };
      const stream = await open();
      await collectUntil(() => isCollected);
      const read: number[] = [];
      for await (const number of stream) read.push(number);
      expect(read).to.deep.equal([1, 2]);
      const [span] = spans.finished();
      expect(span?.attributes).to.not.have.property('spanwright.outcome');
    });
  });
});

describe('an object literal with a then', () => {
  it('keeps its call open until it has an answer', async () => {
    await captureSpans(async (spans) => {
      const ask = Traced.wrap('ask', () => ({
        // oxlint-disable-next-line unicorn/no-thenable
        then(answer: (value: number) => void) {
          setTimeout(() => answer(7), 5);
        },
      }));
      const asked = ask();
      expect(spans.finished()).to.deep.equal([]);
      expect(await asked).to.equal(7);
      expect(spans.finished()).to.have.lengthOf(1);
    });
  });
});
