import { after } from '../../core/clock.js';

/** What a breaker is. */
export type BreakerState = 'closed' | 'open' | 'half_open';

/** When a breaker opens, and for how long. */
export interface BreakerRules {
  /** Failures in a row that open it. */
  readonly failures: number;
  /** Until a trial, in milliseconds. */
  readonly openMs: number;
}

/**
 * Keeps a backend that is down from being asked again and again. States: closed (asked) → open after failures in a row,
 * or at once when it is tripped → half_open when its time has passed (one trial) → closed, or open again.
 */
export class Breaker {
  readonly #rules: BreakerRules;
  readonly #onTrial: () => void;
  #state: BreakerState = 'closed';
  #failures = 0;
  #isBlocked = false;
  #cancelTimer: (() => void) | undefined;

  /** `onTrial` is told when a trial may be made. */
  constructor(rules: BreakerRules, onTrial: () => void) {
    this.#rules = rules;
    this.#onTrial = onTrial;
  }

  get state(): BreakerState {
    return this.#state;
  }

  /** Failures in a row so far. */
  get failures(): number {
    return this.#failures;
  }

  succeed(): void {
    // It was on its way when the backend closed its doors.
    if (this.#state === 'open' && this.#isBlocked) return;
    this.#isBlocked = false;
    this.#failures = 0;
    this.#state = 'closed';
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  fail(): void {
    this.#failures++;
    if (this.#state === 'half_open' || this.#failures >= this.#rules.failures) this.trip();
  }

  /** Opens it at once, whatever comes back of what is on its way: the backend said that it takes nothing for now. */
  block(): void {
    this.#isBlocked = true;
    this.trip();
  }

  /** Opens it at once. */
  trip(): void {
    this.#state = 'open';
    this.#cancelTimer?.();
    this.#cancelTimer = after(this.#rules.openMs, () => this.allowTrial());
  }

  /** Allows one trial now, where it is open. */
  allowTrial(): void {
    if (this.#state !== 'open') return;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#state = 'half_open';
    this.#onTrial();
  }

  stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }
}
