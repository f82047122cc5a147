import { createCleaner } from './clean.js';
import { JournalLedger } from './journal-ledger.js';
import type { LedgerSecrets } from './ledger-rules.js';
import { toRules } from './ledger-rules.js';
import type { LedgerOptions } from './ledger.js';
import type { LedgerParts } from './sessions.js';
import type { LedgerStore } from './stores/store.js';

function toParts(store: LedgerStore, secrets: LedgerSecrets, options: Partial<LedgerOptions>): LedgerParts {
  const { key } = secrets;
  return { store, secrets, rules: toRules(options, key, createCleaner(key, options.clean)) };
}

/** Opens a ledger over a store; resolves when its first entries are durable and writers that are gone are recovered. */
export async function openOnStore(
  store: LedgerStore,
  secrets: LedgerSecrets,
  options: Partial<LedgerOptions>,
): Promise<JournalLedger> {
  const ledger = new JournalLedger(toParts(store, secrets, options));
  try {
    await ledger.start();
    await ledger.recover();
  } catch (error) {
    ledger.closeSync();
    throw error;
  }
  return ledger;
}

/** The same in the call; writers that are gone are recovered afterwards. */
export function openOnStoreSync(
  store: LedgerStore,
  secrets: LedgerSecrets,
  options: Partial<LedgerOptions>,
): JournalLedger {
  const ledger = new JournalLedger(toParts(store, secrets, options));
  try {
    ledger.startSync();
  } catch (error) {
    ledger.closeSync();
    throw error;
  }
  ledger.recover().catch(() => {
    // `health()` says it, and the next start tries again.
  });
  return ledger;
}
