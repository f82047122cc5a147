import type { Entry, IntentEntry, OutcomeEntry } from '#lib/audit/entry.js';
import { createMemorySecrets } from '#lib/audit/ledger-secrets.js';
import type { CallStart, Ledger, LedgerOptions, RecordedCall } from '#lib/audit/ledger.js';
import { openOnStore } from '#lib/audit/open-on-store.js';
import { openPayload } from '#lib/audit/vault.js';
import { FaultStore } from './fault-store.js';

/** The least that is known of a call. */
export const START: CallStart = { op: { class: 'Desk', method: 'send' }, system: 'http' };

/** The code that a promise rejects with; undefined where it resolves. */
export async function codeOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

/** The kinds of entries. */
export const kindsOf = (entries: readonly Entry[]): string[] => entries.map(({ kind }) => kind);

/** A ledger over a store that fails as it is told, with what a spec asks of its entries. */
export class RecordedLedger {
  readonly store: FaultStore;
  readonly secrets: ReturnType<typeof createMemorySecrets>;
  readonly ledger: Ledger;

  private constructor(store: FaultStore, secrets: ReturnType<typeof createMemorySecrets>, ledger: Ledger) {
    this.store = store;
    this.secrets = secrets;
    this.ledger = ledger;
  }

  static async open(
    options: Partial<LedgerOptions> = {},
    store = new FaultStore(),
    secrets = createMemorySecrets(),
  ): Promise<RecordedLedger> {
    return new RecordedLedger(store, secrets, await openOnStore(store, secrets, options));
  }

  intentOf(call: RecordedCall): IntentEntry {
    const found = this.store.entries().find((entry) => entry.kind === 'intent' && entry.call.id === call.id);
    if (found?.kind !== 'intent') throw new Error('no intent');
    return found;
  }

  outcomeOf(call: RecordedCall): OutcomeEntry {
    const found = this.store.entries().find((entry) => entry.kind === 'outcome' && entry.call.id === call.id);
    if (found?.kind !== 'outcome') throw new Error('no outcome');
    return found;
  }

  /** The plain text of a payload. */
  plainOf(ref: string | undefined): string {
    const opened = openPayload(this.store.payload(ref ?? '') ?? Buffer.alloc(0), this.secrets.findSlot);
    if (opened.state !== 'available') throw new Error(opened.state);
    return opened.plain.toString();
  }
}
