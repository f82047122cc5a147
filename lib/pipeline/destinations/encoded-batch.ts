import type { Outcome } from '../delivery/outcome.js';
import type { FinishedSpan } from '../finished-span.js';
import type { Batch } from './destination.js';

/** Writes the spans of one request. */
export interface Encoder {
  add(span: FinishedSpan): void;
  readonly count: number;
  readonly bytes: number;
  /** The bytes of all spans; the encoder is empty afterwards. */
  finish(): Uint8Array;
}

type Send = (body: Uint8Array, signal: AbortSignal) => Promise<Outcome>;

/** A request that an encoder of ours writes. */
class EncodedBatch implements Batch {
  // Undefined once it is sent: the encoder may then be writing another request.
  #encoder: Encoder | undefined;
  readonly #send: (encoder: Encoder, signal: AbortSignal) => Promise<Outcome>;

  constructor(encoder: Encoder, send: (encoder: Encoder, signal: AbortSignal) => Promise<Outcome>) {
    this.#encoder = encoder;
    this.#send = send;
  }

  get count(): number {
    return this.#encoder?.count ?? 0;
  }

  get bytes(): number {
    return this.#encoder?.bytes ?? 0;
  }

  add(span: FinishedSpan): void {
    if (this.#encoder === undefined) throw new TypeError('a batch that was sent takes no spans');
    this.#encoder.add(span);
  }

  send(signal: AbortSignal): Promise<Outcome> {
    const encoder = this.#encoder;
    if (encoder === undefined) throw new TypeError('a batch is sent once');
    this.#encoder = undefined;
    return this.#send(encoder, signal);
  }
}

/**
 * The requests of one destination. The encoder that was done last writes the next one: what it grew to is there, where a
 * new one would touch as much memory again.
 */
export class EncodedBatches {
  readonly #make: () => Encoder;
  readonly #send: Send;
  #spare: Encoder | undefined;

  constructor(make: () => Encoder, send: Send) {
    this.#make = make;
    this.#send = send;
  }

  open(): Batch {
    const encoder = this.#spare ?? this.#make();
    this.#spare = undefined;
    return new EncodedBatch(encoder, (full, signal) => {
      const body = full.finish();
      this.#spare = full;
      return this.#send(body, signal);
    });
  }

  /** Gives the memory of the encoder back. */
  close(): void {
    this.#spare = undefined;
  }
}

/** Refuses a request that is larger than what the backend takes; undefined where it is not. */
export function refuseSize(bytes: number, maxBytes: number): Outcome | undefined {
  if (bytes <= maxBytes) return undefined;
  return { kind: 'too_large', reason: `${bytes} bytes, of which the backend takes ${maxBytes}` };
}
