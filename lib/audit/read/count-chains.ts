import type { ChainScan } from './chain-scan.js';
import { addCrashGaps } from './crash-gaps.js';
import type { OpenedLedger, ReadChains } from './read-ledger.js';
import type { ProblemList, VerifyCounts } from './verify-report.js';

/** Counts of a report, with the bytes that were read. */
export type Counts = VerifyCounts & { readonly bytes: number };

/** The counts of a ledger of which nothing was read. */
export const NOTHING: Counts = {
  writers: 0,
  entries: 0,
  calls: 0,
  dangling: 0,
  inFlight: 0,
  unknown: 0,
  payloads: 0,
  bytes: 0,
};

/** Counts what chains hold and adds what a crash explains. */
export function countChains(ledger: OpenedLedger, { scans, recovered }: ReadChains, problems: ProblemList): Counts {
  if (scans.size === 0) problems.add({ code: 'empty', severity: 'incomplete', problem: 'nothing was recorded' });
  const counts = { ...NOTHING };
  for (const scan of scans.values()) {
    const isAlive = ledger.alive.has(scan.wid);
    count(counts, scan, isAlive);
    if (scan.problem === undefined) addCrashGaps(scan, isAlive, recovered.has(scan.wid), problems);
  }
  return counts;
}

function count(counts: { -readonly [Key in keyof Counts]: number }, scan: ChainScan, isAlive: boolean): void {
  counts.writers++;
  counts.entries += scan.hashes.length;
  counts.calls += scan.calls;
  counts[isAlive ? 'inFlight' : 'dangling'] += scan.open.size;
  counts.unknown += scan.unknown;
  counts.payloads += scan.payloadCount;
  counts.bytes += scan.bytes;
}
