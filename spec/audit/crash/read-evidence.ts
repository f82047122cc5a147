import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

/** What the specs of crashes look at in an entry. */
export interface FoundEntry {
  readonly wid: string;
  readonly wseq: number;
  readonly prev: string;
  readonly kind: string;
  readonly hash: string;
  readonly call?: { readonly id: string; readonly attempt: number };
  readonly intent?: { readonly wid?: string; readonly wseq: number; readonly hash: string };
  readonly status?: string;
  readonly req?: { readonly ref?: string };
  readonly res?: { readonly ref?: string };
  /** Where its frame stands. */
  readonly at: { readonly file: string; readonly offset: number; readonly end: number };
}

/** The chain of one writer, as far as it reads. */
export interface FoundChain {
  readonly wid: string;
  readonly entries: readonly FoundEntry[];
  /** Bytes after the last whole frame that are not zero. */
  readonly isTorn: boolean;
}

const HEADER = 16;
const FRAME = 20;
const MAGIC = Buffer.from([0xf5, 0x4c, 0x45, 0x41]);

// Read from the page of the format, without a line of the library: what that writes wrongly it would read wrongly too.
function readFrames(file: string): { entries: FoundEntry[]; isTorn: boolean } {
  const bytes = readFileSync(file);
  const entries: FoundEntry[] = [];
  let offset = HEADER;
  while (offset + FRAME <= bytes.length && bytes.subarray(offset, offset + 4).equals(MAGIC)) {
    const head = bytes.subarray(offset, offset + 16);
    if (crc32(head) !== bytes.readUInt32LE(offset + 16)) break;
    const end = offset + FRAME + bytes.readUInt32LE(offset + 4);
    const entry = bytes.subarray(offset + FRAME, end);
    if (end > bytes.length || crc32(entry) !== bytes.readUInt32LE(offset + 12)) break;
    entries.push(toFound(entry, { file, offset, end }));
    offset = end;
  }
  return { entries, isTorn: bytes.subarray(offset).some((byte) => byte !== 0) };
}

function toFound(bytes: Buffer, at: FoundEntry['at']): FoundEntry {
  const hash = createHash('sha256').update(Uint8Array.of(0)).update(bytes).digest('hex');
  return { ...(JSON.parse(bytes.toString('utf8')) as Omit<FoundEntry, 'hash' | 'at'>), hash, at };
}

/** Reads every chain that the segments of a ledger hold, by the page of the format alone. */
export function readEvidence(directory: string): FoundChain[] {
  const folder = join(directory, 'segments');
  const chains = new Map<string, { entries: FoundEntry[]; isTorn: boolean }>();
  for (const name of readdirSync(folder).sort()) {
    const wid = name.slice(0, 26);
    const chain = chains.get(wid) ?? { entries: [], isTorn: false };
    const { entries, isTorn } = readFrames(join(folder, name));
    for (const entry of entries) chain.entries.push(entry);
    chain.isTorn ||= isTorn;
    chains.set(wid, chain);
  }
  return [...chains].map(([wid, chain]) => ({ wid, ...chain }));
}
