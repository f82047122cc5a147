import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Outcome } from '../delivery/outcome.js';
import type { HttpSettings } from '../settings.js';
import { outcomeOf } from '../transport/answer.js';
import { HttpClient } from '../transport/http-client.js';
import type { Batch, QueuedDestination } from './destination.js';
import type { Encoder } from './encoded-batch.js';
import { EncodedBatches, refuseSize } from './encoded-batch.js';

const compress = promisify(gzip);

const LEVEL = 1;

/** Sends batches over OTLP/HTTP, several at a time. */
export class HttpDestination implements QueuedDestination {
  readonly isImmediate = false;
  readonly concurrency: number;
  readonly #settings: HttpSettings;
  readonly #requestBytes: number;
  readonly #batches: EncodedBatches;
  readonly #client: HttpClient;

  constructor(settings: HttpSettings, requestBytes: number | undefined, makeEncoder: () => Encoder) {
    this.#settings = settings;
    this.#requestBytes = requestBytes ?? Infinity;
    this.#batches = new EncodedBatches(makeEncoder, (body, signal) => this.#send(body, signal));
    this.concurrency = settings.maxSockets;
    this.#client = new HttpClient(settings);
  }

  open(): Batch {
    return this.#batches.open();
  }

  close(): Promise<void> {
    this.#batches.close();
    return this.#client.close();
  }

  async #send(body: Uint8Array, signal: AbortSignal): Promise<Outcome> {
    const { encoding, compression, endpoint } = this.#settings;
    const refusal = refuseSize(body.byteLength, this.#requestBytes);
    if (refusal !== undefined) return refusal;
    const headers: Record<string, string> = {
      'content-type': encoding === 'json' ? 'application/json' : 'application/x-protobuf',
    };
    const isCompressed = compression === 'gzip';
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
