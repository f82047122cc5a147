import { EventEmitter, on } from 'node:events';

import { turn } from './fixtures/collect.js';
import { describeLifecycle } from './fixtures/lifecycle.js';
import type { LifecycleCase } from './fixtures/lifecycle.js';
import type { Stage } from './fixtures/stage.js';

/** Can be iterated again and again, each time from the start. */
class Pages implements AsyncIterable<number> {
  readonly #stage: Stage;
  readonly #fails: boolean;

  constructor(stage: Stage, fails = false) {
    this.#stage = stage;
    this.#fails = fails;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<number> {
    try {
      for (let page = 1; page <= 2; page++) {
        await turn();
        this.#stage.produce(page);
        this.#stage.spend();
        yield page;
      }
      if (this.#fails) throw this.#stage.failure;
    } finally {
      this.#stage.produce('cleanup');
    }
  }
}

async function readAll(items: AsyncIterable<unknown>, stage: Stage): Promise<unknown[]> {
  const seen: unknown[] = [];
  for await (const item of items) {
    stage.consume();
    seen.push(item);
  }
  return seen;
}

async function leave(items: AsyncIterable<unknown>, stage: Stage): Promise<void> {
  for await (const item of items) {
    stage.consume(item);
    break;
  }
}

const iterables: readonly LifecycleCase<AsyncIterable<unknown>>[] = [
  { title: 'read', make: (stage) => new Pages(stage), use: readAll },
  { title: 'left with break', make: (stage) => new Pages(stage), use: leave, outcome: 'cancelled' },
  { title: 'failing', make: (stage) => new Pages(stage, true), use: readAll, outcome: 'error' },
  {
    title: 'that is a plain object',
    make: (stage) => ({ [Symbol.asyncIterator]: () => new Pages(stage)[Symbol.asyncIterator](), name: 'plain' }),
    use: async (items, stage) => [await readAll(items, stage), Object.keys(items)],
  },
  {
    title: 'whose accessors are never read',
    make: (stage) => {
      const trap = (): never => {
        stage.note('read');
        throw stage.failure;
      };
      return Object.defineProperties(new Pages(stage), { controller: { get: trap }, iterator: { get: trap } });
    },
    use: readAll,
  },
  {
    title: 'never iterated',
    make: (stage) => new Pages(stage),
    use: (_pages, stage) => stage.spend(),
    outcome: 'abandoned',
  },
  {
    title: 'left after its first item',
    make: (stage) => new Pages(stage),
    use: (pages) => pages[Symbol.asyncIterator]().next(),
    outcome: 'abandoned',
  },
];

describeLifecycle({ title: 'An async iterable', isSameObject: true }, iterables);

const promised: readonly LifecycleCase<Promise<AsyncIterable<unknown>>>[] = [
  {
    title: 'read',
    make: async (stage) => {
      await turn();
      return new Pages(stage);
    },
    use: async (pages, stage) => await readAll(await pages, stage),
  },
  {
    title: 'left with break',
    make: (stage) => Promise.resolve(new Pages(stage)),
    use: async (pages, stage) => {
      await leave(await pages, stage);
    },
    outcome: 'cancelled',
  },
  {
    title: 'failing',
    make: (stage) => Promise.resolve(new Pages(stage, true)),
    use: async (pages, stage) => await readAll(await pages, stage),
    outcome: 'error',
  },
  {
    title: 'never iterated',
    make: (stage) => Promise.resolve(new Pages(stage)),
    use: async (pages) => {
      await pages;
    },
    outcome: 'abandoned',
  },
];

describeLifecycle({ title: 'A promise of an async iterable', isSameObject: false }, promised);

/** An iterator written by hand, which is its own iterable and has no `return`. */
class Countdown implements AsyncIterableIterator<number> {
  #left = 2;
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  next(): Promise<IteratorResult<number>> {
    this.#stage.produce(this.#left);
    if (this.#left < 0) return Promise.reject(this.#stage.failure);
    return Promise.resolve(this.#left === 0 ? { done: true, value: undefined } : { done: false, value: this.#left-- });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  fail(): this {
    this.#left = -1;
    return this;
  }
}

/** A cursor in the manner of MongoDB: `next()` gives a document or null, iteration is another object's. */
class Cursor {
  #left = 2;
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  async next(): Promise<{ id: number } | null> {
    await turn();
    this.#stage.produce(this.#left);
    return this.#left === 0 ? null : { id: this.#left-- };
  }

  async *[Symbol.asyncIterator](): AsyncGenerator {
    for (let found = await this.next(); found !== null; found = await this.next()) yield found;
  }

  async toArray(): Promise<unknown[]> {
    const all: unknown[] = [];
    for await (const one of this) all.push(one);
    return all;
  }
}

const iterators: readonly LifecycleCase<unknown>[] = [
  {
    title: 'read with for-await',
    make: (stage) => new Countdown(stage),
    use: (items, stage) => readAll(items as Countdown, stage),
  },
  {
    title: 'read with next()',
    make: (stage) => new Countdown(stage),
    use: async (items) => {
      const countdown = items as Countdown;
      return [await countdown.next(), await countdown.next(), await countdown.next()];
    },
  },
  {
    title: 'failing',
    make: (stage) => new Countdown(stage).fail(),
    use: (items, stage) => readAll(items as Countdown, stage),
    outcome: 'error',
  },
  {
    title: 'of events, left with break',
    make: () => {
      const emitter = new EventEmitter();
      const events = on(emitter, 'tick');
      emitter.emit('tick', 1);
      return events;
    },
    use: (items, stage) => leave(items as AsyncIterable<unknown>, stage),
    outcome: 'cancelled',
  },
  {
    title: 'of a cursor, read with for-await',
    make: (stage) => new Cursor(stage),
    use: (cursor, stage) => readAll(cursor as Cursor, stage),
  },
  {
    title: 'of a cursor, read into an array',
    make: (stage) => new Cursor(stage),
    use: (cursor) => (cursor as Cursor).toArray(),
  },
  {
    title: 'of a cursor, whose next() gives null in the end',
    make: (stage) => new Cursor(stage),
    use: async (items) => {
      const cursor = items as Cursor;
      return [await cursor.next(), await cursor.next(), await cursor.next()];
    },
    outcome: 'abandoned',
  },
  {
    title: 'whose steps cannot be read',
    make: (stage) =>
      Object.assign(new Countdown(stage), {
        next: () =>
          Promise.resolve({
            get done(): never {
              throw stage.failure;
            },
          }),
      }),
    use: async (items) => typeof (await (items as Countdown).next()),
    outcome: 'abandoned',
  },
];

describeLifecycle({ title: 'An async iterator', isSameObject: true }, iterators);
