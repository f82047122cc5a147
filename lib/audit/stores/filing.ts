import type { StoreCounters } from './admission.js';
import type { FileSystem } from './file-system.js';
import { fileJournal } from './payload-filing.js';

/** Closing waits so long for payloads to become files; the next start goes on. */
const CLOSE_MS = 2000;
/** Without an entry for so long the disk is free. */
const QUIET_MS = 100;
/** While it is not, one payload becomes a file each so often. */
const PACE_MS = 25;
/** Journals, of 16 MiB each, that wait at most; of more of them files are made as fast as the disk does it. */
const MAX_WAITING = 16;

/**
 * Makes files of payloads, one journal after the other, mostly while nobody writes: each file is a sync of its own, and who
 * waits for an entry would wait behind it. What is no file stays in its journal.
 */
export class Filing {
  readonly #files: FileSystem;
  readonly #folder: string;
  readonly #counters: StoreCounters;
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;
  #isOver = false;
  #isHurried = false;
  #quietSince = 0;
  #entries = -1;

  constructor(files: FileSystem, folder: string, counters: StoreCounters) {
    this.#files = files;
    this.#folder = folder;
    this.#counters = counters;
  }

  /** Somebody writes again. */
  begin(): void {
    this.#isOver = false;
    this.#isHurried = false;
  }

  /** Files a journal of this process, or with `isLeft` one that another left. */
  add(path: string, isLeft = false): void {
    this.#waiting++;
    this.#last = this.#last.then(() => this.#file(path, isLeft));
  }

  /** Waits for what was added, at most two seconds; then it goes on no more, where `isLast` says that nobody writes. */
  async end(isLast: () => boolean): Promise<void> {
    this.#isHurried = isLast();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, CLOSE_MS);
    });
    await Promise.race([this.#last, late]);
    clearTimeout(timer);
    this.#isOver = isLast();
  }

  async #file(path: string, isLeft: boolean): Promise<void> {
    try {
      const rules = { isOver: () => this.#isOver, isLeft, whenFree: () => this.#whenFree() };
      const count = this.#isOver ? undefined : await fileJournal(this.#files, this.#folder, path, rules);
      if (!isLeft) this.#counters.filed += count ?? 0;
    } catch (error) {
      this.#counters.lastFilingError = error;
    } finally {
      this.#waiting--;
    }
  }

  async #whenFree(): Promise<void> {
    if (this.#isFree()) return;
    await new Promise((resolve) => {
      // It keeps no process alive: what it does is done at the next start as well.
      setTimeout(resolve, PACE_MS).unref();
    });
  }

  #isFree(): boolean {
    const { entries } = this.#counters;
    const nowMs = performance.now();
    if (entries !== this.#entries) {
      this.#entries = entries;
      this.#quietSince = nowMs;
    }
    return this.#isHurried || this.#waiting > MAX_WAITING || nowMs - this.#quietSince >= QUIET_MS;
  }
}
