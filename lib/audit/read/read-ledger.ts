import { SpanwrightError } from '../../core/errors.js';
import type { ChainScan, ScannedEntry } from './chain-scan.js';
import { checkReferences } from './cross-check.js';
import { type ReadIdentity, readIdentity } from './ledger-identity.js';
import { findLiveWriters } from './live-writers.js';
import { type ChainFiles, locateEntry, readChain } from './read-chains.js';
import { type SegmentFile, listSegments } from './segment-files.js';
import type { ProblemList } from './verify-report.js';

/** What is known of a ledger before its chains are read. */
export interface OpenedLedger {
  readonly directory: string;
  readonly identity: ReadIdentity;
  /** Writers that lived before anything was read: who dies meanwhile is found by the next reader. */
  readonly alive: ReadonlySet<string>;
  /** By writer, oldest first. */
  readonly segments: ReadonlyMap<string, readonly SegmentFile[]>;
}

/** All chains of a ledger, read and compared. */
export interface ReadChains {
  readonly scans: ReadonlyMap<string, ChainScan>;
  /** Writers that another one found gone. */
  readonly recovered: ReadonlySet<string>;
}

/** How chains are read. */
export interface ReadOptions {
  readonly payloads?: boolean;
  /** Told of each entry that is as it must be, once. */
  readonly onEntry?: (entry: ScannedEntry) => void;
}

/** Opens a ledger to read it. Throws `AUDIT_LEDGER_UNREADABLE`, or what the file system says. */
export async function openForReading(directory: string): Promise<OpenedLedger> {
  const identity = readIdentity(directory);
  return { directory, identity, alive: await findLiveWriters(directory), segments: listSegments(directory) };
}

/** The same of a ledger whose format is known. Throws `AUDIT_LEDGER_UNREADABLE` alone. */
export async function openKnownLedger(directory: string): Promise<OpenedLedger> {
  let ledger: OpenedLedger;
  try {
    ledger = await openForReading(directory);
  } catch (cause) {
    if (cause instanceof SpanwrightError) throw cause;
    throw new SpanwrightError('AUDIT_LEDGER_UNREADABLE', `the ledger ${directory} is not readable`, { cause });
  }
  if (ledger.identity.isKnown) return ledger;
  throw new SpanwrightError('AUDIT_LEDGER_UNREADABLE', `${directory}/ledger.json is of no format that is known`);
}

/** The files of one chain. */
export function chainOf(
  { directory, segments }: Pick<OpenedLedger, 'directory' | 'segments'>,
  wid: string,
): ChainFiles {
  return { directory, wid, segments: segments.get(wid) ?? [] };
}

/** Reads all chains and compares them. */
export async function readChains(
  ledger: OpenedLedger,
  problems: ProblemList,
  { payloads = false, onEntry }: ReadOptions = {},
): Promise<ReadChains> {
  const scans = new Map<string, ChainScan>();
  const read = async (wid: string, from: number, { segments } = ledger): Promise<void> => {
    const tell = (entry: ScannedEntry): void => {
      if (entry.place.wseq >= from) onEntry?.(entry);
    };
    scans.set(
      wid,
      await readChain(chainOf({ ...ledger, segments }, wid), ledger.identity, { payloads, onEntry: tell }),
    );
  };
  for (const wid of ledger.segments.keys()) await read(wid, 0);
  // Who lives wrote on while others were read, in segments that it began meanwhile too, and may be named by them.
  const named = [...namedBeyond(scans)].filter((wid) => ledger.alive.has(wid));
  const later = named.length === 0 ? ledger : { ...ledger, segments: listSegments(ledger.directory) };
  for (const wid of named) await read(wid, scans.get(wid)?.hashes.length ?? 0, later);
  return compareChains(ledger, scans, problems);
}

/** Compares chains that were read. */
export function compareChains(
  ledger: OpenedLedger,
  scans: ReadonlyMap<string, ChainScan>,
  problems: ProblemList,
): ReadChains {
  for (const { problem } of scans.values()) if (problem !== undefined) problems.add(problem);
  const locate = (wid: string, wseq: number) => locateEntry(chainOf(ledger, wid), wseq);
  return { scans, recovered: checkReferences(scans, locate, problems) };
}

function namedBeyond(scans: ReadonlyMap<string, ChainScan>): Set<string> {
  const names = new Set<string>();
  for (const scan of scans.values()) {
    for (const { to } of scan.references) if (to.wseq >= (scans.get(to.wid)?.hashes.length ?? 0)) names.add(to.wid);
  }
  return names;
}
