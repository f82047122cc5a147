import { types } from 'node:util';
import type { Context, Span } from '@opentelemetry/api';
import { limitContent } from '../core/capture.js';
import { countGuarded, guarded } from '../core/guard.js';
import { hideText } from '../core/hide-text.js';
import { state } from '../core/state.js';
import { errorTypeOf, writeExpected, writeThrown } from './exception.js';
import { CallContext, callValueOf } from './context.js';
import { CallNotes } from './call-notes.js';
import type { CallArguments, CallTarget, Facet, Outcome } from './facet.js';
import type { WaitingCall } from './live.js';
import { forgetPromise, trackCall, untrackCall } from './live.js';
import type { Plan } from './plan.js';

/** What a call failed with, in a box, because it may be `undefined`. */
export interface Thrown {
  readonly thrown: unknown;
}

/**
 * One run of a decorated function, from its first line until its result is finished. It ends exactly once; whatever
 * arrives later is ignored. It never holds the stream it waits for, so that an unread stream can be collected.
 */
export class Call extends CallNotes implements CallTarget, WaitingCall {
  readonly plan: Plan;
  readonly span: Span;
  readonly context: Context;
  readonly recording: boolean;
  /** True when facets see the call: its span records, or metrics are on and a facet measures. */
  readonly observed: boolean;
  self: unknown;
  hasEnded = false;

  // The list of waiting calls; only live.ts changes these.
  next: WaitingCall | undefined = undefined;
  previous: WaitingCall | undefined = undefined;
  promise: object | undefined = undefined;
  unwatch: (() => void) | undefined = undefined;
  isOld = false;
  isTracked = false;

  // A thrown value that is no object has no identity to remember, so a child leaves it with its parent. The parent may be
  // of another copy of the package, to which a private field would not be there.
  childThrew: { readonly value: unknown } | undefined = undefined;
  #parent: Call | undefined;
  #failure: Thrown | undefined = undefined;
  #receiver: WeakRef<object> | undefined = undefined;
  #notes: Map<object, unknown> | undefined = undefined;
  // Held while it runs, where an error must not quote them.
  #args: CallArguments | undefined = undefined;

  constructor(plan: Plan, span: Span, self: unknown, args: CallArguments, base: Context) {
    super();
    this.plan = plan;
    this.span = span;
    this.recording = span.isRecording();
    this.observed = this.recording || (plan.measures && (state.metrics !== undefined || plan.barrier !== undefined));
    // `self` is needed by hooks that run at the end; where nobody observes none does.
    this.self = this.observed ? self : undefined;
    if (plan.takesContent && this.recording) this.#args = args;
    if (plan.content !== undefined && this.recording) limitContent(span.spanContext(), plan.content);
    this.context = new CallContext(base, span, this);
    this.#parent = callOf(base);
    state.counts.opened++;
  }

  /** The call around it, while this one runs. */
  get parent(): Call | undefined {
    return this.#parent;
  }

  get errorType(): string | undefined {
    return this.#failure === undefined ? undefined : hideText(errorTypeOf(this.#failure.thrown));
  }

