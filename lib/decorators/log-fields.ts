import type { SpanContext } from '@opentelemetry/api';
import { context as contextApi, isSpanContextValid, trace } from '@opentelemetry/api';
import { guarded } from '../core/guard.js';

/** What joins a log line to its span, under the names of OpenTelemetry: all three fields, or none. */
export interface LogFields {
  /** 32 hex digits. */
  readonly trace_id?: string;
  /** 16 hex digits. */
  readonly span_id?: string;
  /** Two hex digits: `01` when the span is exported, `00` when it is sampled out. */
  readonly trace_flags?: string;
}

function readActive(): SpanContext | undefined {
  const spanContext = trace.getSpanContext(contextApi.active());
  return spanContext !== undefined && isSpanContextValid(spanContext) ? spanContext : undefined;
}

function twoHexDigits(flags: number): string {
  return (flags & 0xff).toString(16).padStart(2, '0');
}

/**
 * The fields that join a log line to the active span: of a decorated call, of a span made by hand, or of the caller where
 * `withExtractedContext` found one and no span is open here yet. `{}` where there is none and while nobody listens. Each
 * answer is a new object that the logger may change. Never throws. Call it where the line is said: loggers that queue
 * lines ask their formats later, in another call. Names and values are those of the OpenTelemetry instrumentations for
 * pino and winston ("Trace Context in non-OTLP Log Formats").
 */
export function logFields(): LogFields {
  const spanContext = guarded('ENGINE', readActive);
  // Not one shared object: pino writes the fields of the line into what its mixin returns.
  if (spanContext === undefined) return {};
  const { traceId, spanId, traceFlags } = spanContext;
  return { trace_id: traceId, span_id: spanId, trace_flags: twoHexDigits(traceFlags) };
}
