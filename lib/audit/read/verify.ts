import { existsSync } from 'node:fs';
import type { ChainScan } from './chain-scan.js';
import { parseEntry } from './check-entry.js';
import { addCrashGaps } from './crash-gaps.js';
import { checkReferences } from './cross-check.js';
import { type ReadIdentity, readIdentity } from './ledger-identity.js';
import { findLiveWriters } from './live-writers.js';
import { checkPayloads } from './payload-check.js';
import { type ChainFiles, locateEntry, openChain, readChain } from './read-chains.js';
import { type SegmentFile, listSegments } from './segment-files.js';
import { ProblemList, type VerifyCounts, type VerifyOptions, type VerifyReport } from './verify-report.js';

const NOTHING = { writers: 0, entries: 0, calls: 0, dangling: 0, inFlight: 0, unknown: 0, payloads: 0, bytes: 0 };

/**
 * Checks a ledger: every entry reads, follows from the one before and agrees with the chains that name it; every intent has one
 * outcome. Reads alone, and never throws for what it finds. The rules: docs/reference/ledger-format.md, "Checking".
 */
export async function verify(directory: string, options: VerifyOptions = {}): Promise<VerifyReport> {
  const problems = new ProblemList();
  const isAnchorMissing = options.anchor !== undefined && !existsSync(options.anchor);
  try {
    const identity = readIdentity(directory);
    // Before anything is read: who dies meanwhile is found by the next one.
    const alive = await findLiveWriters(directory);
    const segments = listSegments(directory);
    const counts = identity.isKnown
      ? await checkChains({ directory, identity, alive, segments, problems, payloads: options.payloads === true })
      : checkForeign({ directory, identity, segments, problems });
    return problems.toReport(counts, isAnchorMissing);
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'it cannot be read';
    problems.add({ code: 'file', severity: 'unreadable', problem });
    return problems.toReport(NOTHING, isAnchorMissing);
  }
}

type Counts = VerifyCounts & { readonly bytes: number };

interface Check {
  readonly directory: string;
  readonly identity: ReadIdentity;
  readonly alive: ReadonlySet<string>;
  readonly segments: ReadonlyMap<string, readonly SegmentFile[]>;
  readonly problems: ProblemList;
  readonly payloads: boolean;
}

function chainOf({ directory, segments }: Pick<Check, 'directory' | 'segments'>, wid: string): ChainFiles {
  return { directory, wid, segments: segments.get(wid) ?? [] };
}

async function checkChains(check: Check): Promise<Counts> {
  const { identity, segments, problems, alive } = check;
  const scans = new Map<string, ChainScan>();
  const read = async (wid: string): Promise<void> => {
    scans.set(wid, await readChain(chainOf(check, wid), identity, { payloads: check.payloads }));
  };
  for (const wid of segments.keys()) await read(wid);
  // Who lives wrote on while others were read, and may be named by them.
  for (const wid of namedBeyond(scans)) if (alive.has(wid)) await read(wid);
  for (const { problem } of scans.values()) if (problem !== undefined) problems.add(problem);
  const locate = (wid: string, wseq: number) => locateEntry(chainOf(check, wid), wseq);
  const recovered = checkReferences(scans, locate, problems);
  if (scans.size === 0) problems.add({ code: 'empty', severity: 'incomplete', problem: 'nothing was recorded' });
  const counts = { ...NOTHING };
  for (const scan of scans.values()) count(counts, scan, alive.has(scan.wid));
  for (const scan of scans.values()) {
    if (scan.problem === undefined) addCrashGaps(scan, alive.has(scan.wid), recovered.has(scan.wid), problems);
  }
  if (check.payloads) checkPayloads(check.directory, scans.values(), problems);
  return counts;
}

/** Of a ledger of another format only this can be told: whether it is `ledger.json` alone that is of another. */
function checkForeign(check: Pick<Check, 'directory' | 'identity' | 'segments' | 'problems'>): Counts {
  const { identity, segments, problems } = check;
  for (const wid of segments.keys()) {
    for (const { bytes, file, offset } of openChain(chainOf(check, wid)).entries()) {
      const first = parseEntry(bytes);
      if (first?.['kind'] === 'genesis' && first['ledger'] !== identity.hash) {
        const problem = 'it names another ledger.json';
        problems.add({ code: 'ledger', severity: 'tampered', wid, wseq: 0, file, offset, problem });
      }
      break;
    }
  }
  problems.add({ code: 'file', severity: 'unreadable', problem: 'ledger.json is of no format that is known' });
  return NOTHING;
}

function count(counts: { -readonly [Key in keyof typeof NOTHING]: number }, scan: ChainScan, isAlive: boolean): void {
  counts.writers++;
  counts.entries += scan.hashes.length;
  counts.calls += scan.calls;
  counts[isAlive ? 'inFlight' : 'dangling'] += scan.open.size;
  counts.unknown += scan.unknown;
  counts.payloads += scan.payloadCount;
  counts.bytes += scan.bytes;
}

function namedBeyond(scans: ReadonlyMap<string, ChainScan>): Set<string> {
  const names = new Set<string>();
  for (const scan of scans.values()) {
    for (const { to } of scan.references) if (to.wseq >= (scans.get(to.wid)?.hashes.length ?? 0)) names.add(to.wid);
  }
  return names;
}
