import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { contentBytesOf } from '../../core/capture.js';

// Measured as heap growth of the SDK's spans (2.12 and 3.1, Node 20 to 24); docs/verification/pipeline.md holds it to ± 25 %.
const SPAN_BYTES = 1100;
const ATTRIBUTE_BYTES = 40;
const STRING_BYTES = 16;
const EVENT_BYTES = 300;
const LOOKED_AT = 32;

// V8 keeps a text in one byte a character until one needs two. The beginning tells most of them.
function textBytes(text: string): number {
  const { length } = text;
  const end = length < LOOKED_AT ? length : LOOKED_AT;
  for (let index = 0; index < end; index++) {
    if (text.charCodeAt(index) > 0xff) return STRING_BYTES + length * 2;
  }
  return STRING_BYTES + length;
}

function valueBytes(value: unknown): number {
  if (typeof value === 'string') return textBytes(value);
  if (typeof value !== 'object' || value === null) return 0;
  let bytes = 32;
  for (const item of Object.values(value)) bytes += 8 + valueBytes(item);
  return bytes;
}

function attributeBytes(attributes: object | undefined): number {
  let bytes = 0;
  for (const key in attributes) {
    bytes += ATTRIBUTE_BYTES + valueBytes((attributes as Record<string, unknown>)[key]);
  }
  return bytes;
}

/** What a span holds of memory while it waits, in bytes, as an estimate: attributes, events, links, content beside it. */
export function sizeOf(span: ReadableSpan): number {
  let bytes = SPAN_BYTES + span.name.length + attributeBytes(span.attributes) + contentBytesOf(span.spanContext());
  for (const event of span.events) bytes += EVENT_BYTES + attributeBytes(event.attributes);
  for (const link of span.links) bytes += EVENT_BYTES + attributeBytes(link.attributes);
  return bytes;
}

/** One ended span that waits, for all the destinations that wait for it. */
export class Captured {
  readonly span: ReadableSpan;
  readonly bytes: number;
  /** Destinations that still hold it; written by `Budget`. */
  holders = 0;

  constructor(span: ReadableSpan) {
    this.span = span;
    this.bytes = sizeOf(span);
  }
}
