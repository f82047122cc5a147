import type { Attributes, Context, Span } from '@opentelemetry/api';
import { createContextKey, ROOT_CONTEXT, trace } from '@opentelemetry/api';

// The API does not export its span key; a context that listens once tells it, whatever the API's version.
function findSpanKey(): symbol {
  let found: symbol | undefined;
  const listener: Context = {
    getValue: () => undefined,
    setValue: (key) => {
      found = key;
      return ROOT_CONTEXT;
    },
    deleteValue: () => ROOT_CONTEXT,
  };
  trace.setSpan(listener, trace.wrapSpanContext({ traceId: '', spanId: '', traceFlags: 0 }));
  if (found === undefined) throw new TypeError('the OpenTelemetry API keeps its span in no context value');
  return found;
}

const SPAN_KEY = findSpanKey();
const CALL_KEY = createContextKey('spanwright.call');
const FACTS_KEY = createContextKey('spanwright.facts');

// Shared by all copies of the package, so that contexts of two copies do not nest either.
const BASE = Symbol.for('spanwright.base.1');

// The root holds nothing, and most calls are asked for several things that nobody put there.
function valueOf(context: Context, key: symbol): unknown {
  return context === ROOT_CONTEXT ? undefined : context.getValue(key);
}

/**
 * The context of a call: two values over a base. It never nests in another one of its kind, so a program whose timers
 * start the next call from inside the former keeps no chain of contexts alive.
 */
export class CallContext implements Context {
  readonly [BASE]: Context;
  readonly #span: Span | undefined;
  readonly #call: object;

  constructor(parent: Context, span: Span | undefined, call: object) {
    this[BASE] = (parent as { readonly [BASE]?: Context })[BASE] ?? parent;
    this.#span = span;
    this.#call = call;
  }

  getValue(key: symbol): unknown {
    if (key === SPAN_KEY) return this.#span;
    if (key === CALL_KEY) return this.#call;
    return valueOf(this[BASE], key);
  }

  setValue(key: symbol, value: unknown): Context {
    if (key === SPAN_KEY) return new CallContext(this[BASE], value as Span, this.#call);
    if (key === CALL_KEY) return new CallContext(this[BASE], this.#span, value as object);
    return new CallContext(this[BASE].setValue(key, value), this.#span, this.#call);
  }

  deleteValue(key: symbol): Context {
    if (key === SPAN_KEY) return new CallContext(this[BASE], undefined, this.#call);
    return new CallContext(this[BASE].deleteValue(key), this.#span, this.#call);
  }
}

/** What `CallContext` holds for the call that this context belongs to. */
export function callValueOf(context: Context): unknown {
  return valueOf(context, CALL_KEY);
}

/** Attributes that every span below takes over (session, user, run …). */
export function factsOf(context: Context): Attributes | undefined {
  return valueOf(context, FACTS_KEY) as Attributes | undefined;
}

/** A context whose spans carry these attributes on top of those from further out. */
export function withFacts(context: Context, facts: Attributes): Context {
  return context.setValue(FACTS_KEY, Object.freeze({ ...factsOf(context), ...facts }));
}
