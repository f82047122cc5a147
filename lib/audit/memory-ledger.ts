import type { Entry } from './entry.js';
import { checkLedgerOptions } from './ledger-option-checks.js';
import { createMemorySecrets } from './ledger-secrets.js';
import type { Ledger, LedgerOptions } from './ledger.js';
import { openOnStoreSync } from './open-on-store.js';
import { createMemoryStore } from './stores/memory-store.js';
import { openPayload } from './vault.js';

/** Options of a ledger in memory. */
export type MemoryLedgerOptions = Partial<Omit<LedgerOptions, 'directory' | 'keys' | 'minFreeBytes'>>;

/** A ledger that ends with the process, for tests. */
export interface MemoryLedger extends Ledger {
  /** Every entry so far. */
  entries(): Entry[];
  /** Plain bytes of a payload by its `ref`; undefined where none is kept. */
  payload(ref: string): Buffer | undefined;
}

/** Makes a ledger in the memory of the process. Throws `RangeError` for an option out of its range. */
export function createMemoryLedger(options: MemoryLedgerOptions = {}): MemoryLedger {
  checkLedgerOptions(options);
  const { maxQueue, maxQueueBytes } = options;
  const store = createMemoryStore({ maxQueue, maxQueueBytes });
  const secrets = createMemorySecrets();
  return Object.assign(openOnStoreSync(store, secrets, options), {
    entries: (): Entry[] =>
      store
        .writers()
        .flatMap((wid) =>
          Array.from(store.reader(wid).entries(), ({ bytes }) => JSON.parse(Buffer.from(bytes).toString()) as Entry),
        ),
    payload: (ref: string): Buffer | undefined => {
      const bytes = store.payload(ref);
      const opened = bytes && openPayload(bytes, secrets.findSlot);
      return opened?.state === 'available' ? opened.plain : undefined;
    },
  });
}
