import type { Attributes, Context, Link } from '@opentelemetry/api';
import { ROOT_CONTEXT, SpanKind } from '@opentelemetry/api';
import type { Sampler, SamplingResult } from '@opentelemetry/sdk-trace';
import { scopesOf } from '../core/scope.js';
import type { SpanRouter } from './router.js';
import type { Sdk } from './sdk.js';

/** Which traces are kept. `ratio` 0–1 is that of new traces; `parent_…` follows the caller's decision. */
export interface SamplingRule {
  readonly kind: 'parent_ratio' | 'ratio' | 'always_on' | 'always_off' | 'parent_always_on' | 'parent_always_off';
  readonly ratio: number;
}

/** Makes the SDK's sampler of a rule. */
export function createSampler(sdk: Sdk, rule: SamplingRule): Sampler {
  const { AlwaysOffSampler, AlwaysOnSampler, ParentBasedSampler, TraceIdRatioBasedSampler } = sdk.trace;
  switch (rule.kind) {
    case 'always_on':
      return new AlwaysOnSampler();
    case 'always_off':
      return new AlwaysOffSampler();
    case 'ratio':
      return new TraceIdRatioBasedSampler(rule.ratio);
    case 'parent_always_on':
      return new ParentBasedSampler({ root: new AlwaysOnSampler() });
    case 'parent_always_off':
      return new ParentBasedSampler({ root: new AlwaysOffSampler() });
    default:
      return new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(rule.ratio) });
  }
}

/** The sampler for life of our own provider: captures and scopes record, else the current pipeline's rule decides. */
export class SwitchSampler implements Sampler {
  readonly #sdk: Sdk;
  readonly #router: SpanRouter;
  readonly #sampled: SamplingResult;
  readonly #ignored: SamplingResult;
  #current: Sampler | undefined = undefined;
  #rule: SamplingRule | undefined = undefined;

  constructor(router: SpanRouter, sdk: Sdk) {
    const { SamplingDecision } = sdk.trace;
    this.#sdk = sdk;
    this.#router = router;
    this.#sampled = { decision: SamplingDecision.RECORD_AND_SAMPLED };
    this.#ignored = { decision: SamplingDecision.NOT_RECORD };
  }

  shouldSample(
    context: Context,
    traceId: string,
    name: string,
    kind: SpanKind,
    attributes: Attributes,
    links: Link[],
  ): SamplingResult {
    const decided = this.#current?.shouldSample(context, traceId, name, kind, attributes, links) ?? this.#ignored;
    if (!this.#isWantedElsewhere(context, traceId)) return decided;
    const isWanted = decided.decision === this.#sampled.decision;
    this.#router.noteSampling(isWanted);
    return isWanted ? decided : this.#sampled;
  }

  /** Puts the rule of a configuration in place; without one nothing is kept but what captures and scopes want. */
  use(rule: SamplingRule | undefined): void {
    this.#rule = rule;
    this.#current = rule === undefined ? undefined : createSampler(this.#sdk, rule);
  }

  /** Tells whether no span below such a parent is kept, whatever its trace id. */
  dropsBelow(isParentSampled: boolean): boolean {
    const kind = this.#rule?.kind;
    return kind === 'always_off' || (!isParentSampled && kind?.startsWith('parent_') === true);
  }

  /** Tells whether no new trace is kept. */
  dropsEveryRoot(): boolean {
    const kind = this.#rule?.kind;
    return kind === 'always_off' || kind === 'parent_always_off' || (this.#isByRatio() && this.#rule?.ratio === 0);
  }

  /** Tells whether some new traces are kept and others not, by their id. */
  choosesRoots(): boolean {
    return this.#isByRatio() && this.#rule !== undefined && this.#rule.ratio < 1;
  }

  /** The decision on a new trace with this id. */
  keepsRoot(traceId: string): boolean {
    const decided = this.#current?.shouldSample(ROOT_CONTEXT, traceId, '', SpanKind.INTERNAL, {}, []);
    return decided?.decision === this.#sampled.decision;
  }

  #isByRatio(): boolean {
    return this.#rule?.kind === 'ratio' || this.#rule?.kind === 'parent_ratio';
  }

  #isWantedElsewhere(context: Context, traceId: string): boolean {
    if (this.#router.hasCaptures()) return true;
    return scopesOf(context)?.some((scope) => scope.active && scope.wants(traceId)) === true;
  }

  toString(): string {
    return `SwitchSampler{${this.#current?.toString() ?? 'off'}}`;
  }
}
