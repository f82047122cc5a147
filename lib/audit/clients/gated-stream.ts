import { types } from 'node:util';
import { onCollected } from '../../core/collected.js';
import { endingOfThrown } from './call-ending.js';
import type { GatheredAnswer } from './gathered-answer.js';

type Controller = ReadableByteStreamController | ReadableStreamDefaultController<unknown>;

function isByteStream(stream: ReadableStream): boolean {
  try {
    stream.getReader({ mode: 'byob' }).releaseLock();
    return true;
  } catch {
    return false;
  }
}

function isEmpty(chunk: unknown): boolean {
  return types.isUint8Array(chunk) && chunk.byteLength === 0;
}

/**
 * One branch of an answer: reads its source one chunk ahead of its reader, and gives the last one away when the outcome is
 * durable. It references neither the stream that it feeds nor the response, so that both can be collected.
 */
export class Gate {
  /** Where it reads; another one after `clone`, as long as nothing was read. */
  source: ReadableStream;
  readonly #answer: GatheredAnswer;
  readonly #media: string;
  #reader: ReadableStreamDefaultReader<unknown> | undefined;
  #at = 0;
  #held: { readonly chunk: unknown } | undefined;
  #failure: { readonly thrown: unknown } | undefined;

  constructor(source: ReadableStream, answer: GatheredAnswer, media: string) {
    this.source = source;
    this.#answer = answer;
    this.#media = media;
    answer.join();
  }

  /** Locks the source, as whoever reads it does. */
  lock(): ReadableStreamDefaultReader<unknown> {
    return (this.#reader ??= this.source.getReader());
  }

  /** Gives the next chunk to the stream that it feeds. */
  async pull(controller: Controller): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure.thrown;
    const reader = this.lock();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        if (isEmpty(value)) continue;
        this.#take(value);
        const ready = this.#held;
        this.#held = { chunk: value };
        if (ready === undefined) continue;
        controller.enqueue(ready.chunk as ArrayBufferView<ArrayBuffer>);
        return;
      }
    } catch (thrown) {
      await this.#fail(controller, thrown);
      return;
    }
    await this.#answer.read();
    this.#finish(controller);
  }

  #take(chunk: unknown): void {
    if (types.isUint8Array(chunk)) {
      this.#answer.takeBytes(this.#at, chunk, this.#media);
      this.#at += chunk.byteLength;
    } else {
      this.#answer.takeValue(this.#at++, chunk);
    }
  }

  async #fail(controller: Controller, thrown: unknown): Promise<void> {
    await this.#answer.end(endingOfThrown(thrown), { thrown });
    if (this.#held === undefined) throw thrown;
    // What came before the failure is given away before it.
    this.#failure = { thrown };
    controller.enqueue(this.#held.chunk as ArrayBufferView<ArrayBuffer>);
    this.#held = undefined;
  }

  #finish(controller: Controller): void {
    if (this.#held !== undefined) controller.enqueue(this.#held.chunk as ArrayBufferView<ArrayBuffer>);
    this.#held = undefined;
    controller.close();
    // A reader with a buffer of its own waits until it gets that back.
    if ('byobRequest' in controller) controller.byobRequest?.respond(0);
  }

  /** Nobody reads further. */
  async cancel(reason?: unknown): Promise<void> {
    await Promise.all([this.lock().cancel(reason), this.#answer.leave('cancelled')]);
  }

  /** Ends as abandoned when this is collected, which must hold the gate and not be held by it. */
  watch(target: object): void {
    onCollected(target, () => this.abandon());
  }

  /** Whoever could have read was collected. */
  abandon(): void {
    this.#answer.leave('abandoned').catch(() => {});
    if (this.#reader === undefined && this.source.locked) return;
    this.lock()
      .cancel()
      .catch(() => {});
  }
}

/** A stream that is read through a gate: of bytes where the source is one. `owner` lives as long as it. */
export function createGatedStream(gate: Gate, owner: object): ReadableStream {
  const source = {
    owner,
    pull: (controller: Controller) => gate.pull(controller),
    cancel: (reason?: unknown) => gate.cancel(reason),
  };
  return isByteStream(gate.source)
    ? new ReadableStream({ ...source, type: 'bytes' })
    : new ReadableStream(source, { highWaterMark: 0 });
}
