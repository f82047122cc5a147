import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

import { MAX_ENTRY_BYTES } from '../entry.js';
import {
  type Frame,
  FRAME_HEADER_BYTES,
  FRAME_MAGIC,
  readFrame,
  readSegmentHeader,
  SEGMENT_HEADER_BYTES,
} from '../frame.js';

const MAX_SEGMENT_BYTES = 1 << 30;
/** So long are most frames. */
const MOST_FRAME_BYTES = 2_048;

/** A segment that is open for reading, of which parts are read. */
export class FrameFile implements Disposable {
  readonly #fd: number;

  constructor(file: string) {
    // A link could lead to any file of the one who reads, and a pipe would hold him.
    this.#fd = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  }

  [Symbol.dispose](): void {
    closeSync(this.#fd);
  }

  /** The number that its header names; undefined where it has none. */
  number(): number | undefined {
    return readSegmentHeader(this.#read(0, SEGMENT_HEADER_BYTES));
  }

  /** The frame that starts at an offset; undefined where none that is whole does. */
  frameAt(offset: number): Frame | undefined {
    const bytes = this.#read(offset, MOST_FRAME_BYTES);
    if (bytes.length < FRAME_HEADER_BYTES) return undefined;
    const length = FRAME_HEADER_BYTES + Math.min(bytes.readUInt32LE(4), MAX_ENTRY_BYTES);
    return readFrame(length <= bytes.length ? bytes : this.#read(offset, length), 0);
  }

  /** Frames one after the other from an offset on, each with its own, until none that is whole starts. */
  *framesFrom(start: number): Generator<Frame & { readonly offset: number }> {
    const head = this.#read(start, 4);
    if (head.length < 4 || head.readUInt32LE(0) !== FRAME_MAGIC) return;
    const bytes = this.#read(start, Math.min(fstatSync(this.#fd).size - start, MAX_SEGMENT_BYTES));
    let at = 0;
    for (let frame = readFrame(bytes, at); frame !== undefined; frame = readFrame(bytes, at)) {
      yield { ...frame, end: start + frame.end, offset: start + at };
      at = frame.end;
    }
  }

  #read(offset: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    let read = 0;
    for (let more = 1; more > 0 && read < length; read += more) {
      more = readSync(this.#fd, bytes, read, length - read, offset + read);
    }
    return bytes.subarray(0, read);
  }
}
