import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { FinishedSpan } from '../finished-span.js';

// What a destination got says less than the span did, and says it in its own words.
const origins = new WeakMap<object, ReadableSpan>();

/** Remembers the span of which somebody got this one, who may ask what others got of it; gives it back. */
export function withOrigin(seen: FinishedSpan, span: ReadableSpan): FinishedSpan {
  origins.set(seen, span);
  return seen;
}

/** The span that ended, of what a destination or a capture got of it; anything else is its own origin. */
export function originOf(seen: FinishedSpan): ReadableSpan {
  // The parts that the exporters of the SDK read, and the projection as well.
  return origins.get(seen) ?? (seen as unknown as ReadableSpan);
}
