import type { Attributes, Span } from '@opentelemetry/api';
import { context, trace } from '@opentelemetry/api';
import { warnOnce } from '../core/diagnostics.js';

interface LogsApi {
  getLogger(name: string): { emit(record: object): void };
}

// From 1.10 on the API itself keeps the logger provider, beside the tracer provider.
const OTEL_API = Symbol.for('opentelemetry.js.api.1');
// `@opentelemetry/api-logs` keeps its provider under this key; the versions of the key differ in their getter's number.
const LOGS_API = Symbol.for('io.opentelemetry.js.api.logs');
const COMPATIBILITY = 1;
const SEVERITY_ERROR = 17;

function isLogs(value: unknown): value is LogsApi {
  return typeof (value as Partial<LogsApi> | undefined)?.getLogger === 'function';
}

function registeredLogs(): LogsApi | undefined {
  const home = globalThis as { [OTEL_API]?: { logs?: unknown }; [LOGS_API]?: (version: number) => unknown };
  const getter = home[LOGS_API];
  const older = typeof getter === 'function' ? getter(COMPATIBILITY) : undefined;
  return [home[OTEL_API]?.logs, older].find(isLogs);
}

/**
 * Writes an exception as a log record of the span, event name `exception`, severity ERROR.
 * False when no logs API is registered; that is said once and the caller keeps the span event.
 * Source: OpenTelemetry semantic conventions, exceptions in logs.
 */
export function emitExceptionLog(span: Span, attributes: Attributes): boolean {
  const logs = registeredLogs();
  if (logs === undefined) {
    warnOnce({
      code: 'EXCEPTION_LOGS_MISSING',
      message: 'OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN asks for logs and no logger provider is registered',
      hint: 'register one with `logs.setGlobalLoggerProvider`; until then exceptions stay span events',
    });
    return false;
  }
  logs.getLogger('spanwright').emit({
    eventName: 'exception',
    severityNumber: SEVERITY_ERROR,
    severityText: 'ERROR',
    attributes,
    context: trace.setSpan(context.active(), span),
  });
  return true;
}
