import { deadline } from '../../core/clock.js';
import type { DeliverySettings } from '../settings.js';
import type { Budget } from './budget.js';

// Calls wait before the queue is full: those that are on their way still bring their spans.
const NEARLY_FULL = 0.8;

/** Slows asynchronous calls down while a queue is nearly full, each for at most `maxWaitMs`. */
export class Pressure {
  readonly #settings: DeliverySettings;
  readonly #pending: () => number;
  readonly #budget: Budget;
  readonly #waiting = new Set<() => void>();

  constructor(settings: DeliverySettings, pending: () => number, budget: Budget) {
    this.#settings = settings;
    this.#pending = pending;
    this.#budget = budget;
  }

  /** What a call waits for; undefined while there is room. */
  wait(): Promise<void> | undefined {
    if (this.#settings.onFull !== 'slow' || !this.#isNearlyFull) return undefined;
    // It holds the process: what waits is a call of the program's.
    const limit = deadline(this.#settings.maxWaitMs);
    const eased = new Promise<void>((resolve) => {
      this.#waiting.add(resolve);
      void limit.passed.then(() => this.#waiting.delete(resolve));
    });
    return Promise.race([eased, limit.passed]).finally(limit.cancel);
  }

  /** Lets those that wait go on where there is room again. */
  ease(): void {
    if (this.#waiting.size === 0 || this.#isNearlyFull) return;
    for (const go of this.#waiting) go();
    this.#waiting.clear();
  }

  get #isNearlyFull(): boolean {
    const { maxQueue } = this.#settings;
    return this.#pending() >= maxQueue * NEARLY_FULL || this.#budget.used >= this.#budget.maxBytes * NEARLY_FULL;
  }
}
