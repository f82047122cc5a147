import type { Ledger, LedgerOptions } from './ledger.js';
import type { MemoryLedger, MemoryLedgerOptions } from './memory-ledger.js';
import { createMemoryLedger } from './memory-ledger.js';
import { openLedgerSync } from './open-ledger.js';

/** Opens the ledgers that a configuration or a test names. */
export interface Opener {
  openLedgerSync(options: LedgerOptions): Ledger;
  createMemoryLedger(options?: MemoryLedgerOptions): MemoryLedger;
}

/** All of what keeps a ledger, by one name. */
export const opener: Opener = { openLedgerSync, createMemoryLedger };