  get notes(): Map<object, unknown> {
    return (this.#notes ??= new Map());
  }

  emit(work: () => void): void {
    work();
  }

  /** Lists the call as waiting; `promise` is what it waits for, when that is a promise. */
  wait(promise?: object): void {
    if (this.hasEnded || this.isTracked) return;
    this.promise = promise;
    trackCall(this);
  }

  /** Waits for a stream. The receiver is held weakly, because it may hold the stream and keep it from being collected. */
  waitForStream(): void {
    const { self } = this;
    if ((typeof self === 'object' && self !== null) || typeof self === 'function') {
      this.#receiver = new WeakRef(self);
      this.self = undefined;
    }
    if (this.isTracked) forgetPromise(this);
    else this.wait();
  }

  /** Tells whether a facet takes part: where the span does not record, those that measure do. */
  sees(facet: Facet): boolean {
    return this.recording || facet.measures === true;
  }

  /** Takes note of the value that the method returned or resolved to. */
  settled(value: unknown): void {
    if (!this.observed || this.plan.settling.length === 0) return;
    const self = this.self ?? this.#receiver?.deref();
    for (const facet of this.plan.settling) {
      if (this.sees(facet)) guarded('HOOK_FACET', () => facet.settled?.(this, self, value));
    }
  }

  /** The stream that a returned object holds in a field, where a facet says so. */
  streamIn(value: object): unknown {
    if (types.isProxy(value)) return undefined;
    for (const facet of this.plan.containing) {
      const stream = guarded('HOOK_FACET', () => facet.streamIn?.(value));
      if (stream !== undefined) return stream;
    }
    return undefined;
  }

  /** True when a facet looks at the items of a stream. */
  get takesChunks(): boolean {
    return this.observed && this.plan.chunking.length > 0;
  }

  chunk(item: unknown): void {
    if (!this.observed || this.hasEnded) return;
    for (const facet of this.plan.chunking) {
      if (this.sees(facet)) guarded('HOOK_FACET', () => facet.chunk?.(this, item));
    }
  }

  succeed(): void {
    this.#end('ok');
  }

  cancel(): void {
    this.#end('cancelled');
  }

  abandon(): void {
    this.#end('abandoned');
  }

  protected unlist(): void {
    if (this.isTracked) untrackCall(this);
  }

  /** Ends what telemetry knows of it, because nobody listens any longer. */
  leave(): void {
    this.abandon();
  }

  /** True when results are held back until the end of the call is recorded. */
  get isHeld(): boolean {
    return false;
  }

  /** Runs work of its result, which may be done when the function returned long ago, as a part of it. */
  inside<R>(work: () => R): R {
    return work();
  }

  /** What whoever has the end of a result waits for before handing it on. Throws, or rejects, where the end is lost. */
  hold(): Promise<void> | undefined {
    return undefined;
  }

  fail(thrown: unknown): void {
    if (this.hasEnded) return;
    if (this.plan.measures || this.plan.barrier !== undefined) this.#failure = { thrown };
    if (this.recording) {
      guarded('ENGINE', () => this.#writeThrown(thrown));
    }
    this.#end('error');
  }

  #writeThrown(thrown: unknown): void {
    const { isExpected } = this.plan;
    if (isExpected !== undefined && guarded('HOOK_EXPECTED_ERRORS', () => isExpected(thrown)) === true) {
      writeExpected(this.span, thrown);
    } else {
      writeThrown(this.span, thrown, this.#isInnermost(thrown), this.#args);
    }
  }

  #isInnermost(thrown: unknown): boolean {
    if ((typeof thrown === 'object' && thrown !== null) || typeof thrown === 'function') {
      if (state.reported.has(thrown)) return false;
      state.reported.add(thrown);
      return true;
    }
    const seen = this.childThrew;
    if (this.#parent !== undefined) this.#parent.childThrew = { value: thrown };
    return seen === undefined || !Object.is(seen.value, thrown);
  }

  #end(outcome: Outcome): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    state.counts[outcome]++;
    this.unlist();
    try {
      if (this.observed) this.#finish(outcome);
      this.conclude(outcome, this.#failure);
    } catch (error) {
      // A span processor of the application failed; the call and its result are not its business.
      countGuarded('PIPELINE', error);
    }
    // Work that outlives the call keeps its context; the chain of parents must not grow with it.
    this.#parent = undefined;
    this.#notes = undefined;
    this.#args = undefined;
    this.#failure = undefined;
    this.self = undefined;
  }

  /** What is done when nothing more is to be learned of the call. */
  protected conclude(_outcome: Outcome, _failure: Thrown | undefined): void {
    this.endSpan();
  }

  protected endSpan(endTime?: number): void {
    if (this.recording) state.putContentOnSpan?.(this.span);
    this.span.end(endTime);
  }

  #finish(outcome: Outcome): void {
    for (const facet of this.plan.ending) {
      if (this.sees(facet)) guarded('HOOK_FACET', () => facet.done?.(this, outcome));
    }
    if (outcome === 'cancelled' || outcome === 'abandoned') {
      guarded('ENGINE', () => this.span.setAttribute('spanwright.outcome', outcome));
    }
  }
}

/** The call that a context belongs to. */
export function callOf(context: Context): Call | undefined {
  return callValueOf(context) as Call | undefined;
}
