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

/** An object that is thrown away, and whether it is gone. */
class Disposable {
  #isGone = false;
  readonly #registry = new FinalizationRegistry(() => {
    this.#isGone = true;
  });

  throwAway(object: object): void {
    this.#registry.register(object, 'gone');
  }

  gone(): Promise<void> {
    return collectUntil(() => this.#isGone);
  }
}

/** Its iterator does not hold it. */
class Feed {
  [Symbol.asyncIterator](): AsyncIterator<number> {
    const source = numbers();
    return { next: () => source.next() };
  }
}

describe('a source that is collected while what it gave is in use', () => {
  it('is no abandoned call: a stream that a promise gave', async () => {
    await captureSpans(async (spans) => {
      const disposable = new Disposable();
      const load = Traced.wrap('load', async () => {
        await new Promise((done) => {
          setTimeout(done, SLOW_MS);
        });
        return { stream: numbers() }.stream;
      });
      const open = async (): Promise<AsyncGenerator<number>> => {
        const promise = load();
        disposable.throwAway(promise);
        return await promise;
      };
      const stream = await open();
      await disposable.gone();
      const read: number[] = [];
      for await (const number of stream) read.push(number);
      expect(read).to.deep.equal([1, 2]);
      expect(spans.finished()[0]?.attributes).to.not.have.property('spanwright.outcome');
    });
  });

  it('is no abandoned call: the iterator of an iterable', async () => {
    await captureSpans(async (spans) => {
      const disposable = new Disposable();
      const feed = Traced.wrap('feed', () => new Feed());
      const open = (): AsyncIterator<number> => {
        const made = feed();
        disposable.throwAway(made);
        return made[Symbol.asyncIterator]();
      };
      const iterator = open();
      await disposable.gone();
      expect(spans.finished(), 'still open').to.deep.equal([]);
      expect((await iterator.next()).value).to.equal(1);
      expect((await iterator.next()).value).to.equal(2);
      expect((await iterator.next()).done).to.equal(true);
      expect(spans.finished()[0]?.attributes).to.not.have.property('spanwright.outcome');
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
