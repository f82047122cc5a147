// A group is written before those who call in the same turn have all come: on a quick disk it is durable while the others
// are still being made. A slow one is asked once a turn, since whoever comes next would wait for two syncs.
import type { StoreCounters } from './admission.js';

/** So many entries do not wait for the end of the turn. */
const EARLY_ENTRIES = 32;
/** A disk whose syncs take less is quick. */
const QUICK_MS = 2;

/** Tells whether a group of so many entries starts at once. */
export function startsEarly(entries: number, { lastSyncMs }: StoreCounters): boolean {
  return entries >= EARLY_ENTRIES && lastSyncMs < QUICK_MS;
}

/** Notes how long a group took; one that was early was heard of late, and tells nothing. */
export function noteSync(entries: number, ms: number, counters: StoreCounters): void {
  if (entries !== EARLY_ENTRIES) counters.lastSyncMs = ms;
}
