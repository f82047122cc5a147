import type { Readable } from 'node:stream';
import { patchMethod } from '../../calls/lifecycle/observation.js';
import { hasMethod } from '../../calls/lifecycle/shape.js';
import { onCollected } from '../../core/collected.js';
import { endingOfThrown } from './call-ending.js';
import type { GatheredAnswer } from './gathered-answer.js';

/** Tells a Node stream that can be read by its methods. */
export function isNodeStream(value: unknown): value is Readable {
  if (typeof value !== 'object' || value === null) return false;
  return ['pipe', 'read', 'on', 'push', '_destroy'].every((name) => hasMethod(value, name));
}

// Node has no public word for "the last chunk has arrived and waits to be read".
function hasArrived(stream: Readable): boolean {
  const internal = Reflect.get(stream, '_readableState') as { readonly ended?: boolean } | undefined;
  return internal?.ended === true;
}

function abandonWhenCollected(stream: Readable, answer: GatheredAnswer): void {
  onCollected(stream, () => {
    answer.leave('abandoned').catch(() => {});
  });
}

interface Held {
  readonly chunk: unknown;
  readonly encoding: BufferEncoding | undefined;
}

/** Counts what arrives and holds the last chunk of bytes back; of objects it holds the end alone. */
class Arrivals {
  readonly #answer: GatheredAnswer;
  readonly #media: string;
  #at = 0;
  held: Held | undefined;

  constructor(answer: GatheredAnswer, media: string) {
    this.#answer = answer;
    this.#media = media;
  }

  take(chunk: unknown, encoding?: BufferEncoding): void {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
    if (bytes instanceof Uint8Array) {
      this.#answer.takeBytes(this.#at, bytes, this.#media);
      this.#at += bytes.byteLength;
    } else {
      this.#answer.takeValue(this.#at++, chunk);
    }
  }
}

function takeBuffered(stream: Readable, arrivals: Arrivals, isComplete: boolean): void {
  const chunks: unknown[] = [];
  while (stream.readableLength > 0) {
    const chunk: unknown = stream.read();
    if (chunk === null) break;
    arrivals.take(chunk, stream.readableEncoding ?? undefined);
    chunks.push(chunk);
  }
  if (!isComplete && !stream.readableObjectMode && chunks.length > 0) {
    arrivals.held = { chunk: chunks.pop(), encoding: stream.readableEncoding ?? undefined };
  }
  for (const chunk of chunks.toReversed()) stream.unshift(chunk);
}

function patchPush(stream: Readable, arrivals: Arrivals, answer: GatheredAnswer): void {
  const holdsChunks = !stream.readableObjectMode;
  let isEnding = false;
  patchMethod(stream, 'push', (push) => {
    const give = (...args: unknown[]): unknown => Reflect.apply(push, stream, args);
    const end = async (): Promise<void> => {
      try {
        await answer.read();
      } catch (lost) {
        stream.destroy(lost as Error);
        return;
      }
      if (stream.destroyed) return;
      if (arrivals.held !== undefined) give(arrivals.held.chunk, arrivals.held.encoding);
      arrivals.held = undefined;
      give(null);
    };
    return function arriving(chunk, encoding) {
      if (isEnding) return false;
      if (chunk === null) {
        isEnding = true;
        void end();
        return false;
      }
      arrivals.take(chunk, encoding as BufferEncoding | undefined);
      if (!holdsChunks) return give(chunk, encoding);
      const ready = arrivals.held;
      arrivals.held = { chunk, encoding: encoding as BufferEncoding | undefined };
      // Nothing to give yet; an empty chunk asks the source for the next one.
      return ready === undefined ? give('') : give(ready.chunk, ready.encoding);
    };
  });
}

// The failure is told when the outcome is durable; what has to be let go is let go at once.
function patchDestroy(stream: Readable, answer: GatheredAnswer): void {
  patchMethod(
    stream,
    '_destroy',
    (destroy) =>
      function destroying(error, callback) {
        const told = callback as (error?: unknown) => void;
        if (answer.hasEnded) return Reflect.apply(destroy, stream, [error, told]);
        const isFailure = error !== null && error !== undefined;
        const ended = isFailure ? answer.end(endingOfThrown(error), { thrown: error }) : answer.leave('cancelled');
        return Reflect.apply(destroy, stream, [error, afterwards(ended, told)]);
      },
  );
}

function afterwards(ended: Promise<void>, told: (error?: unknown) => void): (failed: unknown) => void {
  const tell = async (failed: unknown): Promise<void> => {
    let error = failed;
    try {
      await ended;
    } catch (lost) {
      error = lost;
    }
    // Out of the promise, so that what a listener throws is an exception and no rejection.
    process.nextTick(told, error);
  };
  return (failed) => void tell(failed);
}

/**
 * Puts the gate into a Node stream, in place. `complete`: all of it has arrived and was counted, so that whoever gives the
 * stream away has to wait for the outcome; `over`: it was read or destroyed before.
 */
export function gateNodeStream(stream: Readable, answer: GatheredAnswer, media: string): 'gated' | 'complete' | 'over' {
  if (stream.readableEnded || stream.destroyed) return 'over';
  answer.join();
  const arrivals = new Arrivals(answer, media);
  const isComplete = hasArrived(stream);
  takeBuffered(stream, arrivals, isComplete);
  if (isComplete) return 'complete';
  patchPush(stream, arrivals, answer);
  patchDestroy(stream, answer);
  abandonWhenCollected(stream, answer);
  return 'gated';
}
