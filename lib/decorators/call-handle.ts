import type { Usage } from '../genai/record.js';

/** What a call knows of itself while it runs. Every method is safe at any time; after the end they do nothing. */
export interface CurrentCall {
  /** 32 hex digits; empty when nobody listens. */
  readonly traceId: string;
  /** 16 hex digits; empty when nobody listens. */
  readonly spanId: string;
  /** True when the span is exported. */
  readonly sampled: boolean;
  /** Sets attributes; structures become JSON, `undefined` is left out. */
  setAttributes(attributes: Readonly<Record<string, unknown>>): void;
  /** Adds an event at this moment. */
  addEvent(name: string, attributes?: Readonly<Record<string, unknown>>): void;
  /** Says how many tokens were used; beats what the answer says. Parts are inside their whole: `inputTokens` has those of a cache. */
  recordUsage(usage: Usage): void;
  /** Says what the call cost, in USD; beats the answer and the price table. */
  recordCost(usd: number): void;
  /** Adds an event `gen_ai.evaluation.result`. */
  recordScore(name: string, value: number, details?: ScoreDetails): void;
}

/** What a score means. */
export interface ScoreDetails {
  /** `pass`, `fail`, `relevant`, … */
  readonly label?: string;
  readonly explanation?: string;
}

/** What a block gets when nobody listens: it has no ids and keeps nothing. */
export const INERT_CALL: CurrentCall = Object.freeze({
  traceId: '',
  spanId: '',
  sampled: false,
  setAttributes: () => {},
  addEvent: () => {},
  recordUsage: () => {},
  recordCost: () => {},
  recordScore: () => {},
});
