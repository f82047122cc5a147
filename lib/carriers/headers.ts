import type { Context, TextMapGetter, TextMapSetter } from '@opentelemetry/api';
import { context, propagation, trace } from '@opentelemetry/api';
import { guarded } from '../core/guard.js';
import { hideText } from '../core/hide-text.js';
import { withoutHiddenState } from '../core/trace-state.js';

/** What a trace context travels in: headers of a request or a message, worker data, job data. */
export type Carrier = Headers | Map<string, string> | Record<string, unknown>;

interface Settable {
  set(key: string, value: string): unknown;
}

function isSettable(carrier: object): carrier is Settable {
  return typeof (carrier as Partial<Settable>).set === 'function';
}

function isReadable(carrier: object): carrier is { get(key: string): unknown } {
  return typeof (carrier as { get?: unknown }).get === 'function';
}

const SETTER: TextMapSetter<Carrier> = {
  set(carrier, key, value) {
    if (isSettable(carrier)) carrier.set(key, value);
    else carrier[key] = value;
  },
};

// Header names differ in case, and Node gives a list for a header that came twice.
function readPlain(carrier: Record<string, unknown>, key: string): unknown {
  if (Object.hasOwn(carrier, key)) return carrier[key];
  const found = Object.keys(carrier).find((name) => name.toLowerCase() === key);
  return found === undefined ? undefined : carrier[found];
}

const GETTER: TextMapGetter<Carrier> = {
  keys(carrier) {
    return isReadable(carrier) ? [...(carrier as Map<string, string>).keys()] : Object.keys(carrier);
  },
  get(carrier, key) {
    const value: unknown = isReadable(carrier) ? carrier.get(key) : readPlain(carrier, key.toLowerCase());
    if (typeof value === 'string') return value;
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
  },
};

/** Writes the current trace context into a carrier (W3C `traceparent`, `tracestate`) and returns the carrier. */
export function injectContext<C extends Carrier>(carrier: C): C {
  guarded('ENGINE', () => propagation.inject<Carrier>(context.active(), carrier, SETTER));
  return carrier;
}

// Whoever sends to a public endpoint chooses what stands in `tracestate`, and every span below would carry it to every exporter.
function withoutHidden(extracted: Context, active: Context): Context {
  const spanContext = trace.getSpanContext(extracted);
  if (extracted === active || spanContext?.traceState === undefined) return extracted;
  const shown = withoutHiddenState(spanContext, hideText);
  return shown === spanContext ? extracted : trace.setSpanContext(extracted, shown);
}

/**
 * Runs a function below the trace context of a carrier and returns what it returns. Without a valid context in the
 * carrier it runs where it is. A member of `tracestate` that holds a secret or a personal datum is left out.
 */
export function withExtractedContext<R>(carrier: Carrier, fn: () => R): R {
  const active = context.active();
  const extracted =
    guarded('ENGINE', () => withoutHidden(propagation.extract<Carrier>(active, carrier, GETTER), active)) ?? active;
  return context.with(extracted, fn);
}
