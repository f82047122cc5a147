import { expectNoOpenCalls } from 'spanwright/testing';
import { Traced } from 'spanwright';
import { expect } from 'chai';

import { captureEach } from './fixtures/capture-each.js';
import { turn } from './fixtures/collect.js';
import { LazyQuery, selectNothing, selectRows } from './fixtures/lazy-query.js';
import { describeLifecycle } from './fixtures/lifecycle.js';
import type { LifecycleCase } from './fixtures/lifecycle.js';

const lazy: readonly LifecycleCase<LazyQuery<unknown>>[] = [
  {
    title: 'awaited',
    make: selectRows,
    use: async (query, stage) => {
      stage.consume('before');
      const rows = await query;
      stage.consume('after');
      return rows;
    },
  },
  {
    title: 'built further before it is awaited',
    make: selectRows,
    use: async (query) => [await query.where('a = 1'), String(query)],
  },
  {
    title: 'followed with then',
    make: selectRows,
    use: (query, stage) =>
      query.then((rows) => {
        stage.consume('callback');
        return [rows];
      }),
  },
  {
    title: 'followed with a then that has no callbacks',
    make: selectRows,
    use: (query) => query.then(undefined, null),
  },
  {
    title: 'run by Promise.all',
    make: selectRows,
    use: (query) => Promise.all([query, Promise.resolve(1)]),
  },
  { title: 'rejected', make: selectNothing, use: (query) => query, outcome: 'error' },
  {
    title: 'rejected and caught',
    make: selectNothing,
    use: (query, stage) =>
      query.then(undefined, (error: unknown) => {
        stage.consume('caught');
        return error === stage.failure;
      }),
    outcome: 'error',
  },
  {
    title: 'that throws from then',
    make: (stage) =>
      new LazyQuery(() => {
        throw stage.failure;
      }),
    use: (query) => query,
    outcome: 'error',
  },
  {
    title: 'never awaited, which never runs it',
    make: selectRows,
    use: (_query, stage) => stage.spend(),
    outcome: 'abandoned',
  },
  {
    title: 'awaited and never answered',
    make: () => new LazyQuery(() => new Promise<never>(() => {})),
    use: (query) => {
      void query.then(() => 'never');
    },
    outcome: 'abandoned',
  },
];

describeLifecycle({ title: 'A lazy thenable', isSameObject: true }, lazy);

class Deadline<T> extends Promise<T> {
  within(ms: number): string {
    return `within ${ms} ms`;
  }
}

function settleLater(settle: () => void): void {
  void turn().then(settle);
}

const subclassed: readonly LifecycleCase<Deadline<unknown>>[] = [
  {
    title: 'fulfilled',
    make: (stage) => {
      stage.produce();
      return new Deadline((resolve) => settleLater(() => resolve('value')));
    },
    use: async (promise, stage) => {
      stage.note(`${promise.within(5)} ${promise instanceof Deadline}`);
      stage.spend();
      return await promise;
    },
  },
  {
    title: 'followed with then, which gives the subclass again',
    make: () => Deadline.resolve(1) as Deadline<unknown>,
    use: (promise) => (promise.then((value) => value) as Deadline<unknown>).within(1),
  },
  {
    title: 'rejected',
    make: (stage) => new Deadline((_resolve, reject) => settleLater(() => reject(stage.failure))),
    use: (promise) => promise,
    outcome: 'error',
  },
  {
    title: 'rejected, caught and finished',
    make: (stage) => Deadline.reject(stage.failure) as Deadline<unknown>,
    use: (promise, stage) => promise.finally(() => stage.consume()).catch((error: unknown) => String(error)),
    outcome: 'error',
  },
  {
    title: 'that never settles',
    make: () => new Deadline(() => {}),
    use: (promise) => {
      void promise.then(() => 'never');
    },
    outcome: 'abandoned',
  },
];

describeLifecycle({ title: 'A subclass of Promise', isSameObject: true }, subclassed);

class Repository {
  readonly #table = 'tickets';

  @Traced({
    onResult(this: Repository, rows: string) {
      return { answer: `${this.table} ${rows}` };
    },
  })
  select(): LazyQuery<string> {
    return new LazyQuery(() => Promise.resolve('rows'));
  }

  get table(): string {
    return this.#table;
  }
}

describe('A lazy thenable that a method returns', () => {
  const finished = captureEach();

  it('reaches the hooks of its decorator with the receiver when it was awaited', async () => {
    expect(await new Repository().select()).equal('rows');
    expect(finished()[0]?.attributes['answer']).equal('tickets rows');
  });

  it('counts once however often it is awaited', async () => {
    let runs = 0;
    const query = Traced.wrap('query', () => new LazyQuery(() => Promise.resolve(++runs)))();
    expect(runs).equal(0);
    expect([await query, await query]).deep.equal([1, 2]);
    expect(finished()).length(1);
    expectNoOpenCalls();
  });
});
