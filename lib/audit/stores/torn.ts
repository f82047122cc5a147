// What stands where the next entry should: what a crash leaves of bytes that were not synced, or something else.
// Source: docs/reference/ledger-format.md, "Torn and broken".
import { FRAME_HEADER_BYTES, FRAME_MAGIC, readFrame, readFrameLength, SEGMENT_HEADER_BYTES } from '../frame.js';
import { type FileSystem, readWhole } from './file-system.js';
import type { StoredTail } from './store.js';

/** The least that a disk writes at once. */
const SECTOR_BYTES = 512;

const MAGIC = Buffer.alloc(4);
MAGIC.writeUInt32LE(FRAME_MAGIC);

/** Where reading stopped. */
export interface TailPlace {
  readonly files: FileSystem;
  readonly name: string;
  readonly offset: number;
  /** Entries before it. */
  readonly count: number;
  /** The segment is not there, and later ones are. */
  readonly isMissing: boolean;
  /** Its segment, unless missing, and the later ones. */
  readonly paths: readonly string[];
}

/** Says what the bytes are behind the last entry that reads. */
export function classifyTail({ files, name, offset, count, isMissing, paths }: TailPlace): StoredTail {
  let droppedBytes = 0;
  let isDurable = false;
  let first: Buffer = Buffer.alloc(0);
  // One at a time: a chain that breaks early has any number of them.
  for (const [index, path] of paths.entries()) {
    const bytes = readWhole(files, path);
    const start = index === 0 && !isMissing ? offset : 0;
    if (index === 0) first = bytes;
    droppedBytes += contentBytes(bytes, start);
    isDurable ||= hasLaterFrame(bytes, start, count);
  }
  const place = { file: name, offset, droppedBytes };
  if (isMissing) return { ...place, state: 'broken', problem: 'a segment is missing' };
  if (isDurable) return { ...place, state: 'broken', problem: 'an entry that was durable does not read' };
  const problem = offset === 0 ? 'the header of the segment does not read' : 'an entry does not read';
  if (offset === 0 && contentBytes(first, 0) === 0) return { ...place, state: 'clean' };
  return { ...place, state: isTorn(first, offset) ? 'torn' : 'broken', problem };
}

/** Bytes from an offset to the last that is no zero; of an unused segment none. */
function contentBytes(bytes: Buffer, start: number): number {
  let end = bytes.length;
  while (end > start && bytes[end - 1] === 0) end--;
  return start === 0 && end <= SEGMENT_HEADER_BYTES && bytes.length > SEGMENT_HEADER_BYTES ? 0 : end - start;
}

/** Whether a frame stands there that was written when more entries were durable than read. */
function hasLaterFrame(bytes: Buffer, start: number, count: number): boolean {
  for (let at = bytes.indexOf(MAGIC, start); at !== -1; at = bytes.indexOf(MAGIC, at + 1)) {
    const frame = readFrame(bytes, at);
    if (frame !== undefined && frame.synced > count) return true;
  }
  return false;
}

/** Whether some sector of a frame that starts there was not written. */
function isTorn(bytes: Buffer, start: number): boolean {
  let first = start;
  while (first < bytes.length && bytes[first] === 0) first++;
  const boundary = nextBoundary(start);
  // The first sector is missing, and what follows begins with one. Numbers in a header begin with zeros at times.
  if (first >= boundary) return first % SECTOR_BYTES < FRAME_HEADER_BYTES;
  if (first > start) return false;
  const length = readFrameLength(bytes, start);
  const end = length === undefined ? start + FRAME_HEADER_BYTES : start + FRAME_HEADER_BYTES + length;
  if (end > bytes.length) return true;
  for (let from = start; from < end; from = nextBoundary(from)) {
    // Of a frame of unknown length the whole sector counts, of which the header is the beginning.
    const to = length === undefined && from > start ? nextBoundary(from) : Math.min(nextBoundary(from), end);
    if (isZero(bytes.subarray(from, to))) return true;
  }
  return false;
}

function nextBoundary(offset: number): number {
  return (Math.floor(offset / SECTOR_BYTES) + 1) * SECTOR_BYTES;
}

function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}
