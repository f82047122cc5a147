import { SEGMENT_HEADER_BYTES, readFrame, readSegmentHeader } from '../frame.js';
import type { LedgerReader, StoredEntry, StoredTail } from '../stores/store.js';
import { type SegmentFile, toSegmentFile } from './segment-files.js';
import { SegmentWindow } from './segment-window.js';
import { MAX_FRAME_BYTES, findData, findLaterFrame, isTornFrame, isTornHeader } from './torn.js';

/**
 * Reads the chain of one writer out of its segments. Where it ends: docs/reference/ledger-format.md, "Where a chain ends".
 * Bytes come from people who may have changed them: nothing is trusted but what the checksums and the rules say.
 */
export class SegmentFrames implements LedgerReader {
  readonly wid: string;
  readonly #segments: readonly SegmentFile[];
  #count = 0;
  #tail: StoredTail | undefined;

  constructor(wid: string, segments: readonly SegmentFile[]) {
    this.wid = wid;
    this.#segments = segments;
  }

  /** Throws what the file system says. */
  *entries(): Generator<StoredEntry, void, undefined> {
    this.#count = 0;
    this.#tail = undefined;
    for (const [index, segment] of this.#segments.entries()) {
      if (segment.number !== index) {
        this.#end(toSegmentFile(this.wid, index), 0, 0, 'broken', 'a segment is missing');
        return;
      }
      const window = new SegmentWindow(segment.path);
      try {
        yield* this.#read(window, index, segment);
      } finally {
        window.close();
      }
      // The last one that said where it ends without an end stays the tail.
      if (this.tail().state !== 'clean') return;
    }
  }

  tail(): StoredTail {
    return this.#tail ?? { file: toSegmentFile(this.wid, 0), offset: 0, droppedBytes: 0, state: 'clean' };
  }

  *#read(window: SegmentWindow, index: number, segment: SegmentFile): Generator<StoredEntry, void, undefined> {
    const { file } = segment;
    if (readSegmentHeader(window.read(0, SEGMENT_HEADER_BYTES)) !== index) {
      this.#classify(window, index, 0);
      return;
    }
    let offset = SEGMENT_HEADER_BYTES;
    for (;;) {
      const { bytes, start } = window.at(offset, MAX_FRAME_BYTES);
      let frame = readFrame(bytes, offset - start);
      let base = start;
      if (frame === undefined) {
        this.#classify(window, index, offset);
        if (this.#tail?.state === 'clean') return;
        // A writer that lives may have completed it meanwhile.
        frame = readFrame(window.read(offset, MAX_FRAME_BYTES), 0);
        if (frame === undefined) return;
        base = offset;
      }
      yield { bytes: frame.entry, file, offset, synced: frame.synced };
      this.#count++;
      offset = base + frame.end;
    }
  }

  #classify(window: SegmentWindow, index: number, offset: number): void {
    const file = toSegmentFile(this.wid, index);
    const data = findData(window, offset);
    if (data === undefined) {
      this.#end(file, offset, 0, 'clean');
      return;
    }
    const dropped = data.end - offset;
    if (this.#isFollowed(window, index, offset)) {
      this.#end(file, offset, dropped, 'broken', 'entries that were durable do not read');
      return;
    }
    const isTorn = offset === 0 ? isTornHeader(window) : isTornFrame(window, offset, data.first);
    if (isTorn) this.#end(file, offset, dropped, 'torn', 'entries that nobody was told of are cut');
    else this.#end(file, offset, dropped, 'broken', offset === 0 ? 'no header of a segment' : 'no entry');
  }

  #isFollowed(window: SegmentWindow, index: number, offset: number): boolean {
    if (findLaterFrame(window, offset + 1, this.#count)) return true;
    return this.#segments.slice(index + 1).some((segment) => {
      const later = new SegmentWindow(segment.path);
      try {
        return findLaterFrame(later, 0, this.#count);
      } finally {
        later.close();
      }
    });
  }

  #end(file: string, offset: number, droppedBytes: number, state: StoredTail['state'], problem?: string): void {
    this.#tail = { file, offset, droppedBytes, state, ...(problem === undefined ? {} : { problem }) };
  }
}
