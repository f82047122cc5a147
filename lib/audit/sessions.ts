import { isSpanwrightError, SpanwrightError } from '../core/errors.js';
import { startChain, startChainSync } from './genesis.js';
import type { LedgerRules, LedgerSecrets } from './ledger-rules.js';
import type { RecoveryReport } from './ledger.js';
import type { OwnFormer } from './recovery.js';
import { recoverWriters } from './recovery.js';
import { Session } from './session.js';
import type { LedgerStore } from './stores/store.js';
import { within } from './within.js';

/** What a ledger is made of. */
export interface LedgerParts {
  readonly store: LedgerStore;
  readonly rules: LedgerRules;
  readonly secrets: LedgerSecrets;
}

/** What recovering found, and how many refused intents of this process turned out not to be there. */
export interface SessionsReport {
  readonly report: RecoveryReport;
  readonly missing: number;
  /** Why a writer could not be recovered. */
  readonly problem: unknown;
}

function openSession({ store, secrets }: LedgerParts): Session {
  const identity = JSON.parse(Buffer.from(store.identity()).toString()) as { lid: string; inc: string };
  const writer = store.openWriter();
  try {
    return new Session(writer, identity, secrets.openSlots(writer.wid));
  } catch (error) {
    writer.closeSync();
    throw error;
  }
}

/** The writers of this process, one after the other. */
export class Sessions {
  readonly #parts: LedgerParts;
  #current: Session;
  #former: OwnFormer[] = [];
  #formerEntries = 0;

  constructor(parts: LedgerParts) {
    this.#parts = parts;
    this.#current = openSession(parts);
  }

  get current(): Session {
    return this.#current;
  }

  /** Durable entries of those that are over. */
  get formerEntries(): number {
    return this.#formerEntries;
  }

  /** Writes the first entries; nothing else may come before. */
  async start(): Promise<void> {
    await startChain(this.#parts.store, this.#current, this.#parts.rules);
  }

  /** The same in the call. */
  startSync(): void {
    startChainSync(this.#parts.store, this.#current, this.#parts.rules);
  }

  /** Goes on with another writer where the current one takes nothing, then recovers all that are gone. */
  async recover(): Promise<SessionsReport> {
    if (this.#current.fault !== undefined) await this.#replace();
    const own = this.#former;
    const { notMade, problem, ...report } = await recoverWriters(this.#parts.store, this.#current, own);
    if (problem === undefined) this.#former = this.#former.filter((former) => !own.includes(former));
    return { report, problem, missing: own.reduce((sum, { refused }) => sum + refused.length, 0) - notMade };
  }

  async #replace(): Promise<void> {
    const former = this.#current;
    const { rules, store } = this.#parts;
    const closed = former.writer.close().catch((cause: unknown) => {
      // It failed before; whether it closes well is told by what is read of it. But bytes that are still on their way would
      // come after those that are counted as its last.
      if (!isSpanwrightError(cause) || cause.code !== 'AUDIT_INTENT_NOT_DURABLE') return;
      throw new SpanwrightError('AUDIT_POISONED', 'entries of the writer before are still on their way: try again', {
        cause,
      });
    });
    // It has deadlines of its own, which say more.
    await within(closed, 2 * rules.deadlineMs, 'the writer before does not close');
    const next = openSession(this.#parts);
    try {
      await startChain(store, next, rules);
    } catch (error) {
      next.doom('the first entries of a writer are not durable', error);
      next.writer.closeSync();
      next.stop();
      throw error;
    }
    former.stop();
    this.#former.push({ wid: former.chain.wid, refused: [...former.late, ...former.refused] });
    this.#formerEntries += former.writer.durable;
    this.#current = next;
  }
}
