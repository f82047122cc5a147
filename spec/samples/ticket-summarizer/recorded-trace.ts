import { readFileSync } from 'node:fs';

type Value = string | number | boolean | readonly Value[];

export interface TraceSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: number;
  readonly start: bigint;
  readonly end: bigint;
  readonly attributes: Readonly<Record<string, Value>>;
  readonly events: ReadonlyArray<{ name: string; attributes: Readonly<Record<string, Value>> }>;
  readonly status: number;
}

export const CLIENT = 3;
export const UNSET = 0;
export const ERROR = 2;

/** The spans of one run as the file destination wrote them. */
export class RecordedTrace {
  readonly spans: readonly TraceSpan[];
  readonly resource: Readonly<Record<string, Value>>;

  constructor(path: string) {
    const requests = readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as OtlpRequest);
    const resourceSpans = requests.flatMap((request) => request.resourceSpans);
    this.resource = toRecord(resourceSpans[0]?.resource?.attributes);
    this.spans = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans.map(toSpan)));
  }

  named(name: string): TraceSpan[] {
    return this.spans.filter((span) => span.name === name);
  }

  only(name: string): TraceSpan {
    const [span, ...others] = this.named(name);
    if (span === undefined || others.length > 0) throw new Error(`${others.length + (span ? 1 : 0)} spans '${name}'`);
    return span;
  }

  ofTicket(name: string, ticketId: string): TraceSpan[] {
    return this.named(name).filter(({ attributes }) => attributes['ticket_id'] === ticketId);
  }

  childrenOf(parent: TraceSpan): TraceSpan[] {
    return this.spans
      .filter(({ parentSpanId }) => parentSpanId === parent.spanId)
      .sort((left, right) => Number(left.start - right.start));
  }
}

interface OtlpValue {
  stringValue?: string;
  intValue?: string | number;
  doubleValue?: number;
  boolValue?: boolean;
  arrayValue?: { values?: OtlpValue[] };
}
type OtlpAttributes = Array<{ key: string; value: OtlpValue }>;

interface OtlpSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes?: OtlpAttributes;
  events?: Array<{ name: string; attributes?: OtlpAttributes }>;
  status?: { code?: number };
}

interface OtlpRequest {
  resourceSpans: Array<{ resource?: { attributes?: OtlpAttributes }; scopeSpans: Array<{ spans: OtlpSpan[] }> }>;
}

function toSpan(span: OtlpSpan): TraceSpan {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId ?? '',
    name: span.name,
    kind: span.kind,
    start: BigInt(span.startTimeUnixNano),
    end: BigInt(span.endTimeUnixNano),
    attributes: toRecord(span.attributes),
    events: (span.events ?? []).map(({ name, attributes }) => ({ name, attributes: toRecord(attributes) })),
    status: span.status?.code ?? UNSET,
  };
}

function toRecord(attributes: OtlpAttributes = []): Record<string, Value> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, toValue(value)]));
}

function toValue(value: OtlpValue): Value {
  if (value.arrayValue !== undefined) return (value.arrayValue.values ?? []).map(toValue);
  if (value.intValue !== undefined) return Number(value.intValue);
  return value.stringValue ?? value.doubleValue ?? value.boolValue ?? '';
}
