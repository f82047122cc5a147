import { Readable } from 'node:stream';

import { expectNoOpenCalls } from 'spanwright/testing';
import { Traced } from 'spanwright';
import { expect } from 'chai';

import { captureEach } from './fixtures/capture-each.js';
import { turn } from './fixtures/collect.js';
import { describeLifecycle } from './fixtures/lifecycle.js';
import type { LifecycleCase } from './fixtures/lifecycle.js';
import type { Stage } from './fixtures/stage.js';

type Numbers = AsyncGenerator<number, string, string | undefined>;

async function* count(stage: Stage): Numbers {
  try {
    for (let i = 0; i < 3; i++) {
      stage.produce(`before ${i}`);
      await turn();
      stage.produce(i);
      stage.spend();
      const answer = yield i;
      stage.note(`answer ${String(answer)}`);
    }
    return 'end';
  } finally {
    await turn();
    stage.produce('cleanup');
    stage.spend();
  }
}

async function* failing(stage: Stage): Numbers {
  yield* count(stage);
  throw stage.failure;
}

async function readAll(numbers: AsyncIterable<number>, stage: Stage): Promise<number[]> {
  const seen: number[] = [];
  for await (const item of numbers) {
    stage.consume(item);
    await turn();
    stage.consume(`after ${item}`);
    seen.push(item);
  }
  return seen;
}

const cases: readonly LifecycleCase<Numbers>[] = [
  { title: 'read with for-await', make: count, use: readAll },
  {
    title: 'read with next() and answered',
    make: count,
    use: async (n) => [await n.next(), await n.next('a'), await n.next('b'), await n.next('c'), await n.next('d')],
  },
  {
    title: 'asked for many items at once',
    make: count,
    use: (n) => Promise.all([n.next('a'), n.next('b'), n.next('c'), n.next('d'), n.next('e'), n.return('x')]),
  },
  {
    title: 'delegated to with yield*',
    make: count,
    use: async (numbers, stage) => {
      async function* outer(): AsyncGenerator<number, void, string | undefined> {
        stage.note(yield* numbers);
      }
      return await readAll(outer(), stage);
    },
  },
  {
    title: 'read through a Node stream',
    make: count,
    use: async (numbers) => {
      const seen: unknown[] = [];
      for await (const item of Readable.from(numbers)) seen.push(item);
      return seen;
    },
  },
  {
    title: 'left with break',
    make: count,
    use: async (numbers, stage) => {
      for await (const item of numbers) {
        stage.consume(item);
        break;
      }
      stage.consume('after');
    },
    outcome: 'cancelled',
  },
  {
    title: 'left with a throw of the consumer',
    make: count,
    use: async (numbers, stage) => {
      for await (const item of numbers) if (item === 1) throw stage.failure;
    },
    outcome: 'cancelled',
  },
  {
    title: 'ended with return()',
    make: count,
    use: async (n) => [await n.next(), await n.return('x'), await n.next()],
    outcome: 'cancelled',
  },
  {
    title: 'ended with return() unread',
    make: count,
    use: async (n) => [await n.return('x'), await n.next()],
    outcome: 'cancelled',
  },
  {
    title: 'ended with throw()',
    make: count,
    use: async (numbers, stage) => {
      await numbers.next();
      return await numbers.throw(stage.failure);
    },
    outcome: 'error',
  },
  { title: 'failing by itself', make: failing, use: readAll, outcome: 'error' },
  {
    title: 'failing although return() was called',
    async *make(stage) {
      try {
        yield 1;
        return '';
      } finally {
        stage.produce();
        // oxlint-disable-next-line no-unsafe-finally -- a cleanup that fails is the case
        throw stage.failure;
      }
    },
    use: async (numbers) => {
      for await (const item of numbers) if (item === 1) break;
    },
    outcome: 'error',
  },
  { title: 'never iterated', make: count, use: (_numbers, stage) => stage.spend(), outcome: 'abandoned' },
  {
    title: 'left after its first item',
    make: count,
    use: (numbers) => numbers.next(),
    outcome: 'abandoned',
  },
  {
    title: 'left while it waits for ever',
    async *make() {
      await new Promise(() => {});
      yield 1;
      return '';
    },
    use: (numbers) => {
      void numbers.next();
    },
    outcome: 'abandoned',
  },
];

describeLifecycle({ title: 'An async generator', isSameObject: true }, cases);

const promised: readonly LifecycleCase<Promise<Numbers>>[] = [
  {
    title: 'read',
    make: async (stage) => {
      await turn();
      stage.produce('opened');
      return count(stage);
    },
    use: async (numbers, stage) => await readAll(await numbers, stage),
  },
  {
    title: 'left with break',
    make: async (stage) => await Promise.resolve(count(stage)),
    use: async (numbers) => {
      for await (const item of await numbers) if (item === 1) break;
    },
    outcome: 'cancelled',
  },
  {
    title: 'failing',
    make: async (stage) => await Promise.resolve(failing(stage)),
    use: async (numbers, stage) => await readAll(await numbers, stage),
    outcome: 'error',
  },
  {
    title: 'never iterated',
    make: async (stage) => await Promise.resolve(count(stage)),
    use: async (numbers, stage) => {
      await numbers;
      stage.spend();
    },
    outcome: 'abandoned',
  },
];

describeLifecycle({ title: 'A promise of an async generator', isSameObject: false }, promised);

class Feed {
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  @Traced()
  async *read(from: number): AsyncGenerator<string> {
    await turn();
    yield `${this.#name} ${from}`;
  }
}

describe('An async generator method', () => {
  const finished = captureEach();

  it('keeps its receiver and arguments until it is iterated', async () => {
    const feed = new Feed('news').read(3);
    // oxlint-disable-next-line typescript/unbound-method -- it is a constructor here
    expect(feed).instanceOf(Feed.prototype.read);
    expect(Object.keys(feed)).empty;
    expect(await feed.next()).deep.equal({ value: 'news 3', done: false });
    expect(finished()).empty;
    await feed.next();
    expect(finished().map(({ name }) => name)).deep.equal(['Feed.read']);
    expectNoOpenCalls();
  });
});
