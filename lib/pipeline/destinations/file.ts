import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import type { Outcome } from '../delivery/outcome.js';
import type { Batch, QueuedDestination } from './destination.js';
import type { Encoder } from './encoded-batch.js';

const OWNER_ONLY = 0o600;
const NEWLINE = new Uint8Array([0x0a]);

/** Appends OTLP JSON lines to a file that its owner alone may read (0600): one export request a line. */
export class FileDestination implements QueuedDestination {
  readonly isImmediate = false;
  // Lines must not mix.
  readonly concurrency = 1;
  readonly #path: string;
  readonly #makeEncoder: () => Encoder;
  #handle: Promise<FileHandle> | undefined;

  /** The file is opened with the first span. */
  constructor(path: string, makeEncoder: () => Encoder) {
    this.#path = path;
    this.#makeEncoder = makeEncoder;
  }

  open(): Batch {
    const encoder = this.#makeEncoder();
    return {
      add: (span) => encoder.add(span),
      get count() {
        return encoder.count;
      },
      get bytes() {
        return encoder.bytes;
      },
      send: () => this.#append(encoder.finish()),
    };
  }

  async close(): Promise<void> {
    const handle = await this.#handle;
    this.#handle = undefined;
    await handle?.close();
  }

  // A file that could not be opened or written is tried again, as a backend that is down is.
  async #append(line: Uint8Array): Promise<Outcome> {
    try {
      const handle = await this.#open();
      await handle.appendFile(Buffer.concat([line, NEWLINE]));
      return { kind: 'delivered' };
    } catch (error) {
      return { kind: 'retry', reason: (error as Error).message };
    }
  }

  async #open(): Promise<FileHandle> {
    this.#handle ??= open(this.#path, 'a', OWNER_ONLY);
    try {
      return await this.#handle;
    } catch (error) {
      this.#handle = undefined;
      throw error;
    }
  }
}
