import type { Barrier } from './barrier.js';
import type { CallArguments } from './facet.js';
import type { HeldCall } from './held-call.js';
import type { Plan } from './plan.js';

/** A call of a function with a barrier. */
export interface HeldRun {
  readonly plan: Plan;
  readonly barrier: Barrier;
  readonly wrapper: object;
  readonly self: unknown;
  readonly args: CallArguments;
  /** A block, whose caller expects a promise whatever it returns. */
  readonly isBlock: boolean;
  /** The function, ready to run. It gets its call. */
  readonly work: (call: HeldCall) => unknown;
}
