import type { Attributes, Context } from '@opentelemetry/api';
import type { CallArguments, Outcome, Subject } from './call-facts.js';

/** What a barrier is told before the method runs. */
export interface BarrierStart {
  readonly subject: Subject;
  readonly self: unknown;
  readonly args: CallArguments;
  /** Types of the facets on the function. */
  readonly types: readonly string[];
  /** The context of the caller; the span does not exist yet. */
  readonly context: Context;
}

/** What a barrier is told when the result is finished. */
export interface BarrierEnd {
  readonly outcome: Outcome;
  /** What the method threw, in a box, because it may be `undefined`; absent where it did not throw. */
  readonly failure?: { readonly thrown: unknown } | undefined;
  /** `traceparent` of the span of the call, where there is a valid one. */
  readonly traceparent?: string | undefined;
  /** What the facets gathered on the call. */
  readonly notes: ReadonlyMap<object, unknown>;
}

/** A call that may run, because its intent is kept. */
export interface Admission {
  /** Runs the work of the call, so that calls below know which one they are part of. */
  run<R>(work: () => R): R;
  /** What the span says of it. */
  readonly attributes: Attributes;
  /** The value that the method returned or resolved to; a stream before it is read. Never throws. */
  settled(value: unknown): void;
  /** That value is read later: from now on nothing that holds it may be kept, or nobody learns that it was left unread. */
  waits(): void;
  /** One item of a stream, in the order of the stream. Never throws. */
  chunk(item: unknown): void;
  /** Resolves when the outcome is kept; rejects with `AUDIT_OUTCOME_LOST` where it cannot be. Called once. */
  after(end: BarrierEnd): Promise<void>;
  /** The same in the call; for a barrier with `isSynchronous`. */
  afterSync(end: BarrierEnd): void;
}

/** The one thing that may hold or stop a call: the audit record. */
export interface Barrier {
  /** True where the record is kept in the call, which blocks for it, so that results of every kind may be returned. */
  readonly isSynchronous: boolean;
  /** False where code says that calls pass unrecorded. */
  isOn(): boolean;
  /** Resolves when the call may run; rejects with the reason why it must not. Reads the arguments before it returns. */
  before(start: BarrierStart): Promise<Admission>;
  /** The same in the call; for a barrier with `isSynchronous`. */
  beforeSync(start: BarrierStart): Admission;
}
