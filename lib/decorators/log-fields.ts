import { isSpanContextValid, trace } from '@opentelemetry/api';

/** What ties a log line to its span; names and forms are those of OpenTelemetry's log instrumentations. */
export interface LogFields {
  /** 32 hex digits. */
  readonly trace_id: string;
  /** 16 hex digits. */
  readonly span_id: string;
  /** Two hex digits: `01` when the span is sampled, `00` when it is not. */
  readonly trace_flags: string;
}

/**
 * The fields that put trace and span id on a log line: those of the active span, be it a call, a span made by hand or the
 * caller's that came with the request. `{}` outside of any span and while nobody listens. A new object each time, which
 * loggers may change. Never throws.
 *
 * @example
 * console.log(JSON.stringify({ message: 'ticket read', ...logFields() }));
 */
export function logFields(): Partial<LogFields> {
  const spanContext = trace.getActiveSpan()?.spanContext();
  if (spanContext === undefined || !isSpanContextValid(spanContext)) return {};
  const { traceId, spanId, traceFlags } = spanContext;
  return { trace_id: traceId, span_id: spanId, trace_flags: traceFlags.toString(16).padStart(2, '0') };
}
