import { context, metrics, propagation, trace } from '@opentelemetry/api';

const API = Symbol.for('opentelemetry.js.api.1');

/** What is registered with the OpenTelemetry API at this moment, by kind. */
export function registeredGlobals(): Record<string, unknown> {
  const { version: _, ...registered } = ((globalThis as { [API]?: object })[API] ?? {}) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(registered).filter(([, value]) => value !== undefined));
}

/** Takes down whatever a spec registered by itself. */
export function disableGlobals(): void {
  trace.disable();
  context.disable();
  propagation.disable();
  metrics.disable();
}
