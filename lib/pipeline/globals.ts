const OTEL_API = Symbol.for('opentelemetry.js.api.1');

/** What the API of OpenTelemetry keeps one of for the process. */
export type Registration = 'trace' | 'context' | 'propagation' | 'metrics';

type Registered = { readonly [K in Registration]?: unknown } & { readonly version?: string };

interface Proxy {
  getDelegate?: () => unknown;
}

function globals(): Registered {
  return (globalThis as { [OTEL_API]?: Registered })[OTEL_API] ?? {};
}

/** What is registered under this kind at this moment, by any copy of the API. */
export function registered(kind: Registration): unknown {
  return globals()[kind];
}

/** The version of the API that registered first, if anything is registered. */
export function registeredVersion(): string | undefined {
  return globals().version;
}

/** The tracer provider in force: the one behind the proxy that the API registers. */
export function registeredProvider(): unknown {
  const proxy = registered('trace') as Proxy | undefined;
  return typeof proxy?.getDelegate === 'function' ? proxy.getDelegate() : proxy;
}
