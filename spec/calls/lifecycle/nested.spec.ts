import { Readable } from 'node:stream';

import { getTracer, Traced } from 'spanwright';
import type { FinishedSpan } from 'spanwright/testing';
import { expectNoOpenCalls, expectOneTree } from 'spanwright/testing';
import { expect } from 'chai';
import { lastValueFrom, Observable } from 'rxjs';

import { captureEach } from './fixtures/capture-each.js';
import { collectUntil, turn } from './fixtures/collect.js';
import { LazyQuery } from './fixtures/lazy-query.js';

function produce(): void {
  getTracer().startSpan('produced').end();
}

interface SharedResult {
  readonly title: string;
  readonly make: () => object;
  readonly use: (result: never) => unknown;
  readonly leave: (result: never) => unknown;
  /** Default true. */
  readonly isSameObject?: boolean;
  /** Default true: what it does when it is used is work of the innermost call. */
  readonly isWorkOfCall?: boolean;
}

async function readAll(items: AsyncIterable<unknown> | Iterable<unknown>): Promise<void> {
  for await (const item of items) expect(item).equal(1);
}

async function leave(items: AsyncIterable<unknown> | Iterable<unknown>): Promise<void> {
  for await (const item of items) if (item === 1) break;
}

function* generate(): Generator<number> {
  produce();
  yield 1;
}

async function* generateLater(): AsyncGenerator<number> {
  await turn();
  yield* generate();
}

const results: readonly SharedResult[] = [
  { title: 'a generator', make: generate, use: readAll, leave },
  { title: 'an async generator', make: generateLater, use: readAll, leave },
  { title: 'an async iterable', make: () => ({ [Symbol.asyncIterator]: generateLater }), use: readAll, leave },
  {
    title: 'a Web stream',
    make: () =>
      new ReadableStream(
        {
          pull(controller) {
            produce();
            controller.enqueue(1);
            controller.close();
          },
        },
        { highWaterMark: 0 },
      ),
    use: readAll,
    leave: (stream) => (stream as ReadableStream).cancel(),
  },
  { title: 'a Node stream', make: () => Readable.from([1]), use: readAll, leave, isWorkOfCall: false },
  {
    title: 'an Observable',
    make: () =>
      new Observable((subscriber) => {
        produce();
        queueMicrotask(() => {
          subscriber.next(1);
          subscriber.complete();
        });
      }),
    use: (numbers) => lastValueFrom(numbers as Observable<unknown>),
    leave: (numbers) => (numbers as Observable<unknown>).subscribe().unsubscribe(),
    isSameObject: false,
  },
];

describe('A result that three traced functions return', () => {
  const finished = captureEach();

  function nest(make: () => object): () => object {
    return Traced.wrap(
      'outer',
      Traced.wrap('unnamed', () => Traced.wrap('middle', () => Traced.wrap('inner', make)())()),
    );
  }

  function outcomes(): unknown[] {
    const calls = finished().filter(({ name }) => ['inner', 'middle', 'outer'].includes(name));
    if (calls.length === 3) expectOneTree(calls);
    return calls.map((span) => span.attributes['spanwright.outcome'] ?? span.status.code);
  }

  function nameOfParent(span: FinishedSpan): string | undefined {
    const id = span.parentSpanContext?.spanId;
    return finished().find((other) => other.spanContext().spanId === id)?.name;
  }

  for (const { title, make, use, leave: quit, isSameObject = true, isWorkOfCall = true } of results) {
    it(`ends every call when it is used: ${title}`, async () => {
      let made: object | undefined;
      const given = nest(() => (made = make()))();
      if (isSameObject) expect(given).equal(made);
      await use(given as never);
      await turn();
      expect(outcomes()).deep.equal([0, 0, 0]);
      const work = finished().filter(({ name }) => name === 'produced');
      if (isWorkOfCall) for (const span of work) expect(nameOfParent(span)).equal('inner');
      expectNoOpenCalls();
    });

    it(`ends every call when it is left: ${title}`, async () => {
      await quit(nest(make)() as never);
      await turn();
      expect(outcomes()).deep.equal(['cancelled', 'cancelled', 'cancelled']);
      expectNoOpenCalls();
    });

    it(`ends every call when it is forgotten: ${title}`, async () => {
      nest(make)();
      await collectUntil(() => finished().length === 3);
      expect(outcomes()).deep.equal(['abandoned', 'abandoned', 'abandoned']);
      expectNoOpenCalls();
    });

    it(`ends every call when it was in a promise: ${title}`, async () => {
      const inner = Traced.wrap('inner', async () => {
        await turn();
        return make();
      });
      const given = await Traced.wrap('middle', () => Traced.wrap('outer', async () => await inner())())();
      await turn();
      expect(finished()).empty;
      await use(given as never);
      await turn();
      expect(outcomes()).deep.equal([0, 0, 0]);
      expectNoOpenCalls();
    });
  }

  it('runs a lazy thenable once and ends every call', async () => {
    let runs = 0;
    const query = nest(() => new LazyQuery(() => Promise.resolve(++runs)))() as LazyQuery<number>;
    expect(await query.then((value) => value)).equal(1);
    expect(outcomes()).deep.equal([0, 0, 0]);
    expectNoOpenCalls();
  });

  it('ends the call of a stream that was read before at once', () => {
    const numbers = generate();
    const traced = Traced.wrap('inner', () => numbers);
    expect([...traced()]).deep.equal([1]);
    expect(traced()).equal(numbers);
    expect(outcomes()).deep.equal([0, 0]);
    expectNoOpenCalls();
  });

  it('keeps both calls open when a stream from a cache is returned again', () => {
    const numbers = generate();
    const traced = Traced.wrap('inner', () => numbers);
    traced().next();
    traced();
    expect(finished().filter(({ name }) => name === 'inner')).empty;
    numbers.next();
    expect(finished().filter(({ name }) => name === 'inner')).length(2);
    expectNoOpenCalls();
  });
});
