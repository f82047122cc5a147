import { Readable } from 'node:stream';
import { of } from 'rxjs';
import { Traced } from 'spanwright';

/** One kind of result: a call of it, used to its end or dropped. */
export type Use = () => unknown;

async function drain(source: AsyncIterable<unknown>): Promise<void> {
  for await (const item of source) void item;
}

function ended(): ReadableStream<number> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(1);
      controller.close();
    },
  });
}

const value = Traced.wrap('value', () => 1);
const failing = Traced.wrap('failing', () => {
  throw new Error('on purpose');
});
const promise = Traced.wrap('promise', async () => 1);
const rejection = Traced.wrap('rejection', async () => {
  throw new Error('on purpose');
});
const pending = Traced.wrap('pending', () => new Promise<never>(() => {}));
const generator = Traced.wrap('generator', function* () {
  yield 1;
});
const asyncGenerator = Traced.wrap('asyncGenerator', async function* () {
  yield 1;
});
const webStream = Traced.wrap('webStream', ended);
const nodeStream = Traced.wrap('nodeStream', () => Readable.from([1]));
const observable = Traced.wrap('observable', () => of(1));
const lazy = Traced.wrap('lazy', () => ({
  // oxlint-disable-next-line unicorn/no-thenable -- the lazy promise is what is tried
  then(answer: (value: number) => void): void {
    answer(1);
  },
}));

/** Every kind of result, read to its end and abandoned. */
export const KINDS: Readonly<Record<string, Use>> = {
  'a value': () => value(),
  'a throw': () => {
    try {
      failing();
    } catch {
      // What is thrown is not the point here.
    }
  },
  'a promise': () => promise(),
  'a rejection': () => rejection().catch(() => {}),
  'a promise that never settles': () => void pending(),
  'a generator': () => Array.from(generator()),
  'a generator, abandoned': () => void generator().next(),
  'an async generator': () => drain(asyncGenerator()),
  'an async generator, abandoned': () => void asyncGenerator(),
  'a Web stream': () => drain(webStream()),
  'a Web stream, abandoned': () => void webStream(),
  'a Node stream': () => drain(nodeStream()),
  'a Node stream, abandoned': () => void nodeStream(),
  'an Observable': () => observable().subscribe(),
  'an Observable, abandoned': () => void observable(),
  'a lazy promise': () => lazy(),
  'a lazy promise, abandoned': () => void [lazy()],
};
