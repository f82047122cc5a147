import type { StoredEntry } from '../stores/store.js';

/**
 * Finds the entries of a call, a run or a trace without reading the whole ledger. It is no evidence: what it gives was read
 * from the segments just now, and is the entry that was asked for. Entries come by writer, then by number.
 *
 * `undefined` means that it cannot say; then the ledger is read from the start. It never says that a call, a run or a trace is
 * not there.
 */
export interface EntryIndex {
  /** Entries that name the call: intents, outcomes, denials. */
  byCall(id: string): StoredEntry[] | undefined;
  /** Intents of the calls right below a call; may be none. */
  byParent(id: string): StoredEntry[] | undefined;
  /** Entries that name the run: its own and those of its calls. */
  byRun(run: string): StoredEntry[] | undefined;
  /** Entries whose `traceparent` has the trace id (32 hexadecimal digits). */
  byTrace(traceId: string): StoredEntry[] | undefined;
}
