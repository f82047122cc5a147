import { FRAME_HEADER_BYTES, FRAME_MAGIC, SEGMENT_HEADER_BYTES, readFrame } from '../frame.js';
import { MAX_ENTRY_BYTES } from '../entry.js';
import { crc32 } from 'node:zlib';
import type { SegmentWindow } from './segment-window.js';

const SECTOR_BYTES = 512;
/** Bytes of a header of a frame that are zero in a row at most: the end of its length and the count of durable entries. */
const ZEROS_IN_DATA = 8;
/** The most bytes of a frame. */
export const MAX_FRAME_BYTES = FRAME_HEADER_BYTES + MAX_ENTRY_BYTES;

const STEP_BYTES = 1 << 16;
const MAGIC_BYTES = Buffer.alloc(4);
MAGIC_BYTES.writeUInt32LE(FRAME_MAGIC);

/** The first byte from `offset` that is not zero, and the end of the last one; undefined where all are. */
export function findData(file: SegmentWindow, offset: number): { first: number; end: number } | undefined {
  let first: number | undefined;
  let end = offset;
  for (let at = offset; at < file.size; at += STEP_BYTES) {
    const bytes = file.read(at, STEP_BYTES);
    if (bytes.length === 0) break;
    const found = bytes.findIndex((byte) => byte !== 0);
    if (found === -1) continue;
    first ??= at + found;
    let last = bytes.length;
    while (bytes[last - 1] === 0) last--;
    end = at + last;
  }
  return first === undefined ? undefined : { first, end };
}

/** Whether a whole frame from `offset` on says that more than `count` entries were durable. */
export function findLaterFrame(file: SegmentWindow, offset: number, count: number): boolean {
  let at = offset;
  while (at < file.size) {
    const { bytes, start } = file.at(at, MAX_FRAME_BYTES);
    const found = bytes.indexOf(MAGIC_BYTES, at - start);
    if (found === -1) {
      const end = start + bytes.length;
      if (end >= file.size || end - 3 <= at) return false;
      at = end - 3;
      continue;
    }
    // What stands near the end of the stretch is looked at once more from its own begin.
    at = start + found;
    const near = file.at(at, MAX_FRAME_BYTES);
    const frame = readFrame(near.bytes, at - near.start);
    if (frame !== undefined && frame.synced > count) return true;
    at = frame === undefined ? at + 1 : near.start + frame.end;
  }
  return false;
}

/** Whether what stands at `offset`, which is no whole frame, has the shape that a crash leaves. */
export function isTornFrame(file: SegmentWindow, offset: number, firstByte: number): boolean {
  if (firstByte > offset) return firstByte % SECTOR_BYTES < ZEROS_IN_DATA;
  return isTornStretch(file, offset, offset + frameBytes(file.read(offset, FRAME_HEADER_BYTES)));
}

/** The same of the header of a segment. */
export function isTornHeader(file: SegmentWindow): boolean {
  return file.size < SEGMENT_HEADER_BYTES || file.read(0, SEGMENT_HEADER_BYTES).every((byte) => byte === 0);
}

function frameBytes(header: Buffer): number {
  if (header.length < FRAME_HEADER_BYTES || header.readUInt32LE(0) !== FRAME_MAGIC) return FRAME_HEADER_BYTES;
  const length = header.readUInt32LE(4);
  const isWhole = header.readUInt32LE(16) === crc32(header.subarray(0, 16)) && length >= 2 && length <= MAX_ENTRY_BYTES;
  return isWhole ? FRAME_HEADER_BYTES + length : FRAME_HEADER_BYTES;
}

function isTornStretch(file: SegmentWindow, from: number, to: number): boolean {
  if (to > file.size) return true;
  for (let start = from - (from % SECTOR_BYTES); start < to; start += SECTOR_BYTES) {
    const begin = Math.max(start, from);
    if (file.read(begin, start + SECTOR_BYTES - begin).every((byte) => byte === 0)) return true;
  }
  return false;
}
