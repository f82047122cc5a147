import type { Captured } from './captured.js';

/** What is known of a batch that was refused and is sent in parts. */
export interface Split {
  /** Spans of it that were refused alone. */
  found: number;
  /** True once a part of it was taken. */
  wasTaken: boolean;
}

/** What is known of a group over which the backend failed, while it may take others. */
export interface Doubt {
  /** Failures between which others were delivered. */
  readonly failures: number;
  /** Spans that were delivered at the latest of them. */
  readonly delivered: number;
}

/** Spans that are sent together. */
export interface Group {
  readonly entries: Captured[];
  /** The place in the line of the first of them. */
  readonly place: number;
  readonly split?: Split | undefined;
  readonly doubt?: Doubt | undefined;
}

// Below this the array is not worth moving.
const COMPACT_AT = 1024;

/** Spans in the order in which they ended, and before them groups that came back. */
export class Line {
  #entries: (Captured | undefined)[] = [];
  #head = 0;
  #headPlace = 0;
  #bytes = 0;
  #groups: Group[] = [];
  #grouped = 0;
  #isDoubtNext = true;

  get length(): number {
    return this.#entries.length - this.#head + this.#grouped;
  }

  /** Bytes of the spans that were not sent yet, as they lie in memory. */
  get freshBytes(): number {
    return this.#bytes;
  }

  /** True when a group came back. */
  get hasGroups(): boolean {
    return this.#groups.length > 0;
  }

  /** The place that the next span gets. */
  get nextPlace(): number {
    return this.#headPlace + this.#entries.length - this.#head;
  }

  /** The place of whoever waits longest; `nextPlace` when nobody does. */
  get firstPlace(): number {
    let first = this.#headPlace;
    for (const { place } of this.#groups) if (place < first) first = place;
    return first;
  }

  /** Those that wait in front of a place; of a group that lies across it all. */
  countBefore(place: number): number {
    const fresh = Math.max(0, Math.min(place - this.#headPlace, this.#entries.length - this.#head));
    return this.#groups.reduce((sum, group) => sum + (group.place < place ? group.entries.length : 0), fresh);
  }

  push(captured: Captured): void {
    this.#entries.push(captured);
    this.#bytes += captured.bytes;
  }

  /** A group that came back. One that is in doubt takes turns with what was not sent yet, so that it stops nobody. */
  shiftGroup(): Group | undefined {
    if (this.#groups.length === 0) return undefined;
    const sure = this.#groups.findIndex(({ doubt }) => doubt === undefined);
    if (sure === -1) {
      this.#isDoubtNext = !this.#isDoubtNext;
      if (!this.#isDoubtNext && this.#entries.length > this.#head) return undefined;
    }
    const [group] = this.#groups.splice(Math.max(0, sure), 1);
    this.#grouped -= group?.entries.length ?? 0;
    return group;
  }

  /** The span that waits longest of those that were not sent yet. */
  shift(): Captured | undefined {
    const entry = this.#entries[this.#head];
    if (entry === undefined) return undefined;
    this.#entries[this.#head++] = undefined;
    this.#headPlace++;
    this.#bytes -= entry.bytes;
    if (this.#head === this.#entries.length || (this.#head > COMPACT_AT && this.#head * 2 > this.#entries.length)) {
      this.#entries.splice(0, this.#head);
      this.#head = 0;
    }
    return entry;
  }

  /** Puts groups back in front, those that wait longest first. */
  putBack(groups: readonly Group[]): void {
    const filled = groups.filter(({ entries }) => entries.length > 0);
    this.#groups = [...filled, ...this.#groups].toSorted((one, other) => one.place - other.place);
    this.#grouped = this.#groups.reduce((sum, { entries }) => sum + entries.length, 0);
  }

  /** Takes out whoever waits longest. */
  dropOldest(): Captured | undefined {
    const group = this.#groups[0];
    if (group === undefined) return this.shift();
    const entry = group.entries.shift();
    this.#grouped--;
    if (group.entries.length === 0) this.#groups.shift();
    return entry;
  }

  /** Takes out whoever came last. */
  dropNewest(): Captured | undefined {
    if (this.#entries.length === this.#head) return this.dropOldest();
    const entry = this.#entries.pop();
    this.#bytes -= entry?.bytes ?? 0;
    return entry;
  }
}
