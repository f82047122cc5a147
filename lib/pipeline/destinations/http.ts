import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Outcome } from '../delivery/outcome.js';
import type { FinishedSpan } from '../finished-span.js';
import type { HttpSettings } from '../settings.js';
import { outcomeOf } from '../transport/answer.js';
import { HttpClient } from '../transport/http-client.js';
import type { Batch, QueuedDestination } from './destination.js';

/** Writes the spans of one request. */
export interface Encoder {
  add(span: FinishedSpan): void;
  readonly count: number;
  readonly bytes: number;
  /** The bytes of all spans; the encoder is empty afterwards. */
  finish(): Uint8Array;
}

const compress = promisify(gzip);

// A request that fits into one packet gains nothing.
const WORTH_IT_BYTES = 1400;
const LEVEL = 1;

class HttpBatch implements Batch {
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

/** Sends batches over OTLP/HTTP, several at a time. */
export class HttpDestination implements QueuedDestination {
  readonly isImmediate = false;
  readonly concurrency: number;
  readonly #settings: HttpSettings;
  readonly #requestBytes: number;
  readonly #makeEncoder: () => Encoder;
  readonly #client: HttpClient;

  constructor(settings: HttpSettings, requestBytes: number | undefined, makeEncoder: () => Encoder) {
    this.#settings = settings;
    this.#requestBytes = requestBytes ?? Infinity;
    this.#makeEncoder = makeEncoder;
    this.concurrency = settings.maxSockets;
    this.#client = new HttpClient(settings);
  }

  open(): Batch {
    return new HttpBatch(this.#makeEncoder(), (body, signal) => this.#send(body, signal));
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  async #send(body: Uint8Array, signal: AbortSignal): Promise<Outcome> {
    const { encoding, compression, endpoint } = this.#settings;
    if (body.byteLength > this.#requestBytes) {
      return {
        kind: 'too_large',
        reason: `${body.byteLength} bytes, of which the backend takes ${this.#requestBytes}`,
      };
    }
    const headers: Record<string, string> = {
      'content-type': encoding === 'json' ? 'application/json' : 'application/x-protobuf',
    };
    const isCompressed = compression === 'gzip' && body.byteLength > WORTH_IT_BYTES;
    if (isCompressed) headers['content-encoding'] = 'gzip';
    try {
      const bytes = isCompressed ? await compress(body, { level: LEVEL }) : body;
      return outcomeOf(await this.#client.post(bytes, headers, signal));
    } catch (error) {
      return { kind: 'retry', reason: `${reasonOf(error)} (${new URL(endpoint).host})` };
    }
  }
}

// An AggregateError of a host with several addresses has no message of its own.
function reasonOf(error: unknown): string {
  const { message, code, errors } = error as NodeJS.ErrnoException & { errors?: readonly unknown[] };
  if (message !== '') return message;
  return errors === undefined ? (code ?? 'no connection') : reasonOf(errors[0]);
}
