import { readFrame, readSegmentHeader } from '../frame.js';
import type { FileSystem } from './file-system.js';
import { MAX_FRAME_BYTES } from './group.js';
import type { StoredEntry } from './store.js';

const CHUNK_BYTES = 1_048_576;
const ZEROS = Buffer.alloc(CHUNK_BYTES);

/** A segment that is read chunk by chunk. Entries share the memory of their chunk, which is not used again. */
export class OpenSegment {
  /** Offset after the frame read last. */
  end = 0;
  readonly #files: FileSystem;
  readonly #fd: number;
  readonly #name: string;
  #size: number;
  #chunk: Buffer = Buffer.alloc(0);
  #base = 0;

  constructor(files: FileSystem, fd: number, name: string) {
    this.#files = files;
    this.#fd = fd;
    this.#name = name;
    this.#size = files.fstatSync(fd).size;
  }

  readHeader(): number | undefined {
    this.#load(0);
    return readSegmentHeader(this.#chunk);
  }

  read(offset: number): StoredEntry | undefined {
    let frame = readFrame(this.#chunk, offset - this.#base);
    if (frame === undefined && this.#base + this.#chunk.length < Math.min(offset + MAX_FRAME_BYTES, this.#size)) {
      // It may go on behind the chunk.
      this.#load(offset);
      frame = readFrame(this.#chunk, 0);
    }
    if (frame === undefined) return undefined;
    this.end = this.#base + frame.end;
    return { bytes: frame.entry, file: this.#name, offset, synced: frame.synced };
  }

  /** Whether an entry reads there by now, and goes on from it. */
  isEntryNow(offset: number): boolean {
    this.#size = this.#files.fstatSync(this.#fd).size;
    this.#load(offset);
    return readFrame(this.#chunk, 0) !== undefined;
  }

  isZeroFrom(offset: number): boolean {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    for (let at = offset; ;) {
      const read = this.#files.readSync(this.#fd, chunk, 0, chunk.length, at);
      if (read === 0) return true;
      if (!chunk.subarray(0, read).equals(ZEROS.subarray(0, read))) return false;
      at += read;
    }
  }

  close(): void {
    this.#files.closeSync(this.#fd);
  }

  #load(offset: number): void {
    const bytes = Buffer.allocUnsafeSlow(Math.max(0, Math.min(CHUNK_BYTES, this.#size - offset)));
    let done = 0;
    while (done < bytes.length) {
      const read = this.#files.readSync(this.#fd, bytes, done, bytes.length - done, offset + done);
      if (read === 0) break;
      done += read;
    }
    this.#chunk = bytes.subarray(0, done);
    this.#base = offset;
  }
}
