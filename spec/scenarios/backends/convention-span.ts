import type { ShownSpan } from './shown-span.js';
import { textOr } from './shown-span.js';

/** A span with the attributes that were sent, as backends give it back that make nothing of them. */
export interface PlainSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly isFailed: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
}

function firstOf(value: unknown): unknown {
  const list = typeof value === 'string' && value.startsWith('[') ? (JSON.parse(value) as unknown) : value;
  return Array.isArray(list) ? (list as unknown[])[0] : list;
}

/** Reads what OpenTelemetry's conventions say on a span. */
export function conventionSpan({ traceId, spanId, parentSpanId, name, isFailed, attributes }: PlainSpan): ShownSpan {
  const operation = attributes['gen_ai.operation.name'];
  const span = { traceId, spanId, parentSpanId, name, isFailed, attributes, kind: textOr(operation, 'none') };
  if (operation !== 'chat') return span;
  const call = {
    model: attributes['gen_ai.response.model'],
    inputTokens: attributes['gen_ai.usage.input_tokens'],
    outputTokens: attributes['gen_ai.usage.output_tokens'],
    finishReason: firstOf(attributes['gen_ai.response.finish_reasons']),
  };
  return { ...span, call };
}
