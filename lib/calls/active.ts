import type { Context, Span, Tracer } from '@opentelemetry/api';
import { checkHost } from '../core/host-check.js';
import type { TracingScope } from '../core/scope.js';
import { scopesOf } from '../core/scope.js';
import { state } from '../core/state.js';
import type { TracerSource } from './registered.js';
import { registeredSource } from './registered.js';

let source: TracerSource | undefined;
let tracer: Tracer | undefined;

// The registered source is replaced on `trace.disable()`, so its identity tells whether the tracer at hand is stale.
function globalTracer(): Tracer | undefined {
  const current = registeredSource();
  if (current === undefined) return undefined;
  if (current !== source) {
    source = current;
    checkHost();
    tracer = current.getTracer('spanwright');
  }
  return tracer;
}

function innermost(scopes: readonly TracingScope[], accept: (scope: TracingScope) => boolean): Tracer | undefined {
  return scopes.findLast((scope) => scope.active && accept(scope))?.tracer();
}

/** The span of a call that is sampled out, where that is known without asking an SDK. */
export function unsampledSpan(context: Context, isRoot: boolean): Span | undefined {
  const { headSampling } = state;
  if (headSampling === undefined || headSampling.source !== registeredSource()) return undefined;
  return scopesOf(context) === undefined ? headSampling.unsampled(context, isRoot) : undefined;
}

/** The tracer for a call in this context; undefined when nobody listens there. */
export function tracerFor(context: Context): Tracer | undefined {
  const scopes = scopesOf(context);
  if (scopes === undefined) return globalTracer();
  return (
    innermost(scopes, (scope) => scope.exclusive) ?? globalTracer() ?? innermost(scopes, (scope) => !scope.exclusive)
  );
}
