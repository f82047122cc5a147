import { crc32 } from 'node:zlib';
import { MAX_ENTRY_BYTES } from './entry.js';

/** Bytes before the first frame of a segment. */
export const SEGMENT_HEADER_BYTES = 16;
/** Bytes before an entry. */
export const FRAME_HEADER_BYTES = 20;
/** The first four bytes of a frame. */
export const FRAME_MAGIC = 0x41_45_4c_f5;

const SEGMENT_MAGIC = Buffer.from('SPWSEG01', 'latin1');
const MIN_ENTRY_BYTES = 2;

/** The header of a segment. Source: docs/reference/ledger-format.md. */
export function createSegmentHeader(number: number): Buffer {
  const header = Buffer.alloc(SEGMENT_HEADER_BYTES);
  SEGMENT_MAGIC.copy(header);
  header.writeUInt32LE(number, 8);
  header.writeUInt32LE(crc32(header.subarray(0, 12)), 12);
  return header;
}

/** The number that the header of a segment names; undefined where it is none. */
export function readSegmentHeader(bytes: Buffer): number | undefined {
  if (bytes.length < SEGMENT_HEADER_BYTES || !bytes.subarray(0, 8).equals(SEGMENT_MAGIC)) return undefined;
  return bytes.readUInt32LE(12) === crc32(bytes.subarray(0, 12)) ? bytes.readUInt32LE(8) : undefined;
}

// The first sixteen bytes of a header: the same memory for all, so that its checksum needs no piece of the target.
const head = Buffer.alloc(16);

function writeHead(target: Buffer, offset: number): void {
  target.set(head, offset);
  target.writeUInt32LE(crc32(head), offset + 16);
}

/** Writes a frame into a buffer and returns the offset after it. */
export function writeFrame(target: Buffer, offset: number, entry: Uint8Array, synced: number): number {
  head.writeUInt32LE(FRAME_MAGIC, 0);
  head.writeUInt32LE(entry.length, 4);
  head.writeUInt32LE(synced, 8);
  head.writeUInt32LE(crc32(entry), 12);
  writeHead(target, offset);
  target.set(entry, offset + FRAME_HEADER_BYTES);
  return offset + FRAME_HEADER_BYTES + entry.length;
}

/** Writes anew how many entries were durable, into a frame that is there. */
export function writeSynced(target: Buffer, offset: number, synced: number): void {
  target.copy(head, 0, offset, offset + head.length);
  head.writeUInt32LE(synced, 8);
  writeHead(target, offset);
}

/** A frame as it was read. */
export interface Frame {
  readonly entry: Buffer;
  readonly synced: number;
  /** Offset after it. */
  readonly end: number;
}

/** How long the entry of a frame is, whether or not it is whole; undefined where no header reads. */
export function readFrameLength(bytes: Buffer, offset: number): number | undefined {
  if (offset + FRAME_HEADER_BYTES > bytes.length || bytes.readUInt32LE(offset) !== FRAME_MAGIC) return undefined;
  if (bytes.readUInt32LE(offset + 16) !== crc32(bytes.subarray(offset, offset + 16))) return undefined;
  const length = bytes.readUInt32LE(offset + 4);
  return length < MIN_ENTRY_BYTES || length > MAX_ENTRY_BYTES ? undefined : length;
}

/** Reads a frame; undefined where none that is whole starts there. The entry shares the memory of `bytes`. */
export function readFrame(bytes: Buffer, offset: number): Frame | undefined {
  if (offset + FRAME_HEADER_BYTES > bytes.length || bytes.readUInt32LE(offset) !== FRAME_MAGIC) return undefined;
  if (bytes.readUInt32LE(offset + 16) !== crc32(bytes.subarray(offset, offset + 16))) return undefined;
  const length = bytes.readUInt32LE(offset + 4);
  const start = offset + FRAME_HEADER_BYTES;
  const end = start + length;
  if (length < MIN_ENTRY_BYTES || length > MAX_ENTRY_BYTES || end > bytes.length) return undefined;
  const entry = bytes.subarray(start, end);
  if (bytes.readUInt32LE(offset + 12) !== crc32(entry)) return undefined;
  return { entry, synced: bytes.readUInt32LE(offset + 8), end };
}
