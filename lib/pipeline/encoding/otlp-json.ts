import type * as Transformer from '@opentelemetry/otlp-transformer';
import type { FinishedSpan } from '../finished-span.js';
type Serializer = Pick<typeof Transformer.JsonTraceSerializer, 'serializeRequest'>;
type Spans = Parameters<Serializer['serializeRequest']>[0];
export class OtlpJsonEncoder {
  #spans: FinishedSpan[] = [];
  #bytes = 0;
  readonly #serializer: Serializer;
  constructor(serializer: Serializer) {
    this.#serializer = serializer;
  }
  add(span: FinishedSpan): void {
    this.#spans.push(span);
    this.#bytes += 1000;
  }
  get count(): number {
    return this.#spans.length;
  }
  get bytes(): number {
    return this.#bytes;
  }
  finish(): Uint8Array {
    const bytes = this.#serializer.serializeRequest(this.#spans as unknown as Spans);
    this.#spans = [];
    if (bytes === undefined) throw new Error('nothing');
    return bytes;
  }
}
