import type { Context, Tracer } from '@opentelemetry/api';
import type { TracingScope } from '../core/scope.js';
import { scopesOf } from '../core/scope.js';
import { state } from '../core/state.js';

interface TracerSource {
  getTracer(name: string, version?: string): Tracer;
}

const OTEL_API = Symbol.for('opentelemetry.js.api.1');
const home = globalThis as { [OTEL_API]?: { trace?: TracerSource } };

let source: TracerSource | undefined;
let tracer: Tracer | undefined;

/** Tells whether anybody may listen: a provider is registered, or a tracing of ours runs without one. */
export function isActive(): boolean {
  return state.activeScopes > 0 || home[OTEL_API]?.trace !== undefined;
}

// The registered source is replaced on `trace.disable()`, so its identity tells whether the tracer at hand is stale.
function globalTracer(): Tracer | undefined {
  const current = home[OTEL_API]?.trace;
  if (current === undefined) return undefined;
  if (current !== source) {
    source = current;
    tracer = current.getTracer('spanwright');
  }
  return tracer;
}

function innermost(scopes: readonly TracingScope[], accept: (scope: TracingScope) => boolean): Tracer | undefined {
  return scopes.findLast((scope) => scope.active && accept(scope))?.tracer();
}

/** The tracer for a call in this context; undefined when nobody listens there. */
export function tracerFor(context: Context): Tracer | undefined {
  const scopes = scopesOf(context);
  if (scopes === undefined) return globalTracer();
  return (
    innermost(scopes, (scope) => scope.exclusive) ?? globalTracer() ?? innermost(scopes, (scope) => !scope.exclusive)
  );
}
