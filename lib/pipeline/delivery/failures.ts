import { warn } from '../../core/diagnostics.js';
import { hideText } from '../../core/hide-text.js';
import type { Outcome } from './outcome.js';

const MAX_CHARS = 500;

/** Says once when a destination stops taking spans, and once when it takes them again. */
export class Failures {
  readonly #name: string;
  #last: string | undefined;
  #isBlocked = false;

  constructor(name: string) {
    this.#name = name;
  }

  /** The latest failure, while it lasts. */
  get last(): string | undefined {
    return this.#last;
  }

  fail(reason: string, count: number, becomes: string, hint?: string): void {
    const isFirst = this.#last === undefined;
    // Hidden before the cut: a piece of a secret is one that nobody knows.
    this.#last = hideText(reason.slice(0, MAX_CHARS * 8)).slice(0, MAX_CHARS);
    if (!isFirst) return;
    warn({
      code: 'EXPORT_FAILED',
      message: `destination "${this.#name}" did not take ${count} ${count === 1 ? 'span' : 'spans'}: ${this.#last}; ${becomes}`,
      hint: hint ?? 'health() counts what is dropped; recovery is said once',
    });
  }

  /** Says once that nothing will be taken for now. */
  block({ reason, hint }: Extract<Outcome, { kind: 'blocked' }>, count: number): void {
    if (this.#isBlocked) this.#last = hideText(reason.slice(0, MAX_CHARS * 8)).slice(0, MAX_CHARS);
    else {
      // Also where it failed before for another reason: this one needs somebody to act.
      this.#last = undefined;
      this.fail(reason, count, 'they stay queued, and it is asked again from time to time', hint);
    }
    this.#isBlocked = true;
  }

  succeed(lost: number): void {
    this.#isBlocked = false;
    if (this.#last === undefined) return;
    this.#last = undefined;
    warn({
      code: 'EXPORT_RECOVERED',
      message: `destination "${this.#name}" takes spans again, ${lost} were dropped so far`,
    });
  }
}
