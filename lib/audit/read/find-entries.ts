import type { Entry } from '../entry.js';
import { leafHash } from '../leaf.js';
import type { StoredEntry } from '../stores/store.js';
import type { ScannedEntry } from './chain-scan.js';
import { tryEntry } from './check-entry.js';
import { type OpenedLedger, chainOf, openKnownLedger, readChains } from './read-ledger.js';
import { salvageEntries } from './salvage.js';
import { ProblemList, type VerifyPlace } from './verify-report.js';

/** An entry without its bytes, which would hold what was read around them. */
export type FoundEntry = Omit<ScannedEntry, 'bytes'>;

/** Entries that were looked for. */
export interface FoundEntries {
  readonly ledger: OpenedLedger;
  /** By writer and number; of a broken chain also what is left behind the break. */
  readonly entries: readonly FoundEntry[];
  /** Writers whose chains were tampered with, or not read: nothing in them is proved. */
  readonly tampered: ReadonlySet<string>;
}

/** Reads a whole ledger for some of its entries. Throws `AUDIT_LEDGER_UNREADABLE`. */
export async function findEntries(directory: string, wants: (entry: Entry) => boolean): Promise<FoundEntries> {
  const ledger = await openKnownLedger(directory);
  const problems = new ProblemList();
  const entries: FoundEntry[] = [];
  const onEntry = ({ entry, place, hash }: FoundEntry): void => {
    if (wants(entry)) entries.push({ entry, place, hash });
  };
  const { scans } = await readChains(ledger, problems, { onEntry });
  for (const { wid, problem } of scans.values()) {
    const { wseq, file, offset } = problem ?? {};
    if (wseq === undefined || file === undefined || offset === undefined) continue;
    salvage(ledger, { wid, wseq, file, offset }, onEntry);
  }
  return { ledger, entries, tampered: problems.tampered };
}

function salvage(ledger: OpenedLedger, from: VerifyPlace, onEntry: (found: FoundEntry) => void): void {
  for (const { bytes, file, offset } of salvageEntries(chainOf(ledger, from.wid), from)) {
    const entry = tryEntry(bytes);
    if (entry === undefined) continue;
    onEntry({ entry, place: { wid: from.wid, wseq: entry.wseq, file, offset }, hash: leafHash(bytes) });
  }
}

/** Takes entries that an index found; nothing says that their chains hold. Throws `AUDIT_LEDGER_UNREADABLE`. */
export async function takeEntries(directory: string, stored: readonly StoredEntry[]): Promise<FoundEntries> {
  const ledger = await openKnownLedger(directory);
  const entries: FoundEntry[] = [];
  const seen = new Set<string>();
  for (const { bytes, file, offset } of stored) {
    const entry = tryEntry(bytes);
    const key = `${file} ${offset}`;
    if (entry === undefined || seen.has(key)) continue;
    seen.add(key);
    entries.push({ entry, place: { wid: entry.wid, wseq: entry.wseq, file, offset }, hash: leafHash(bytes) });
  }
  return { ledger, entries, tampered: new Set(entries.map(({ place }) => place.wid)) };
}
