import type { Context, Span } from '@opentelemetry/api';

/**
 * Tells before a span is started that nobody would record it, so that a call that is sampled out does not pay for an SDK
 * span that is thrown away. Owned by `pipeline`; there while its provider is the registered one.
 */
export interface HeadSampling {
  /** What the API holds while the decisions are these; another one asks its own SDK. */
  readonly source: unknown;
  /** The span of a call that is sampled out; undefined where the SDK must start one. `isRoot`: without the parent. */
  unsampled(context: Context, isRoot: boolean): Span | undefined;
}
