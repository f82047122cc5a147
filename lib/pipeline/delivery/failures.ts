import { warn } from '../../core/diagnostics.js';
import { hideText } from '../../core/hide-text.js';
import { hideSecrets } from './known-secrets.js';
import type { Outcome } from './outcome.js';

const MAX_CHARS = 500;

/** Says once when a destination stops taking spans, once when it takes them again, and what it refuses for good. */
export class Failures {
  readonly #name: string;
  readonly #secrets: readonly string[];
  #last: string | undefined;
  #isSaid = false;
  #isBlocked = false;
  #lost = 0;
  #nextSaid = 1;

  /** `secrets` are never said, wherever they stand in an answer. */
  constructor(name: string, secrets: readonly string[] = []) {
    this.#name = name;
    this.#secrets = secrets;
  }

  /** True from a failure of the whole destination until it takes spans again. */
  get isOut(): boolean {
    return this.#isSaid;
  }

  /** The latest failure, while it lasts. */
  get last(): string | undefined {
    return this.#last;
  }

  fail(reason: string, count: number, becomes: string, hint?: string): void {
    this.#note(reason);
    if (this.#isSaid) return;
    this.#isSaid = true;
    this.#say(count, becomes, hint ?? 'health() counts what is dropped; recovery is said once');
  }

  /** Says once that nothing will be taken for now. */
  block({ reason, hint }: Extract<Outcome, { kind: 'blocked' }>, count: number): void {
    // Also where it failed before for another reason: this one needs somebody to act.
    if (!this.#isBlocked) this.#isSaid = false;
    this.#isBlocked = true;
    this.fail(reason, count, 'they stay queued, and it is asked again from time to time', hint);
  }

  /** Some spans will never be taken, while others are: said of the first, then of the 10th, the 100th and so on. */
  lose(reason: string, count: number): void {
    this.#note(reason);
    this.#lost += count;
    if (this.#lost < this.#nextSaid) return;
    while (this.#nextSaid <= this.#lost) this.#nextSaid *= 10;
    this.#say(count, `they are dropped and counted, ${this.#lost} so far`, 'health() counts what is dropped');
  }

  succeed(lost: number): void {
    this.#isBlocked = false;
    this.#last = undefined;
    if (!this.#isSaid) return;
    this.#isSaid = false;
    warn({
      code: 'EXPORT_RECOVERED',
      message: `destination "${this.#name}" takes spans again, ${lost} were dropped so far`,
    });
  }

  // Hidden before the cut: a piece of a secret is one that nobody knows.
  #note(reason: string): void {
    this.#last = hideText(hideSecrets(reason, this.#secrets).slice(0, MAX_CHARS * 8)).slice(0, MAX_CHARS);
  }

  #say(count: number, becomes: string, hint: string): void {
    warn({
      code: 'EXPORT_FAILED',
      message: `destination "${this.#name}" did not take ${count} ${count === 1 ? 'span' : 'spans'}: ${this.#last}; ${becomes}`,
      hint,
    });
  }
}
