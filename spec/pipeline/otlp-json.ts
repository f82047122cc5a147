import type { ArrivedSpan } from './otlp-protobuf.js';

interface AnyValue {
  stringValue?: string;
  boolValue?: boolean;
  intValue?: number | string;
  doubleValue?: number;
  arrayValue?: { values: AnyValue[] };
}
/** One attribute in OTLP JSON. */
export interface KeyValue {
  key: string;
  value: AnyValue;
}
interface JsonSpan {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  kind: number;
  attributes: KeyValue[];
  status: { code?: number };
  events: { name: string }[];
  startTimeUnixNano: string;
  endTimeUnixNano: string;
}
interface JsonRequest {
  resourceSpans: {
    resource: { attributes: KeyValue[] };
    scopeSpans: { scope?: { name: string }; spans: JsonSpan[] }[];
  }[];
}

function anyValue(value: AnyValue): unknown {
  if (value.arrayValue !== undefined) return value.arrayValue.values.map(anyValue);
  if (value.intValue !== undefined) return Number(value.intValue);
  return value.stringValue ?? value.boolValue ?? value.doubleValue;
}

/** Attributes by name. */
export function attributesOf(pairs: readonly KeyValue[]): Record<string, unknown> {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, anyValue(value)]));
}

/** The spans of a request in OTLP JSON. Throws for what is no such request. */
export function readJson(text: string): ArrivedSpan[] {
  const { resourceSpans } = JSON.parse(text) as JsonRequest;
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ scope, spans }) =>
      spans.map((span) => ({
        name: span.name,
        traceId: span.traceId,
        spanId: span.spanId,
        parentSpanId: span.parentSpanId ?? '',
        kind: span.kind,
        attributes: attributesOf(span.attributes),
        resource: attributesOf(resource.attributes),
        scope: scope?.name ?? '',
        status: span.status.code ?? 0,
        events: span.events.map(({ name }) => name),
        nanoseconds: BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano),
      })),
    ),
  );
}
