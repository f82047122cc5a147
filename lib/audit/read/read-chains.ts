import { setImmediate as nextTurn } from 'node:timers/promises';
import { nodeFileSystem } from '../stores/file-system.js';
import { SegmentReader } from '../stores/segment-reader.js';
import { ChainScan, type LedgerIdentity, type ScannedEntry } from './chain-scan.js';
import { type SegmentFile, toSegmentFile } from './segment-files.js';
import type { VerifyPlace } from './verify-report.js';

/** Entries between two turns of the loop. */
const ENTRIES_PER_TURN = 2048;

/** A chain and where it lives. */
export interface ChainFiles {
  readonly directory: string;
  readonly wid: string;
  readonly segments: readonly SegmentFile[];
}

/** The entries of a chain, unchecked. */
export function openChain({ directory, wid, segments }: ChainFiles): SegmentReader {
  const numbers = segments.map(({ number }) => number);
  return new SegmentReader(nodeFileSystem, directory, wid, numbers);
}

/** How chains are read. */
export interface ReadChainOptions {
  readonly payloads?: boolean;
  /** Told of each entry that is as it must be. */
  readonly onEntry?: (entry: ScannedEntry) => void;
}

/** Reads one chain. What the file system says against it becomes the problem of the chain. */
export async function readChain(
  chain: ChainFiles,
  identity: LedgerIdentity,
  options: ReadChainOptions = {},
): Promise<ChainScan> {
  const scan = new ChainScan(openChain(chain), identity, options.payloads);
  let count = 0;
  for (const entry of scan.run()) {
    options.onEntry?.(entry);
    if (++count % ENTRIES_PER_TURN === 0) await nextTurn();
  }
  return scan;
}

/** Where an entry stands that was read before. */
export function locateEntry(chain: ChainFiles, wseq: number): VerifyPlace {
  const { wid } = chain;
  let number = 0;
  for (const { file, offset } of openChain(chain).entries()) {
    if (number++ === wseq) return { wid, wseq, file, offset };
  }
  return { wid, wseq, file: toSegmentFile(wid, 0), offset: 0 };
}
