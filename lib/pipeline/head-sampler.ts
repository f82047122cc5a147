import type { Context, Span, SpanContext } from '@opentelemetry/api';
import { INVALID_SPANID, INVALID_TRACEID, trace, TraceFlags } from '@opentelemetry/api';
import type { HeadSampling } from '../core/head-sampling.js';
import type { Ids } from './ids.js';
import { drawTraceId } from './ids.js';
import type { SpanRouter } from './router.js';
import type { SwitchSampler } from './sampler.js';
import { UnsampledSpan, UnsampledTrace } from './unsampled-span.js';

// Propagators and SDKs made these ids; the API's own check goes over every digit, for a fifth of the whole decision.
function isValid({ traceId, spanId }: SpanContext): boolean {
  return (
    traceId.length === INVALID_TRACEID.length &&
    spanId.length === INVALID_SPANID.length &&
    traceId !== INVALID_TRACEID &&
    spanId !== INVALID_SPANID
  );
}

function isSampled(parent: SpanContext): boolean {
  return (parent.traceFlags & TraceFlags.SAMPLED) !== 0;
}

/** Decides for our own provider what the SDK would decide after it had made the span's names and attributes. */
export class HeadSampler implements HeadSampling {
  readonly source: unknown;
  readonly #router: SpanRouter;
  readonly #sampler: SwitchSampler;
  readonly #ids: Ids;

  constructor(source: unknown, router: SpanRouter, sampler: SwitchSampler, ids: Ids) {
    this.source = source;
    this.#router = router;
    this.#sampler = sampler;
    this.#ids = ids;
  }

  unsampled(context: Context, isRoot: boolean): Span | undefined {
    // A capture wants every span.
    if (this.#router.hasCaptures()) return undefined;
    const parent = isRoot ? undefined : trace.getSpan(context);
    if (parent instanceof UnsampledSpan) {
      return this.#sampler.dropsBelow(false) ? new UnsampledSpan(parent.trace) : undefined;
    }
    const above = parent?.spanContext();
    if (above === undefined || !isValid(above)) return this.#unsampledRoot();
    if (!this.#sampler.dropsBelow(isSampled(above))) return undefined;
    return new UnsampledSpan(new UnsampledTrace(above.traceId, above.traceState));
  }

  #unsampledRoot(): Span | undefined {
    if (this.#sampler.dropsEveryRoot()) return new UnsampledSpan(new UnsampledTrace());
    if (!this.#sampler.choosesRoots()) return undefined;
    const traceId = drawTraceId();
    if (!this.#sampler.keepsRoot(traceId)) return new UnsampledSpan(new UnsampledTrace(traceId));
    // The SDK decides by the same id again, and gets the same answer.
    this.#ids.reserve(traceId);
    return undefined;
  }
}
