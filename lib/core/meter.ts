import type { Meter, MeterProvider } from '@opentelemetry/api';
import { state } from './state.js';

const OTEL_API = Symbol.for('opentelemetry.js.api.1');
// Read from the global and not through `metrics`: a newer copy of the API than the registered one would measure nothing.
const home = globalThis as { [OTEL_API]?: { metrics?: MeterProvider } };

/** Bounds of the buckets for times in seconds, as the GenAI semantic conventions 1.41 publish them. */
export const SECONDS_BUCKETS = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];

/**
 * Makes instruments when the first value comes, and again when another meter provider is registered. The function gives
 * them, or undefined while metrics are off.
 */
export function perMeter<T>(make: (meter: Meter) => T, scope = 'spanwright'): () => T | undefined {
  let provider: MeterProvider | undefined;
  let made: T | undefined;
  return () => {
    const { metrics } = state;
    if (metrics === undefined) return undefined;
    const current = home[OTEL_API]?.metrics;
    if (current !== provider) {
      provider = current;
      made = current && make(current.getMeter(scope));
    }
    metrics.hasNews = true;
    return made;
  };
}
