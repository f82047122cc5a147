// Files of one writer that follow each other: segments, or journals of payloads. One is written, one may be prepared; at most
// one thing is done in the background: zeros at the end of the last one, or making the next. So a write in the call always
// finds a way: past zeros on their way into a new file, past a file on its way beyond the end of the current one.
import { AheadFile, STEP_BYTES } from './ahead-file.js';
import { type FileSystem, isFull, syncFolder, syncFolderLater, whenDone } from './file-system.js';

/** Where a file ends, but for what was allocated beyond it in need. */
export const FILE_BYTES = 16_777_216;
const FIRST_BYTES = 262_144;

/** What a series is of. */
export interface FileSeriesParts {
  readonly files: FileSystem;
  readonly folder: string;
  readonly pathOf: (number: number) => string;
  readonly headerOf: (number: number) => Uint8Array;
  /** The most bytes that are placed at a time: as many may be left unused where a file ends. */
  readonly maxPlaceBytes: number;
  /** Whether entries are written through, where the file system can. */
  readonly isThrough: boolean;
  /** Told of an error other than a full disk. */
  readonly onDoubt: (error: Error) => void;
  /** Told of a file that is cut and closed. */
  readonly onEnded?: (path: string) => void;
}

/** Gives a writer files to write to. */
export class FileSeries {
  readonly #parts: FileSeriesParts;
  /** Of the next file that is made. */
  #number = 0;
  #current: AheadFile | undefined;
  #next: AheadFile | undefined;
  #isWorking = false;
  #isClosed = false;
  #failure: Error | undefined;
  #whenReady: (() => void) | undefined;

  constructor(parts: FileSeriesParts) {
    this.#parts = parts;
  }

  /** Bytes allocated ahead that are there for whatever is placed. */
  get room(): number {
    const room = this.#current?.room ?? 0;
    return this.#next === undefined ? room : Math.max(0, room - this.#parts.maxPlaceBytes) + this.#next.room;
  }

  /** Whether something is on its way into the current file. */
  get isBusy(): boolean {
    return this.#current?.isBusy === true;
  }

  /** Makes the first file. */
  startSync(): void {
    this.#current ??= this.#createSync();
  }

  /** Allocates in the call until there is room; false where the disk is full. */
  ensure(bytes: number): boolean {
    const missing = bytes - this.room;
    if (missing <= 0) return true;
    try {
      this.#current ??= this.#createSync();
      const last = this.#next ?? this.#current;
      last.growSync(Math.ceil(missing / STEP_BYTES) * STEP_BYTES);
      return true;
    } catch (error) {
      if (isFull(error)) return false;
      throw error;
    }
  }

