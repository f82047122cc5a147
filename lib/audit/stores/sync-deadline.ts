import type { SpanwrightError } from '../../core/errors.js';
import { auditError } from './audit-error.js';
import type { Group } from './group.js';

/** Tells those who wait for a sync that it takes too long. Their entries go on. */
export class SyncDeadline {
  readonly #deadlineMs: number;
  readonly #waiting: () => readonly Group[];
  // One for all groups, so that a group costs none. Not what keeps the process running: the sync it waits for does.
  #timer: NodeJS.Timeout | undefined;
  readonly #check = (): void => {
    this.#timer = undefined;
    const nowMs = performance.now();
    for (const group of this.#waiting()) {
      if (group.isLate) continue;
      const leftMs = group.sinceMs + this.#deadlineMs - nowMs;
      if (leftMs > 0) return this.#arm(leftMs);
      group.giveUpWaiting(this.error());
    }
  };

  constructor(deadlineMs: number, waiting: () => readonly Group[]) {
    this.#deadlineMs = deadlineMs;
    this.#waiting = waiting;
  }

  /** A group waits from now on. */
  watch(): void {
    if (this.#timer === undefined) this.#arm(this.#deadlineMs);
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
          timer = setTimeout(() => reject(this.error()), this.#deadlineMs);
        }),
      ]);
    } finally {
      clearTimeout(timer);
    }
  }

  #arm(ms: number): void {
    this.#timer = setTimeout(this.#check, ms);
    this.#timer.unref();
  }
}
