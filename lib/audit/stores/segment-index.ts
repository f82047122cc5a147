import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { SEGMENT_HEADER_BYTES } from '../frame.js';
import { leafHash } from '../leaf.js';
import type { EntryIndex } from '../read/entry-index.js';
import { listSegments, type SegmentFile } from '../read/segment-files.js';
import { FrameFile } from './frame-file.js';
import type { IndexTables, KeyName, SegmentState } from './index-tables.js';
import { readKeys } from './indexed-keys.js';
import type { StoredEntry } from './store.js';

/** A row may name any file. */
const SEGMENT = /^segments\/[0-9A-Z]{26}-\d{6}\.seg$/;

/**
 * Look-ups over a ledger in a folder, kept in SQLite beside the evidence; no evidence itself. What it points to is read from
 * the segments and compared with what was asked. Where they differ the index is made again.
 */
export class SegmentIndex implements EntryIndex, Disposable {
  readonly #directory: string;
  readonly #tables: IndexTables;

  constructor(directory: string, tables: IndexTables) {
    this.#directory = directory;
    this.#tables = tables;
  }

  byCall(id: string): StoredEntry[] | undefined {
    return orUnknown(this.#find('call', id));
  }

  byParent(id: string): StoredEntry[] | undefined {
    return this.#find('parent', id);
  }

  byRun(run: string): StoredEntry[] | undefined {
    return orUnknown(this.#find('run', run));
  }

  byTrace(traceId: string): StoredEntry[] | undefined {
    return orUnknown(this.#find('trace', traceId));
  }

  /** Entries that can be looked up. */
  count(): number {
    return this.#tables.count();
  }

  /** `behind`: the segments hold more; `stale`: they hold something else. Throws where SQLite cannot read it. */
  state(): 'current' | 'behind' | 'stale' {
    if (!this.#isOfSegments()) return 'stale';
    const known = this.#tables.segments();
    for (const { file } of this.#files()) {
      using segment = this.#open(file);
      if (segment.frameAt(known.get(file)?.upto ?? SEGMENT_HEADER_BYTES) !== undefined) return 'behind';
    }
    return 'current';
  }

  /** Takes in what the segments hold beyond it, and makes it again where they hold something else. Returns how many entries were read. */
  update(): number {
    return this.#tables.transact(() => {
      if (!this.#isOfSegments()) this.#tables.clear(this.#ledger());
      return this.#readOn();
    });
  }

  /** Makes it again. Returns how many entries were read. */
  rebuild(): number {
    return this.#tables.transact(() => {
      this.#tables.clear(this.#ledger());
      return this.#readOn();
    });
  }

  [Symbol.dispose](): void {
    this.#tables.close();
  }

  #files(): SegmentFile[] {
    return [...listSegments(this.#directory).values()].flat();
  }

  #open(file: string): FrameFile {
    return new FrameFile(join(this.#directory, file));
  }

  #ledger(): string {
    return createHash('sha256')
      .update(readFileSync(join(this.#directory, 'ledger.json')))
      .digest('hex');
  }

  #isOfSegments(): boolean {
    if (this.#tables.ledger() !== this.#ledger()) return false;
    const files = new Set(this.#files().map(({ file }) => file));
    return [...this.#tables.segments().values()].every((known) => files.has(known.file) && this.#isAsRead(known));
  }

  #isAsRead({ file, last, leaf, upto }: SegmentState): boolean {
    using segment = this.#open(file);
    const frame = segment.frameAt(last);
    return frame !== undefined && last + frame.end === upto && leafHash(frame.entry) === leaf;
  }

  #readOn(): number {
    const known = this.#tables.segments();
    let entries = 0;
    for (const [wid, files] of listSegments(this.#directory)) {
      let wseq = 0;
      for (const { file, number } of files) {
        using segment = this.#open(file);
        if (segment.number() !== number) break;
        const state = known.get(file);
        const first = state === undefined ? wseq : state.wseq + 1;
        wseq = this.#readSegment(segment, { wid, file, wseq: first, start: state?.upto ?? SEGMENT_HEADER_BYTES });
        entries += wseq - first;
      }
    }
    return entries;
  }

  /** Returns the number that the writer's next entry has. */
  #readSegment(
    segment: FrameFile,
    {
      wid,
      file,
      wseq: first,
      start,
    }: Pick<SegmentState, 'file' | 'wseq'> & { readonly wid: string; readonly start: number },
  ): number {
    const add = this.#tables.adder();
    let wseq = first;
    let reached: (Omit<SegmentState, 'leaf'> & { readonly entry: Buffer }) | undefined;
    for (const { entry, offset, end } of segment.framesFrom(start)) {
      const keys = readKeys(entry);
      // What is no link of the chain is for the verifier.
      if (keys?.wid !== wid || keys.wseq !== wseq) break;
      if (keys.call !== undefined || keys.run !== undefined || keys.trace !== undefined) add(file, offset, keys);
      reached = { file, upto: end, last: offset, wseq, entry };
      wseq++;
    }
    if (reached !== undefined) this.#tables.setSegment({ ...reached, leaf: leafHash(reached.entry) });
    return wseq;
  }

  #find(key: KeyName, value: string): StoredEntry[] | undefined {
    try {
      let found = this.#look(key, value);
      if (found === undefined) {
        this.rebuild();
        found = this.#look(key, value);
      }
      return found;
    } catch {
      return undefined;
    }
  }

  /** Undefined where a row points to something else than it says. */
  #look(key: KeyName, value: string): StoredEntry[] | undefined {
    const found: StoredEntry[] = [];
    const open = new Map<string, FrameFile>();
    try {
      for (const { file, start, wid, wseq } of this.#tables.find(key, value)) {
        let segment = open.get(file);
        if (segment === undefined) {
          if (!SEGMENT.test(file)) return undefined;
          // Rows come by writer and number, so that a segment that was left is not met again.
          for (const left of open.values()) left[Symbol.dispose]();
          open.clear();
          segment = this.#open(file);
          open.set(file, segment);
        }
        const frame = segment.frameAt(start);
        const keys = frame && readKeys(frame.entry);
        if (frame === undefined || keys?.[key] !== value || keys.wid !== wid || keys.wseq !== wseq) return undefined;
        found.push({ bytes: frame.entry, file, offset: start, synced: frame.synced });
      }
    } finally {
      for (const segment of open.values()) segment[Symbol.dispose]();
    }
    return found;
  }
}

/** An index that knows nothing of a call may have lost it. */
function orUnknown(found: StoredEntry[] | undefined): StoredEntry[] | undefined {
  return found?.length === 0 ? undefined : found;
}
