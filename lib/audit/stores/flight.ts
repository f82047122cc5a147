import type { StoreCounters } from './admission.js';
import type { AheadFile } from './ahead-file.js';
import { noteSync } from './early-start.js';
import type { Done } from './file-system.js';
import type { Group } from './group.js';
import type { JournalBatch } from './payload-journal.js';

/** A group on its way to the disk. */
export class Flight {
  readonly group: Group;
  readonly batch: JournalBatch | undefined;
  readonly startedMs = performance.now();
  /** A sync in the call was faster. */
  isOvertaken = false;
  /** Where its entries go. */
  readonly file: AheadFile;
  readonly #position: number;

  constructor(group: Group, file: AheadFile, batch: JournalBatch | undefined) {
    this.group = group;
    this.batch = batch;
    this.file = file;
    this.#position = file.position;
  }

  /** Files that its bytes are in. */
  get files(): AheadFile[] {
    return this.batch === undefined ? [this.file] : [this.batch.file, this.file];
  }

  /** Writes the payloads, then makes them and the entries durable at a time. */
  start(done: Done): void {
    const { batch } = this;
    if (batch === undefined) return this.#keepEntries(done);
    batch.file.write(batch.bytes, 0, batch.bytes.length, batch.position, (error) => {
      if (error === null) this.#keepBoth(batch.file, done);
      else done(error);
    });
  }

  /** Writes both in the call, where they belong, whether or not that was begun. */
  repeatSync(): void {
    const { batch, group } = this;
    batch?.file.writeSync(batch.bytes, batch.position);
    this.file.writeSync(group.bytes, this.#position);
    this.arrive();
  }

  /** The next bytes go behind these. */
  arrive(): void {
    const { batch, group } = this;
    this.file.position = this.#position + group.length;
    if (batch !== undefined) batch.file.position = batch.position + batch.bytes.length;
  }

  /** Counts what is durable. */
  count(counters: StoreCounters): void {
    counters.syncs++;
    counters.entries += this.group.entries;
    counters.payloads += this.group.payloads?.length ?? 0;
    noteSync(this.group.entries, performance.now() - this.startedMs, counters);
  }

  #keepEntries(done: Done): void {
    const { slab, start, length } = this.group;
    this.file.keep(slab.bytes, start, length, this.#position, done);
  }

  #keepBoth(payloads: AheadFile, done: Done): void {
    let left = 2;
    let failure: Error | null = null;
    const one: Done = (error) => {
      failure ??= error;
      left--;
      if (left === 0) done(failure);
    };
    payloads.sync(one);
    this.#keepEntries(one);
  }
}
