import type { StoreCounters } from './admission.js';
import type { FileSystem } from './file-system.js';
import { fileJournal } from './payload-filing.js';

/** Closing waits so long for payloads to become files; the next start goes on. */
const CLOSE_MS = 2000;

/** Makes files of payloads, one journal after the other, beside the work. What is no file stays in its journal. */
export class Filing {
  readonly #files: FileSystem;
  readonly #folder: string;
  readonly #counters: StoreCounters;
  #last: Promise<void> = Promise.resolve();
  #isOver = false;

  constructor(files: FileSystem, folder: string, counters: StoreCounters) {
    this.#files = files;
    this.#folder = folder;
    this.#counters = counters;
  }

  /** Somebody writes again. */
  begin(): void {
    this.#isOver = false;
  }

  /** Files a journal of this process, or with `isLeft` one that another left. */
  add(path: string, isLeft = false): void {
    this.#last = this.#last.then(() => this.#file(path, isLeft));
  }

  /** Waits for what was added, at most two seconds; then it goes on no more, where `isLast` says that nobody writes. */
  async end(isLast: () => boolean): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, CLOSE_MS);
    });
    await Promise.race([this.#last, late]);
    clearTimeout(timer);
    this.#isOver = isLast();
  }

  async #file(path: string, isLeft: boolean): Promise<void> {
    if (this.#isOver) return;
    try {
      const count = await fileJournal(this.#files, this.#folder, path, { isOver: () => this.#isOver, isLeft });
      if (!isLeft) this.#counters.filed += count ?? 0;
    } catch (error) {
      this.#counters.lastFilingError = error;
    }
  }
}
