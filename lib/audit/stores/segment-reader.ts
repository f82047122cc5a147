import { join } from 'node:path';
import { readFrame, readSegmentHeader, SEGMENT_HEADER_BYTES } from '../frame.js';
import { auditError, reasonOf } from './audit-error.js';
import { type FileSystem, OLD_FILE, systemCode } from './file-system.js';
import { MAX_FRAME_BYTES } from './group.js';
import { segmentName } from './segment-name.js';
import type { LedgerReader, StoredEntry, StoredTail } from './store.js';
import { classifyTail } from './torn.js';

const CHUNK_BYTES = 1_048_576;
const ZEROS = Buffer.alloc(CHUNK_BYTES);

/** Reads the segments of one writer. Changes nothing. */
export class SegmentReader implements LedgerReader {
  readonly wid: string;
  readonly #files: FileSystem;
  readonly #directory: string;
  readonly #numbers: readonly number[];
  #tail: StoredTail | undefined;

  /** `numbers`: segments that are there, ascending. */
  constructor(files: FileSystem, directory: string, wid: string, numbers: readonly number[]) {
    this.#files = files;
    this.#directory = directory;
    this.wid = wid;
    this.#numbers = numbers;
  }

  *entries(): Iterable<StoredEntry> {
    let count = 0;
    let end = 0;
    let last = 0;
    for (const [index, number] of this.#numbers.entries()) {
      const segment = this.#open(number);
      // The writer removed one that it had prepared and did not need.
      if (segment === undefined) break;
      last = number;
      try {
        if (number !== index || segment.readHeader() !== number) {
          end = 0;
          this.#tail = this.#classify(index, end, count);
          return;
        }
        end = SEGMENT_HEADER_BYTES;
        for (;;) {
          for (let entry = segment.read(end); entry !== undefined; entry = segment.read(end)) {
            yield entry;
            count++;
            end = segment.end;
          }
          if (segment.isZeroFrom(end)) break;
          this.#tail = this.#classify(index, end, count);
          // A writer that lives may have written it while it was read.
          if (!segment.isEntryNow(end)) return;
        }
      } finally {
        segment.close();
      }
    }
    this.#tail = { file: this.#nameOf(last), offset: end, droppedBytes: 0, state: 'clean' };
  }

  tail(): StoredTail {
    if (this.#tail === undefined) for (const entry of this.entries()) void entry;
    return this.#tail ?? { file: this.#nameOf(0), offset: 0, droppedBytes: 0, state: 'clean' };
  }

  #classify(index: number, offset: number, count: number): StoredTail {
    const number = this.#numbers[index] ?? 0;
    const isMissing = number !== index;
    return classifyTail({
      files: this.#files,
      name: this.#nameOf(isMissing ? index : number),
      offset,
      count,
      isMissing,
      paths: this.#numbers.slice(index).map((later) => this.#pathOf(later)),
    });
  }

  #nameOf(number: number): string {
    return `segments/${segmentName(this.wid, number)}`;
  }

  #pathOf(number: number): string {
    return join(this.#directory, this.#nameOf(number));
  }

  #open(number: number): OpenSegment | undefined {
    const path = this.#pathOf(number);
    try {
      return new OpenSegment(this.#files, this.#files.openSync(path, OLD_FILE), this.#nameOf(number));
    } catch (error) {
      if (systemCode(error) === 'ENOENT' && number > 0 && number === this.#numbers.at(-1)) return undefined;
      throw auditError('AUDIT_LEDGER_UNREADABLE', `cannot read ${path}: ${reasonOf(error)}`, error);
    }
  }
}

/** A segment that is read chunk by chunk. Entries share the memory of their chunk, which is not used again. */
class OpenSegment {
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
