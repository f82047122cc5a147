import type { SpanwrightError } from '../../core/errors.js';
import { auditError } from './audit-error.js';
import type { Group } from './group.js';

// Into so many ticks a deadline is cut.
const TICKS = 10;

/**
 * Tells those who wait for a sync that it takes too long. Their entries go on. A tick counts for two at most, however long it
 * was: while a program blocks its loop nobody can be told of a sync, and the disk is not to blame.
 */
export class SyncDeadline {
  readonly #deadlineMs: number;
  readonly #tickMs: number;
  readonly #waiting: () => readonly Group[];
  #clockMs = 0;
  #confirmedMs = 0;
  #tickedMs = 0;
  // One for all groups, so that a group costs none. Not what keeps the process running: the sync it waits for does.
  #timer: NodeJS.Timeout | undefined;
  readonly #check = (): void => {
    const nowMs = performance.now();
    this.#clockMs += Math.min(nowMs - this.#tickedMs, 2 * this.#tickMs);
    this.#timer = undefined;
    for (const group of this.#waiting()) {
      if (group.isLate) continue;
      if (Math.max(group.sinceMs, this.#confirmedMs) + this.#deadlineMs > this.#clockMs) return this.watch();
      group.giveUpWaiting(this.error());
    }
  };

  constructor(deadlineMs: number, waiting: () => readonly Group[]) {
    this.#deadlineMs = deadlineMs;
    this.#tickMs = Math.max(1, deadlineMs / TICKS);
    this.#waiting = waiting;
  }

  /** Milliseconds of the clock of deadlines, which goes while a group waits. */
  get clockMs(): number {
    return this.#clockMs;
  }

  /** A group waits from now on. */
  watch(): void {
    if (this.#timer !== undefined) return;
    this.#tickedMs = performance.now();
    this.#timer = setTimeout(this.#check, this.#tickMs);
    this.#timer.unref();
  }

  /** A sync came back: what waits behind it waits for its turn, which the bounds of the queue bound, and not for the disk. */
  confirm(): void {
    this.#confirmedMs = this.#clockMs;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  error(): SpanwrightError {
    return auditError('AUDIT_INTENT_NOT_DURABLE', `the disk did not confirm a sync within ${this.#deadlineMs} ms`);
  }

  /** Waits for something, at most as long as for a sync. */
  async limit(wait: Promise<unknown>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    try {
      await Promise.race([
        wait,
        new Promise((_, reject) => {
          // Whatever ended while the loop was blocked is told first.
          timer = setTimeout(() => setImmediate(() => reject(this.error())), this.#deadlineMs);
        }),
      ]);
    } finally {
      clearTimeout(timer);
    }
  }
}
