import type { FinishedSpan } from '../finished-span.js';
import { AttributeWriter } from './attributes.js';
import { FrameWriter } from './frames.js';
import { RequestGroups } from './groups.js';
import { SpanWriter } from './span.js';
import { ProtobufWriter } from './writer.js';

const SPANS = 0x12;

/** Writes spans into the bytes of one export request of OTLP: ExportTraceServiceRequest, in protobuf. */
export class OtlpProtobufEncoder {
  readonly #writer = new ProtobufWriter();
  readonly #attributes = new AttributeWriter(this.#writer);
  readonly #spans = new SpanWriter(this.#writer, this.#attributes);
  readonly #frames: FrameWriter;
  readonly #groups = new RequestGroups();
  #count = 0;

  constructor() {
    const writer = new ProtobufWriter();
    this.#frames = new FrameWriter(writer, new AttributeWriter(writer));
  }

  /** Adds a span. A span that cannot be written leaves the encoder as it was and throws. */
  add(span: FinishedSpan): void {
    const writer = this.#writer;
    const start = writer.at;
    try {
      const resource = this.#frames.ofResource(span.resource);
      const scope = this.#frames.ofScope(span.instrumentationScope);
      this.#spans.write(SPANS, span);
      this.#groups.take(resource, scope, start, writer.at);
      this.#count += 1;
    } catch (error) {
      writer.at = start;
      throw error;
    }
  }

  /** Spans so far. */
  get count(): number {
    return this.#count;
  }

  /** Bytes so far, as the request would be. */
  get bytes(): number {
    return this.#groups.size;
  }

  /**
   * The request with all spans, grouped by resource and scope: by identity, then by what they say. The encoder is empty
   * afterwards and may be used again; it does not touch the bytes again.
   */
  finish(): Uint8Array {
    const request = this.#groups.finish(this.#writer.bytes);
    this.#writer.clear();
    this.#attributes.forgetValues();
    this.#count = 0;
    return request;
  }
}
