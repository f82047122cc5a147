import type { CallRecord } from '../genai/record.js';

// Kept in the notes of a call under keys that all facets know.
const RECORD = {};

/** What is said of a call to a model, once for its span and its entry in the ledger. */
export function keepRecord(notes: Map<object, unknown>, record: CallRecord): void {
  notes.set(RECORD, record);
}

/** What a facet for calls to models said. */
export function recordIn(notes: ReadonlyMap<object, unknown>): CallRecord | undefined {
  return notes.get(RECORD) as CallRecord | undefined;
}
