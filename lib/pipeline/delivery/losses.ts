import { warnOnce } from '../../core/diagnostics.js';
import type { Accounts, DropReason } from './accounts.js';
import type { LastResort } from './last-resort.js';

/** Counts and says what one destination loses. */
export class Losses {
  readonly #name: string;
  readonly #accounts: Accounts;
  readonly #lastResort: LastResort;
  #isFullSaid = false;

  constructor(name: string, accounts: Accounts, lastResort: LastResort) {
    this.#name = name;
    this.#accounts = accounts;
    this.#lastResort = lastResort;
  }

  lose(reason: DropReason, count: number): void {
    if (count === 0) return;
    this.#accounts.drop(reason, count);
    this.#lastResort.noteLoss(this.#name, reason, count);
  }

  /** One span finds no room, or makes it for another; that there is none is said once. */
  loseForRoom(maxQueue: number, maxBytes: number): void {
    this.lose('queue_full', 1);
    // Within the user's call, and for each span of an outage.
    if (this.#isFullSaid) return;
    this.#isFullSaid = true;
    warnOnce(
      {
        code: 'EXPORT_QUEUE_FULL',
        message: `destination "${this.#name}" has no room for further spans (${maxQueue} spans, ${maxBytes} bytes for all destinations); what is dropped is counted`,
        hint: 'raise maxQueue or maxBytes, or lower sampling.ratio',
      },
      this.#name,
    );
  }
}
