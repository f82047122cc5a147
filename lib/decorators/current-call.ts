import { context as contextApi, isSpanContextValid, TraceFlags } from '@opentelemetry/api';
import { toAttributes } from '../calls/attributes.js';
import type { Call } from '../calls/call.js';
import { callOf } from '../calls/call.js';
import { guarded } from '../core/guard.js';
import { toAttributes as toFacts } from '../genai/facts.js';
import type { Usage } from '../genai/record.js';
import { GEN_AI } from '../genai/vocabularies/gen-ai-names.js';
import type { CurrentCall, ScoreDetails } from './call-handle.js';
import { INERT_CALL } from './call-handle.js';
import { overrideCost, overrideUsage } from './overrides.js';

// Only counts are taken: a text or a negative number among them would be read as tokens.
function countsOf(usage: Usage): Usage {
  return Object.fromEntries(
    Object.entries(usage).filter(([, count]) => typeof count === 'number' && Number.isFinite(count) && count >= 0),
  );
}

class LiveCall implements CurrentCall {
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  get traceId(): string {
    return this.#call.span.spanContext().traceId;
  }

  get spanId(): string {
    return this.#call.span.spanContext().spanId;
  }

  get sampled(): boolean {
    const spanContext = this.#call.span.spanContext();
    return isSpanContextValid(spanContext) && (spanContext.traceFlags & TraceFlags.SAMPLED) !== 0;
  }

  setAttributes(attributes: Readonly<Record<string, unknown>>): void {
    this.#change((call) => {
      call.span.setAttributes(toAttributes(attributes) ?? {});
    });
  }

  addEvent(name: string, attributes?: Readonly<Record<string, unknown>>): void {
    this.#change((call) => {
      call.addEvent(name, toAttributes(attributes));
    });
  }

  recordUsage(usage: Usage): void {
    this.#count((call) => {
      call.span.setAttributes(toFacts({ usage: overrideUsage(call, countsOf(usage)).usage ?? {} }));
    });
  }

  recordCost(usd: number): void {
    this.#count((call) => {
      if (Number.isFinite(usd)) call.span.setAttributes(toFacts(overrideCost(call, usd)));
    });
  }

  recordScore(name: string, value: number, details?: ScoreDetails): void {
    this.#change((call) => {
      const attributes = toAttributes({
        [GEN_AI.evaluationName]: name,
        [GEN_AI.evaluationScoreValue]: value,
        [GEN_AI.evaluationScoreLabel]: details?.label,
        [GEN_AI.evaluationExplanation]: details?.explanation,
      });
      call.addEvent('gen_ai.evaluation.result', attributes);
    });
  }

  // Of a call that is sampled out, metrics still want to know.
  #count(work: (call: Call) => void): void {
    const call = this.#call;
    if (call.observed && !call.hasEnded) guarded('HOOK_ATTRIBUTES', () => work(call));
  }

  #change(work: (call: Call) => void): void {
    const call = this.#call;
    if (call.recording && !call.hasEnded) guarded('HOOK_ATTRIBUTES', () => work(call));
  }
}

/** A handle on a call; an inert one when there is none. */
export function handleOf(call: Call | undefined): CurrentCall {
  return call === undefined ? INERT_CALL : new LiveCall(call);
}

/**
 * The call that the running code is part of: the innermost decorated method, block or wrapped function.
 * `undefined` outside of any call and while nobody listens. Answers in calls that are sampled out, too.
 */
export function currentCall(): CurrentCall | undefined {
  const call = callOf(contextApi.active());
  return call === undefined ? undefined : new LiveCall(call);
}
