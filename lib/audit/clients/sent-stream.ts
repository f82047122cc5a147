import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { types } from 'node:util';
import { patchMethod } from '../../calls/lifecycle/observation.js';

/** What was sent of a body that is a stream. */
export interface SentFacts {
  readonly hk: 'stream';
  readonly bytes: number;
  /** Of the bytes sent so far. */
  readonly sha256: string;
  /** False where the body was not sent to its end. */
  readonly isWhole: boolean;
}

/** Counts and digests a body while it is sent; nothing of it is kept. */
export class SentStream {
  readonly #hash = createHash('sha256');
  #bytes = 0;
  #isWhole = false;

  take(chunk: unknown): void {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    if (!types.isUint8Array(bytes)) return;
    this.#hash.update(bytes);
    this.#bytes += bytes.byteLength;
  }

  end(): void {
    this.#isWhole = true;
  }

  facts(): SentFacts {
    return { hk: 'stream', bytes: this.#bytes, sha256: this.#hash.copy().digest('hex'), isWhole: this.#isWhole };
  }
}

/** A stream that gives what the body gives, as it is asked for. */
export function watchSentStream(body: ReadableStream<unknown>, sent: SentStream): ReadableStream {
  let reader: ReadableStreamDefaultReader<unknown> | undefined;
  return new ReadableStream<unknown>(
    {
      async pull(controller) {
        const { done, value } = await (reader ??= body.getReader()).read();
        if (done) {
          sent.end();
          controller.close();
          return;
        }
        sent.take(value);
        controller.enqueue(value);
      },
      cancel: (reason) => (reader ?? body).cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/** The same for what is iterated. */
export async function* watchSentIterable(body: AsyncIterable<unknown>, sent: SentStream): AsyncGenerator {
  for await (const chunk of body) {
    sent.take(chunk);
    yield chunk;
  }
  sent.end();
}

/** Watches a Node stream that is sent, in place: clients tell such bodies by their class. */
export function watchSentNodeStream(body: Readable, sent: SentStream): void {
  patchMethod(
    body,
    'push',
    (push) =>
      function pushed(chunk, encoding) {
        if (chunk === null) sent.end();
        else sent.take(chunk);
        return Reflect.apply(push, body, [chunk, encoding]);
      },
  );
}

/**
 * Watches the body of a `Request`, in place: `fetch` pipes it into a request of its own, which keeps its length. A fetch that
 * reads it in another way is seen to have sent nothing.
 */
export function watchPipedStream(body: ReadableStream<unknown>, sent: SentStream): void {
  patchMethod(
    body,
    'pipeThrough',
    (pipe) =>
      function piped(pair, options) {
        const tap = new TransformStream<unknown, unknown>({
          transform: (chunk, controller) => {
            sent.take(chunk);
            controller.enqueue(chunk);
          },
          flush: () => sent.end(),
        });
        const tapped = Reflect.apply(pipe, body, [tap, options]) as ReadableStream;
        return tapped.pipeThrough(pair as ReadableWritablePair);
      },
  );
}
