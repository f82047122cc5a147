import type { Tracer } from '@opentelemetry/api';
import { trace } from '@opentelemetry/api';
import { nodeRequire } from '#node-require';

/** What the API registers under its global key; another object after each registration. */
export interface TracerSource {
  getTracer(name: string, version?: string): Tracer;
}

/** One loaded instance of the API: a registration through it gives its proxy a delegate. */
export interface Watched {
  readonly _proxyTracerProvider: { readonly _delegate?: unknown };
}

const OTEL_API = Symbol.for('opentelemetry.js.api.1');
const home = globalThis as { [OTEL_API]?: { trace?: TracerSource } };

/** What is registered in the API's global. */
export function registeredSource(): TracerSource | undefined {
  return home[OTEL_API]?.trace;
}

// Of the API's own class where that can be had: the wrappers read all of them at one place, and V8 is fastest with one shape.
function standIn(isBusy: boolean): Watched {
  try {
    const made = new (trace.constructor as new () => { _proxyTracerProvider: Proxy })();
    if (isBusy) made._proxyTracerProvider.setDelegate(made);
    if ((made._proxyTracerProvider._delegate !== undefined) === isBusy) return made;
  } catch {
    // Another version of the API: any object will do.
  }
  return { _proxyTracerProvider: { _delegate: isBusy ? true : undefined } };
}

/** Stands for an API through which something may be registered at any time. */
export const BUSY = standIn(true);
export const SILENT = standIn(false);

interface Proxy {
  readonly _delegate?: unknown;
  setDelegate(delegate: unknown): void;
}

// The fields are private, so they are tried out: an API made differently counts as busy, and each call looks at the global.
function watch(api: unknown): Watched {
  const { _proxyTracerProvider: current } = api as Partial<Watched>;
  if (current === undefined) return BUSY;
  const probe = new (current.constructor as new () => Proxy)();
  const before = probe._delegate;
  probe.setDelegate(probe);
  return before === undefined && probe._delegate === probe ? (api as Watched) : BUSY;
}

/** The instance of the API that this module imports. */
export const ownApi = watch(trace);

/** From 1.10 on the API gives `require` another instance than `import`, and a host may register through either. */
export function findTwinApi(): Watched {
  try {
    const { trace: twin } = nodeRequire('@opentelemetry/api') as { trace: unknown };
    return twin === trace ? SILENT : watch(twin);
  } catch {
    // A bundle that holds the API: there is no second one to find.
    return SILENT;
  }
}
