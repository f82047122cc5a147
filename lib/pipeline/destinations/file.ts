import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import type * as Transformer from '@opentelemetry/otlp-transformer';
import { SpanwrightError } from '../../core/errors.js';
import type { FinishedSpan } from '../finished-span.js';
import { loadPackage } from '../sdk.js';
import type { Destination } from './destination.js';

type Serializer = typeof Transformer.JsonTraceSerializer;
type ReadableSpans = Parameters<Serializer['serializeRequest']>[0];

const OWNER_ONLY = 0o600;
const NEWLINE = new Uint8Array([0x0a]);

/** Appends OTLP JSON lines to a file that its owner alone may read (0600): one export request a line. */
export class FileDestination implements Destination {
  readonly isImmediate = false;
  readonly #path: string;
  readonly #serializer: Serializer;
  #handle: Promise<FileHandle> | undefined;

  /** Throws `MissingPackage` without `@opentelemetry/otlp-transformer`. The file is opened with the first span. */
  constructor(path: string) {
    this.#path = path;
    const { JsonTraceSerializer } = loadPackage('@opentelemetry/otlp-transformer') as typeof Transformer;
    this.#serializer = JsonTraceSerializer;
  }

  async export(spans: readonly FinishedSpan[]): Promise<void> {
    const line = this.#serializer.serializeRequest(spans as unknown as ReadableSpans);
    if (line === undefined) throw new SpanwrightError('EXPORT_FAILED', 'the batch could not be written as OTLP JSON');
    const handle = await this.#open();
    await handle.appendFile(Buffer.concat([line, NEWLINE]));
  }

  async close(): Promise<void> {
    const handle = await this.#handle;
    this.#handle = undefined;
    await handle?.close();
  }

  // A file that could not be opened is tried again with the next batch.
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
