import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { runInNewContext } from 'node:vm';

import { captureSpans, expectNoOpenCalls } from 'spanwright/testing';
import { configureTracing, Traced } from 'spanwright';
import { expect } from 'chai';

import { captureEach } from './fixtures/capture-each.js';
import { collectUntil, turn } from './fixtures/collect.js';
import { describeLifecycle } from './fixtures/lifecycle.js';
import type { LifecycleCase } from './fixtures/lifecycle.js';

const cases: readonly LifecycleCase<Promise<unknown>>[] = [
  {
    title: 'of an async function',
    make: async (stage) => {
      stage.produce('before');
      await turn();
      stage.produce('after');
      stage.spend();
      return 'value';
    },
    use: async (promise, stage) => {
      stage.consume('before');
      const value = await promise;
      stage.consume('after');
      return value;
    },
  },
  {
    title: 'of a function that is not async',
    make: (stage) => turn().then(() => stage.spend()),
    use: (promise) => promise,
  },
  { title: 'that is fulfilled already', make: () => Promise.resolve(1), use: (promise) => promise },
  {
    title: 'that nobody awaits',
    make: async (stage) => {
      await turn();
      stage.spend();
    },
    use: async (promise) => {
      void promise;
      await turn();
      await turn();
    },
  },
  {
    title: 'used through then, catch and finally',
    make: () => Promise.resolve([]),
    use: (promise, stage) =>
      promise
        .finally(() => stage.consume())
        .then(() => Promise.reject(stage.failure))
        .catch((error: unknown) => error === stage.failure),
  },
  {
    title: 'that is rejected',
    make: async (stage) => {
      await turn();
      stage.spend();
      throw stage.failure;
    },
    use: (promise) => promise,
    outcome: 'error',
  },
  {
    title: 'that is rejected and not of an async function',
    make: (stage) => Promise.reject(stage.failure),
    use: (promise) => promise.catch((error: unknown) => [error]),
    outcome: 'error',
  },
  { title: 'that is frozen', make: () => Object.freeze(Promise.resolve(1)), use: (promise) => promise },
  {
    title: 'of another realm',
    make: () => runInNewContext('Promise.resolve({}.constructor.name)') as Promise<string>,
    use: (promise, stage) => {
      stage.note(promise instanceof Promise);
      return promise;
    },
  },
  {
    title: 'of another realm that is rejected',
    make: (stage) => runInNewContext('Promise.reject(failure)', { failure: stage.failure }) as Promise<never>,
    use: (promise) => promise,
    outcome: 'error',
  },
  {
    title: 'without a prototype',
    make: () => Object.setPrototypeOf(Promise.resolve(1), null) as Promise<number>,
    use: (promise) => {
      expect(Object.getPrototypeOf(promise)).equal(null);
    },
  },
  {
    title: 'that carries properties of a library',
    make: () => promisify(execFile)(process.execPath, ['--version']),
    use: async (promise, stage) => {
      stage.note(Object.keys(promise).join());
      const { child } = promise as ReturnType<typeof execFile.__promisify__>;
      return { pid: typeof child.pid, ...((await promise) as object) };
    },
  },
  {
    title: 'whose properties are accessors',
    make: (stage) =>
      Object.defineProperty(Promise.resolve(1), 'state', {
        enumerable: true,
        get: () => {
          stage.note('read');
          return 'lazy';
        },
      }),
    use: (promise) => (promise as Promise<number> & { state: string }).state,
  },
];

describeLifecycle({ title: 'A promise', isSameObject: false }, cases);

class Fetcher {
  readonly #path = 'never';

  @Traced({
    onResult(this: Fetcher, result: string) {
      return { answer: `${this.path} ${result}` };
    },
  })
  load(work: Promise<string>): Promise<string> {
    return work;
  }

  get path(): string {
    return this.#path;
  }
}

describe('A promise that a method returns', () => {
  const finished = captureEach();

  it('reaches the hooks of its decorator with the receiver', async () => {
    await new Fetcher().load(Promise.resolve('now'));
    expect(finished()[0]?.attributes['answer']).equal('never now');
  });

  it('leaves the callers that awaited in the stack of its error', async () => {
    async function innermost(): Promise<string> {
      await turn();
      throw new Error('deep');
    }
    const fetcher = new Fetcher();
    async function outermost(): Promise<string> {
      return await fetcher.load(innermost());
    }
    const thrown: unknown = await outermost().catch((error: unknown) => error);
    expect((thrown as Error).stack).match(/at innermost[^]*at async outermost/);
  });

  it('keeps its call open until it is settled', async () => {
    const { promise, resolve } = withResolver();
    const loaded = new Fetcher().load(promise);
    await turn();
    expect(finished()).empty;
    resolve('done');
    expect(await loaded).equal('done');
    expect(finished()).length(1);
    expectNoOpenCalls();
  });
});

function withResolver(): { promise: Promise<string>; resolve: (value: string) => void } {
  let resolve: (value: string) => void = () => {};
  const promise = new Promise<string>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

describe('A promise that never settles', () => {
  it('is abandoned when it is collected', async () => {
    const spans = captureSpans();
    void Traced.wrap('lost', () => new Promise(() => {}))();
    await collectUntil(() => spans.finished().length > 0);
    spans.stop();
    expect(spans.finished()[0]?.attributes['spanwright.outcome']).equal('abandoned');
    expectNoOpenCalls();
  });

  it('is abandoned at shutdown while somebody holds it', async () => {
    const tracing = configureTracing({ destinations: [{ provider: 'memory' }] });
    const held = Traced.wrap('held', () => new Promise(() => {}))();
    await tracing.shutdown();
    expect(held).instanceOf(Promise);
    const [span] = tracing.finishedSpans();
    expect(span?.attributes['spanwright.outcome']).equal('abandoned');
    expectNoOpenCalls();
  });
});

describe('A stream in a promise', () => {
  it('is not abandoned when the promise is collected before the stream is read', async () => {
    const spans = captureSpans();
    const open = Traced.wrap('open', async () => {
      await turn();
      return (function* count() {
        yield 1;
        yield 2;
      })();
    });
    const numbers = await open();
    numbers.next();
    // Calls that wait longer than a sweep of the list: the second one began after the first was read.
    void Traced.wrap('sweep', () => new Promise(() => {}))();
    await collectUntil(() => spans.finished().some(({ name }) => name === 'sweep'));
    expect([...numbers]).deep.equal([2]);
    spans.stop();
    const read = spans.finished().find(({ name }) => name === 'open');
    expect(read?.attributes['spanwright.outcome']).equal(undefined);
    expectNoOpenCalls();
  });
});
