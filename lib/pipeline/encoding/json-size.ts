import type { HrTime, Link, SpanContext } from '@opentelemetry/api';
import type { FinishedEvent, FinishedSpan } from '../finished-span.js';

// What stands around the values: names of fields, quotes, brackets and numbers.
const AROUND_SPAN = 290;
const AROUND_PART = 100;
const AROUND_ATTRIBUTE = 21;
const AROUND_VALUE = 19;
const NUMBER = 4;

// Walks where the serialiser will, so that what would throw there throws here: a getter, a ring.
function valueSize(value: unknown): number {
  if (typeof value === 'string') return AROUND_VALUE + Buffer.byteLength(value);
  if (typeof value !== 'object' || value === null) return AROUND_VALUE + NUMBER;
  if (value instanceof Uint8Array) return AROUND_VALUE + value.length * 1.4;
  if (!Array.isArray(value)) return AROUND_VALUE + attributesSize(value);
  let size = AROUND_VALUE;
  for (const item of value) size += valueSize(item);
  return size;
}

/** Bytes that attributes take as JSON, about. */
export function attributesSize(attributes: object): number {
  let size = 0;
  for (const [key, value] of Object.entries(attributes)) size += AROUND_ATTRIBUTE + key.length + valueSize(value);
  return size;
}

function checkTime([seconds, nanoseconds]: HrTime): void {
  if (!Number.isFinite(seconds + nanoseconds)) throw new RangeError(`a time is [${seconds}, ${nanoseconds}]`);
}

function contextSize({ traceId, spanId, traceState }: SpanContext): number {
  return traceId.length + spanId.length + (traceState?.serialize().length ?? 0);
}

function eventSize({ name, time, attributes }: FinishedEvent): number {
  checkTime(time);
  return AROUND_PART + name.length + attributesSize(attributes ?? {});
}

function linkSize({ context, attributes }: Link): number {
  return AROUND_PART + contextSize(context) + attributesSize(attributes ?? {});
}

/** Bytes that a span takes as JSON, about. Throws for a span that the official serialiser cannot write. */
export function spanSize(span: FinishedSpan): number {
  checkTime(span.startTime);
  checkTime(span.endTime);
  let size = AROUND_SPAN + span.name.length + (span.status.message?.length ?? 0);
  size += contextSize(span.spanContext()) + attributesSize(span.attributes);
  for (const event of span.events) size += eventSize(event);
  for (const link of span.links) size += linkSize(link);
  return size;
}
