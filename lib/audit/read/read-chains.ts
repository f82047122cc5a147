import { setImmediate as nextTurn } from 'node:timers/promises';
import { ChainScan, type LedgerIdentity, type ScannedEntry } from './chain-scan.js';
import { SegmentFrames } from './segment-frames.js';
import { type SegmentFile, toSegmentFile } from './segment-files.js';
import type { VerifyPlace } from './verify-report.js';

/** Entries between two turns of the loop. */
const ENTRIES_PER_TURN = 2048;

/** How chains are read. */
export interface ReadChainOptions {
  readonly payloads?: boolean;
  /** Told of each entry that is as it must be. */
  readonly onEntry?: (entry: ScannedEntry) => void;
}

/** Reads one chain. What the file system says against it becomes the problem of the chain. */
export async function readChain(
  wid: string,
  segments: readonly SegmentFile[],
  identity: LedgerIdentity,
  options: ReadChainOptions = {},
): Promise<ChainScan> {
  const scan = new ChainScan(new SegmentFrames(wid, segments), identity, options.payloads);
  let count = 0;
  try {
    for (const entry of scan.run()) {
      options.onEntry?.(entry);
      if (++count % ENTRIES_PER_TURN === 0) await nextTurn();
    }
  } catch (error) {
    const wseq = scan.hashes.length;
    const problem = `a file cannot be read: ${error instanceof Error ? error.message : 'unknown error'}`;
    scan.problem ??= {
      code: 'file',
      severity: 'unreadable',
      wid,
      wseq,
      file: toSegmentFile(wid, 0),
      offset: 0,
      problem,
    };
  }
  return scan;
}

/** Where an entry stands that was read before. */
export function locateEntry(wid: string, segments: readonly SegmentFile[], wseq: number): VerifyPlace {
  let number = 0;
  for (const { file, offset } of new SegmentFrames(wid, segments).entries()) {
    if (number++ === wseq) return { wid, wseq, file, offset };
  }
  return { wid, wseq, file: toSegmentFile(wid, 0), offset: 0 };
}
