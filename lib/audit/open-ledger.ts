import { resolve } from 'node:path';
import type { JournalLedger } from './journal-ledger.js';
import { checkLedgerOptions } from './ledger-option-checks.js';
import type { LedgerSecrets } from './ledger-rules.js';
import { keyFolderOf, openSecrets } from './ledger-secrets.js';
import type { Ledger, LedgerOptions } from './ledger.js';
import { openOnStore, openOnStoreSync } from './open-on-store.js';
import type { SegmentStoreOptions } from './stores/segment-store.js';
import { openSegmentStore } from './stores/segment-store.js';
import type { LedgerStore } from './stores/store.js';

/** What tests ask of the store besides. */
export type StoreSeams = Pick<SegmentStoreOptions, 'files' | 'allowMemoryFileSystem'>;

interface Opened {
  readonly store: LedgerStore;
  readonly secrets: LedgerSecrets;
}

function openParts(options: LedgerOptions, seams: StoreSeams): Opened {
  checkLedgerOptions(options);
  const { deadlineMs, maxQueue, maxQueueBytes, minFreeBytes } = options;
  const directory = resolve(options.directory);
  const keys = resolve(keyFolderOf(directory, options.keys));
  const store = openSegmentStore({ directory, keys, deadlineMs, maxQueue, maxQueueBytes, minFreeBytes, ...seams });
  return { store, secrets: openSecrets(store, directory, keys) };
}

/** Opens a ledger in a folder as `openLedger` does, with the seams of tests. */
export async function openLedgerWith(options: LedgerOptions, seams: StoreSeams): Promise<JournalLedger> {
  const { store, secrets } = openParts(options, seams);
  return openOnStore(store, secrets, options);
}

/** Opens a ledger in a folder as `openLedgerSync` does, with the seams of tests. */
export function openLedgerSyncWith(options: LedgerOptions, seams: StoreSeams): JournalLedger {
  const { store, secrets } = openParts(options, seams);
  return openOnStoreSync(store, secrets, options);
}

/**
 * Opens the ledger of a folder, or begins one where there is none. Resolves when its first entries are durable and each call
 * that a process left without an outcome has one. Rejects with `AUDIT_LEDGER_REFUSED` where the folder or its keys are not fit
 * for one, `AUDIT_LEDGER_MISSING` where they are and the ledger is not, `RangeError` for an option out of its range.
 */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  return openLedgerWith(options, {});
}

/** The same in the call, which blocks for the disk; calls that a process left are looked after in the background. Throws. */
export function openLedgerSync(options: LedgerOptions): Ledger {
  return openLedgerSyncWith(options, {});
}
