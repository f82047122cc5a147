import { join } from 'node:path';
import { SEGMENT_HEADER_BYTES } from '../frame.js';
import { auditError, reasonOf } from './audit-error.js';
import { type FileSystem, OLD_FILE, systemCode } from './file-system.js';
import { OpenSegment } from './open-segment.js';
import { segmentName } from './segment-name.js';
import type { LedgerReader, StoredEntry, StoredTail } from './store.js';
import { classifyTail } from './torn.js';

/** How far reading came. */
interface Cursor {
  count: number;
  /** Offset after the last entry. */
  end: number;
}

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
    const cursor: Cursor = { count: 0, end: 0 };
    let last = 0;
    let former: OpenSegment | undefined;
    let segment: OpenSegment | undefined;
    this.#tail = undefined;
    try {
      for (const [index, number] of this.#numbers.entries()) {
        segment = this.#open(number);
        // The writer removed one that it had prepared and did not need.
        if (segment === undefined) break;
        if (number !== index || segment.readHeader() !== number) {
          this.#tail = this.#classify(index, { ...cursor, end: 0 });
          return;
        }
        // A segment is begun when all before it is written: what a writer that lives added meanwhile comes first.
        if (former !== undefined && segment.read(SEGMENT_HEADER_BYTES) !== undefined && former.isEntryNow(cursor.end)) {
          this.#tail = yield* this.#whole(former, index - 1, cursor);
          if (this.#tail !== undefined) return;
        }
        former?.close();
        former = segment;
        last = number;
        cursor.end = SEGMENT_HEADER_BYTES;
        this.#tail = yield* this.#whole(segment, index, cursor);
        if (this.#tail !== undefined) return;
      }
      this.#tail = { file: this.#nameOf(last), offset: cursor.end, droppedBytes: 0, state: 'clean' };
    } finally {
      former?.close();
      if (segment !== former) segment?.close();
    }
  }

  tail(): StoredTail {
    if (this.#tail === undefined) for (const entry of this.entries()) void entry;
    return this.#tail ?? { file: this.#nameOf(0), offset: 0, droppedBytes: 0, state: 'clean' };
  }

  /** The entries of a segment; gives the end of the chain where something else follows than zeros. */
  *#whole(segment: OpenSegment, index: number, cursor: Cursor): Generator<StoredEntry, StoredTail | undefined> {
    for (;;) {
      for (let entry = segment.read(cursor.end); entry !== undefined; entry = segment.read(cursor.end)) {
        yield entry;
        cursor.count++;
        cursor.end = segment.end;
      }
      if (segment.isZeroFrom(cursor.end)) return undefined;
      const tail = this.#classify(index, cursor);
      // A writer that lives may have written it while it was read.
      if (!segment.isEntryNow(cursor.end)) return tail;
    }
  }

  #classify(index: number, { end, count }: Cursor): StoredTail {
    const number = this.#numbers[index] ?? 0;
    const isMissing = number !== index;
    return classifyTail({
      files: this.#files,
      name: this.#nameOf(isMissing ? index : number),
      offset: end,
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
