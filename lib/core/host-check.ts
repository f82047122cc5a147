import { trace } from '@opentelemetry/api';
import type { Warning } from './diagnostics.js';
import { warnOnce } from './diagnostics.js';
import { guarded } from './guard.js';
import { state } from './state.js';

const OTEL_API = Symbol.for('opentelemetry.js.api.1');

interface RegisteredApi {
  readonly version?: string;
  readonly trace?: unknown;
  readonly context?: unknown;
}

// A copy reads what another registered only when that one is as new as itself, and hands out no-ops otherwise, in silence.
function mismatchOf({ version, trace: registered, context }: RegisteredApi): Warning | undefined {
  if (trace.getTracerProvider() !== registered) {
    return {
      code: 'HOST_API_MISMATCH',
      message: `two copies of @opentelemetry/api are loaded: the tracer provider is registered with ${version}, spanwright has a newer one that cannot use it, so spans do not nest`,
      hint: `npm ls @opentelemetry/api shows both; keep one: npm install @opentelemetry/api@${version}`,
    };
  }
  if (context !== undefined) return undefined;
  return {
    code: 'HOST_CONTEXT_MISSING',
    message: 'a tracer provider is registered and no context manager, so spans do not nest',
    hint: 'context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()), of @opentelemetry/context-async-hooks; configureTracing() registers one',
  };
}

/** What keeps calls from using the provider that is registered; undefined where nothing does, and where none is. */
export function findMismatch(): Warning | undefined {
  const api = (globalThis as { [OTEL_API]?: RegisteredApi })[OTEL_API];
  return api?.trace === undefined ? undefined : mismatchOf(api);
}

/** Runs when calls meet another registered provider: the pipeline joins it, and what keeps it from working is said once. */
export function checkHost(): void {
  guarded('HOST', () => {
    state.onProviderChange?.();
    const mismatch = findMismatch();
    if (mismatch !== undefined) warnOnce(mismatch);
  });
}
