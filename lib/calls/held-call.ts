import { types } from 'node:util';
import type { Context, Span } from '@opentelemetry/api';
import { guarded } from '../core/guard.js';
import type { Admission, BarrierEnd } from './barrier.js';
import type { Thrown } from './call.js';
import { Call } from './call.js';
import { writeThrown } from './exception.js';
import type { CallArguments, Outcome } from './facet.js';
import { hasMethod } from './lifecycle/shape.js';
import type { Plan } from './plan.js';
import { traceparentOf } from './traceparent.js';

const ignore = (): void => {};

function isSyncGenerator(value: unknown): boolean {
  return types.isGeneratorObject(value) && !hasMethod(value, Symbol.asyncIterator);
}

/** How a call stands to the barrier that admitted it. */
export interface HeldCallOptions {
  readonly admission: Admission;
  readonly isSynchronous: boolean;
}

/**
 * A call that a barrier admitted. Its end is told to the barrier before its span ends, and its result is handed on after.
 * States: running → ended (the barrier is told) → kept, or lost. It may be left in between: then its span is gone, and the
 * barrier is told all the same.
 */
export class HeldCall extends Call {
  readonly #options: HeldCallOptions;
  #hold: Promise<void> | undefined = undefined;
  #lost: Thrown | undefined = undefined;
  #hasLeft = false;
  #emissions: (() => void)[] = [];

  constructor(
    plan: Plan,
    span: Span,
    self: unknown,
    { args, base, ...options }: HeldCallOptions & { readonly args: CallArguments; readonly base: Context },
  ) {
    super(plan, span, self, args, base);
    this.#options = options;
    if (this.recording) this.setAttributes(options.admission.attributes);
  }

  override get isHeld(): boolean {
    return true;
  }

  override get takesChunks(): boolean {
    return true;
  }

  override settled(value: unknown): void {
    const { admission, isSynchronous } = this.#options;
    admission.settled(value);
    super.settled(value);
    // The items of a generator that cannot wait: they are handed on after the record.
    if (!isSynchronous && isSyncGenerator(value)) this.succeed();
  }

  override waitForStream(): void {
    super.waitForStream();
    if (!this.hasEnded) this.#options.admission.waits();
  }

  override chunk(item: unknown): void {
    if (!this.hasEnded) this.#options.admission.chunk(item);
    super.chunk(item);
  }

  override inside<R>(work: () => R): R {
    return this.hasEnded ? work() : this.#options.admission.run(work);
  }

  override emit(work: () => void): void {
    this.#emissions.push(work);
  }

  override hold(): Promise<void> | undefined {
    if (this.#lost !== undefined) throw this.#lost.thrown;
    return this.#hold;
  }

  // The call goes on, and what becomes of it is the barrier's business.
  override leave(): void {
    if (this.hasEnded || this.#hasLeft) return;
    this.#hasLeft = true;
    this.unlist();
    this.span.setAttribute('spanwright.outcome', 'abandoned');
    this.endSpan();
  }

  protected override conclude(outcome: Outcome, failure: Thrown | undefined): void {
    const { admission, isSynchronous } = this.#options;
    const endTime = performance.now();
    const end: BarrierEnd = {
      outcome,
      failure,
      traceparent: traceparentOf(this.span.spanContext()),
      notes: this.notes,
    };
    if (isSynchronous) {
      try {
        admission.afterSync(end);
      } catch (error) {
        this.#lose(error);
      }
      this.#endAt(endTime);
      return;
    }
    this.#hold = this.#record(() => admission.after(end), endTime);
    // Whoever hands the result on waits for it; where nobody does, the barrier has told of the loss.
    this.#hold.catch(ignore);
  }

  async #record(keep: () => Promise<void>, endTime: number): Promise<void> {
    try {
      await keep();
    } catch (error) {
      this.#lose(error);
      throw error;
    } finally {
      this.#endAt(endTime);
    }
  }

  #lose(error: unknown): void {
    this.#lost = { thrown: error };
    if (this.recording && !this.#hasLeft) writeThrown(this.span, error, true);
  }

  #endAt(endTime: number): void {
    for (const emission of this.#emissions) guarded('HOOK_FACET', emission);
    this.#emissions = [];
    if (!this.#hasLeft) this.endSpan(endTime);
  }
}
