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

/** A request that an encoder of ours writes. */
export class EncodedBatch implements Batch {
  readonly #encoder: Encoder;
  readonly #send: (body: Uint8Array, signal: AbortSignal) => Promise<Outcome>;

  constructor(encoder: Encoder, send: (body: Uint8Array, signal: AbortSignal) => Promise<Outcome>) {
    this.#encoder = encoder;
    this.#send = send;
  }

  get count(): number {
    return this.#encoder.count;
  }

  get bytes(): number {
    return this.#encoder.bytes;
  }

  add(span: FinishedSpan): void {
    this.#encoder.add(span);
  }

  send(signal: AbortSignal): Promise<Outcome> {
    return this.#send(this.#encoder.finish(), signal);
  }
}

/** Refuses a request that is larger than what the backend takes; undefined where it is not. */
export function refuseSize(bytes: number, maxBytes: number): Outcome | undefined {
  if (bytes <= maxBytes) return undefined;
  return { kind: 'too_large', reason: `${bytes} bytes, of which the backend takes ${maxBytes}` };
}