  /** Allocates in the background, so that `ensure` seldom has to. */
  topUp(bytes: number): void {
    const last = this.#next ?? this.#current;
    if (last === undefined || this.#isWorking || this.#isClosed || this.#failure !== undefined) return;
    if (this.room >= bytes + STEP_BYTES) return;
    if (last.end < FILE_BYTES) this.#work(() => whenDone((done) => last.grow(STEP_BYTES, done)));
    else if (this.#next === undefined) this.#prepare();
  }

  /** The file for so many bytes, at its position; undefined where that has to wait: `onReady` is called then, once. */
  place(length: number, onReady: () => void): AheadFile | undefined {
    const current = this.#current;
    if (current?.fits(length) === true) return current;
    const next = this.#next;
    if (next?.takes(length) === true) return this.#use(next, length);
    if (!this.#isWorking && this.#failure === undefined && next === undefined && this.#isOver(length)) this.#prepare();
    if (this.#isWorking) {
      this.#whenReady = onReady;
      return undefined;
    }
    if (current === undefined) return this.placeSync(length);
    current.claim(length);
    return current;
  }

  /** The same in the call. */
  placeSync(length: number): AheadFile {
    const current = this.#current;
    if (current?.fits(length) === true) return current;
    if (this.#next?.takes(length) === true) return this.#use(this.#next, length);
    if (current?.takes(length) === true && (this.#isWorking || !this.#isOver(length))) {
      current.claim(length);
      return current;
    }
    return this.#use(this.#createSync(), length);
  }

  /** Ends the current file; the next bytes go into another, which is made at once. */
  turn(): void {
    if (this.#isClosed || this.#isWorking || this.#current === undefined || this.#current.position === 0) return;
    this.#retire(this.#current);
    this.#current = this.#next;
    this.#next = undefined;
    if (this.#current === undefined) this.#prepare();
  }

  /** Cuts and closes the last file, and removes one that was prepared in vain. Throws where the tail is not ours. */
  close(): void {
    this.#isClosed = true;
    if (this.#next !== undefined) this.#discard(this.#next);
    this.#next = undefined;
    const current = this.#current;
    this.#current = undefined;
    if (current === undefined) return;
    if (current.isBusy) return current.abandon();
    if (current.position === 0) return this.#discard(current);
    current.cut();
    this.#parts.onEnded?.(current.path);
  }

  /** Closes without a change to what is there. */
  abandon(): void {
    this.#isClosed = true;
    this.#next?.abandon();
    this.#current?.abandon();
  }

  /** Resolves when nothing uses the current file any more. */
  idle(): Promise<void> {
    return this.#current?.idle() ?? Promise.resolve();
  }

  #isOver(length: number): boolean {
    return (
      this.#current === undefined ||
      (this.#current.position > STEP_BYTES && this.#current.position + length > FILE_BYTES)
    );
  }

  #createSync(): AheadFile {
    const { files, folder, pathOf, headerOf, isThrough } = this.#parts;
    const number = this.#number;
    const start = { header: headerOf(number), ahead: FIRST_BYTES, isThrough };
    const file = AheadFile.createSync(files, pathOf(number), start);
    try {
      syncFolder(files, folder);
    } catch (error) {
      this.#discard(file);
      throw error;
    }
    this.#number++;
    return file;
  }

  #prepare(): void {
    this.#work(() => this.#create());
  }

  async #create(): Promise<void> {
    const { files, folder, pathOf, headerOf, isThrough } = this.#parts;
    const number = this.#number++;
    let file: AheadFile;
    try {
      const start = { header: headerOf(number), ahead: STEP_BYTES, isThrough };
      file = await AheadFile.create(files, pathOf(number), start);
    } catch (error) {
      this.#number--;
      throw error;
    }
    try {
      await syncFolderLater(files, folder);
    } finally {
      if (this.#isClosed) this.#discard(file);
      else if (this.#current === undefined) this.#current = file;
      else this.#next = file;
    }
  }

  #work(run: () => Promise<void>): void {
    this.#isWorking = true;
    run()
      .catch((error: unknown) => {
        this.#failure = error as Error;
        if (!isFull(error) && !this.#isClosed) this.#parts.onDoubt(error as Error);
      })
      .finally(() => {
        this.#isWorking = false;
        const onReady = this.#whenReady;
        this.#whenReady = undefined;
        onReady?.();
      })
      .catch((error: unknown) => this.#parts.onDoubt(error as Error));
  }

  #use(next: AheadFile, length: number): AheadFile {
    const former = this.#current;
    this.#current = next;
    this.#next = undefined;
    if (former !== undefined) this.#retire(former);
    next.claim(length);
    return next;
  }

  #retire(file: AheadFile): void {
    file
      .idle()
      .then(() => {
        file.cut();
        this.#parts.onEnded?.(file.path);
      })
      .catch((error: unknown) => this.#parts.onDoubt(error as Error));
  }

  #discard(file: AheadFile): void {
    file.abandon();
    try {
      this.#parts.files.unlinkSync(file.path);
    } catch (error) {
      this.#failure = error as Error;
    }
  }
}
