import type { Attributes, AttributeValue } from '@opentelemetry/api';
import type { FinishedSpan } from '../../finished-span.js';

// Of OTLP/JSON, the larger of both encodings: `{"key":"","value":{"stringValue":""}},` and the like.
const ATTRIBUTE = 48;
const ELEMENT = 24;
const NUMBER = 32;
// Ids, times, kind, counts and status.
const SPAN = 640;
const EVENT = 128;
const LINK = 224;
// The most bytes that JSON writes for one UTF-16 code unit: `\u0000`.
const WORST = 6;

/** Bytes of a text inside the quotes of JSON. */
export function textSize(text: string): number {
  return Buffer.byteLength(JSON.stringify(text), 'utf8') - 2;
}

type Measure = (text: string) => number;

const atMost: Measure = (text) => text.length * WORST;

function valueSize(value: AttributeValue | null | undefined, measure: Measure): number {
  if (typeof value === 'string') return measure(value);
  if (!Array.isArray(value)) return NUMBER;
  let size = ELEMENT;
  for (const item of value) size += ELEMENT + valueSize(item, measure);
  return size;
}

/** Bytes of one attribute. */
export function attributeSize(key: string, value: AttributeValue | undefined, measure: Measure = textSize): number {
  return ATTRIBUTE + measure(key) + valueSize(value, measure);
}

function attributesSize(attributes: Attributes | undefined, measure: Measure): number {
  let size = 0;
  for (const key in attributes) size += attributeSize(key, attributes[key], measure);
  return size;
}

function sizeBy({ name, status, attributes, events, links, ...span }: FinishedSpan, measure: Measure): number {
  let size = SPAN + measure(name) + measure(status.message ?? '') + attributesSize(attributes, measure);
  size += measure(span.spanContext().traceState?.serialize() ?? '');
  for (const event of events) size += EVENT + measure(event.name) + attributesSize(event.attributes, measure);
  for (const link of links) {
    size += LINK + measure(link.context.traceState?.serialize() ?? '') + attributesSize(link.attributes, measure);
  }
  return size;
}

/** Bytes of a span as it is sent, rather too many than too few. */
export function spanSize(span: FinishedSpan): number {
  return sizeBy(span, textSize);
}

/** Tells by the lengths of its texts alone that a span is within a limit. */
export function isSurelyWithin(span: FinishedSpan, maxBytes: number): boolean {
  return sizeBy(span, atMost) <= maxBytes;
}
