import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { SEGMENT_HEADER_BYTES } from '../frame.js';
import { leafHash } from '../leaf.js';
import type { EntryIndex } from '../read/entry-index.js';
import type { IndexTables, KeyName, SegmentState } from './index-tables.js';
import { readKeys } from './indexed-keys.js';
import { listSegments, FrameFile } from './frame-file.js';
import type { StoredEntry } from './store.js';

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
    return this.#find('call', id);
  }

  byRun(run: string): StoredEntry[] | undefined {
    return this.#find('run', run);
  }

  byTrace(traceId: string): StoredEntry[] | undefined {
    return this.#find('trace', traceId);
  }

  /** Entries that can be looked up. */
  count(): number {
    return this.#tables.count();
  }

  /** `behind`: the segments hold more; `stale`: they hold something else. Throws where SQLite cannot read it. */
  state(): 'current' | 'behind' | 'stale' {
    if (!this.#isOfSegments()) return 'stale';
    const known = this.#tables.segments();
    for (const { name } of listSegments(this.#directory)) {
      using window = this.#open(name);
      if (window.frameAt(known.get(name)?.upto ?? SEGMENT_HEADER_BYTES) !== undefined) return 'behind';
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

  #open(name: string): FrameFile {
    return new FrameFile(join(this.#directory, 'segments', name));
  }

  #ledger(): string {
    return createHash('sha256')
      .update(readFileSync(join(this.#directory, 'ledger.json')))
      .digest('hex');
  }

  #isOfSegments(): boolean {
    if (this.#tables.ledger() !== this.#ledger()) return false;
    const names = new Set(listSegments(this.#directory).map(({ name }) => name));
    return [...this.#tables.segments().values()].every((known) => names.has(known.name) && this.#isAsRead(known));
  }

  #isAsRead({ name, last, leaf, upto }: SegmentState): boolean {
    using window = this.#open(name);
    const frame = window.frameAt(last);
    return frame !== undefined && last + frame.end === upto && leafHash(frame.entry) === leaf;
  }

  #readOn(): number {
    const known = this.#tables.segments();
    const add = this.#tables.adder();
    const next = new Map<string, number>();
    let entries = 0;
    for (const { wid, name, number } of listSegments(this.#directory)) {
      const state = known.get(name);
      using window = this.#open(name);
      if (window.number() !== number) continue;
      let wseq = state === undefined ? (next.get(wid) ?? 0) : state.wseq + 1;
      let reached: SegmentState | undefined;
      for (const { entry, offset, end } of window.framesFrom(state?.upto ?? SEGMENT_HEADER_BYTES)) {
        const keys = readKeys(entry);
        // What is no link of the chain is for the verifier.
        if (keys?.wid !== wid || keys.wseq !== wseq) break;
        if (keys.call !== undefined || keys.run !== undefined || keys.trace !== undefined) add(name, offset, keys);
        reached = { name, upto: end, last: offset, leaf: leafHash(entry), wseq };
        wseq++;
        entries++;
      }
      if (reached !== undefined) this.#tables.setSegment(reached);
      next.set(wid, wseq);
    }
    return entries;
  }

  #find(key: KeyName, value: string): StoredEntry[] | undefined {
    try {
      let found = this.#look(key, value);
      if (found === undefined) {
        this.rebuild();
        found = this.#look(key, value);
      }
      return found === undefined || found.length === 0 ? undefined : found;
    } catch {
      return undefined;
    }
  }

  /** Undefined where a row points to something else than it says. */
  #look(key: KeyName, value: string): StoredEntry[] | undefined {
    const found: StoredEntry[] = [];
    const windows = new Map<string, FrameFile>();
    try {
      for (const { name, start, wid, wseq } of this.#tables.find(key, value)) {
        let window = windows.get(name);
        if (window === undefined) {
          // Rows come by writer and number, so that a segment that was left is not met again.
          for (const left of windows.values()) left[Symbol.dispose]();
          windows.clear();
          window = this.#open(name);
          windows.set(name, window);
        }
        const frame = window.frameAt(start);
        const keys = frame && readKeys(frame.entry);
        if (frame === undefined || keys?.[key] !== value || keys.wid !== wid || keys.wseq !== wseq) return undefined;
        found.push({
          bytes: frame.entry,
          file: `segments/${name}`,
          offset: start,
          synced: frame.synced,
        });
      }
    } finally {
      for (const window of windows.values()) window[Symbol.dispose]();
    }
    return found;
  }
}
