import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** What the report reads from a span in OTLP JSON. */
export interface RecordedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes?: readonly { key: string; value: OtlpValue }[];
  readonly status?: { code?: number; message?: string };
}

interface OtlpValue {
  stringValue?: string;
  intValue?: number | string;
  doubleValue?: number;
  boolValue?: boolean;
  arrayValue?: { values?: OtlpValue[] };
}

interface TraceLine {
  resourceSpans?: { scopeSpans?: { spans?: RecordedSpan[] }[] }[];
}

/** Reads the spans of an OTLP JSON lines file one line at a time, so that a long trace needs little memory. */
export async function* readSpans(path: string): AsyncGenerator<RecordedSpan> {
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity });
  for await (const line of lines) {
    if (line === '') continue;
    const { resourceSpans = [] } = JSON.parse(line) as TraceLine;
    for (const { scopeSpans = [] } of resourceSpans) {
      for (const { spans = [] } of scopeSpans) yield* spans;
    }
  }
}

export function spanAttributes(span: RecordedSpan): Map<string, string> {
  return new Map(span.attributes?.map(({ key, value }) => [key, showValue(value)]));
}

export function durationMs(span: RecordedSpan): number {
  return Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)) / 1e6;
}

function showValue(value: OtlpValue): string {
  if (value.arrayValue !== undefined) return (value.arrayValue.values ?? []).map(showValue).join(',');
  return String(value.stringValue ?? value.intValue ?? value.doubleValue ?? value.boolValue ?? '');
}
