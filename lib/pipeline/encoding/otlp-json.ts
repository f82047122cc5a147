import type { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { FinishedSpan } from '../finished-span.js';
import { attributesSize, spanSize } from './json-size.js';

/** The part of the official serialiser that writes. */
export type TraceSerializer = Pick<typeof JsonTraceSerializer, 'serializeRequest'>;

type SerializedSpans = Parameters<TraceSerializer['serializeRequest']>[0];

/** Keeps spans until the official serialiser writes them into one export request of OTLP, in JSON. */
export class OtlpJsonEncoder {
  readonly #serializer: TraceSerializer;
  #spans: FinishedSpan[] = [];
  readonly #resources = new Set<object>();
  #bytes = 0;

  constructor(serializer: TraceSerializer) {
    this.#serializer = serializer;
  }

  /** Adds a span. A span that cannot be written leaves the encoder as it was and throws. */
  add(span: FinishedSpan): void {
    const { resource } = span;
    const isNew = !this.#resources.has(resource);
    const size = spanSize(span) + (isNew ? attributesSize(resource.attributes) : 0);
    if (isNew) this.#resources.add(resource);
    this.#bytes += size;
    this.#spans.push(span);
  }

  /** Spans so far. */
  get count(): number {
    return this.#spans.length;
  }

  /** Bytes so far, estimated: those of the texts without escapes, and what usually stands around a value. */
  get bytes(): number {
    return Math.round(this.#bytes);
  }

  /** The request with all spans. The encoder is empty afterwards, even if the serialiser throws, and may be used again. */
  finish(): Uint8Array {
    const spans = this.#spans;
    this.#spans = [];
    this.#resources.clear();
    this.#bytes = 0;
    // Undefined only where the serialiser could not write, which it says by throwing.
    return this.#serializer.serializeRequest(spans as unknown as SerializedSpans) ?? new Uint8Array();
  }
}
