import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** Bytes that are read at a time. */
const WINDOW_BYTES = 1 << 20;

/** A stretch of a file; offsets are those of the file. */
export interface Stretch {
  readonly bytes: Buffer;
  /** Offset of the first byte. */
  readonly start: number;
}

/** Reads a regular file in stretches, in one direction; bytes that were given out stay as they are. */
export class SegmentWindow {
  readonly size: number;
  readonly #descriptor: number;
  #stretch: Stretch = { bytes: Buffer.alloc(0), start: 0 };

  /** Throws what the file system says, and for what is no regular file. */
  constructor(path: string) {
    // A fifo in the place of a file must not hold the reader.
    this.#descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = fstatSync(this.#descriptor);
    if (!stat.isFile()) {
      closeSync(this.#descriptor);
      throw new Error('it is no regular file');
    }
    this.size = stat.size;
  }

  /** A stretch with at least `length` bytes from `offset`, or all up to the end of the file. */
  at(offset: number, length: number): Stretch {
    const end = this.#stretch.start + this.#stretch.bytes.length;
    const isInside = offset >= this.#stretch.start && (offset + length <= end || (end >= this.size && offset <= end));
    if (!isInside) this.#stretch = { bytes: this.read(offset, Math.max(length, WINDOW_BYTES)), start: offset };
    return this.#stretch;
  }

  /** Bytes as they are in the file now. */
  read(offset: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, this.size - offset)));
    let filled = 0;
    while (filled < bytes.length) {
      const count = readSync(this.#descriptor, bytes, filled, bytes.length - filled, offset + filled);
      if (count === 0) break;
      filled += count;
    }
    return bytes.subarray(0, filled);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
