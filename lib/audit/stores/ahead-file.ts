// A file that grows by zeros ahead of what is written into it, so that a sync changes no size and a full disk is met
// before there is something to lose.
//
//   0 ……… position ……… ready ……… end
//   written   zeros      zeros on their way
//
// Nothing is written beyond `ready` while zeros are on their way: they would land on it.
import { closeHandles, type FileHandles, openHandles, openHandlesSync } from './file-handles.js';
import { type Done, type FileSystem, isFull, whenDone, writeAllSync } from './file-system.js';

/** How many zeros are written at a time. */
export const STEP_BYTES = 1_048_576;

const ZEROS = Buffer.alloc(STEP_BYTES);

/** How a file is made. */
export interface AheadFileStart {
  readonly header: Uint8Array;
  /** Length with the zeros, in bytes. */
  readonly ahead: number;
  /** Whether `keep` and zeros write through, where the file system can. */
  readonly isThrough: boolean;
}

interface Piece {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly length: number;
  /** Offset in the file. */
  readonly position: number;
}

/** A new file of this process alone. */
export class AheadFile {
  readonly path: string;
  /** Where the next bytes go. */
  position = 0;
  readonly #files: FileSystem;
  readonly #handles: FileHandles;
  #ready = 0;
  #end = 0;
  #pending = 0;
  #whenIdle: (() => void)[] = [];
  #isClosed = false;

  private constructor(files: FileSystem, path: string, handles: FileHandles) {
    this.#files = files;
    this.path = path;
    this.#handles = handles;
  }

  /** Makes the file and its first zeros durable; the folder is the caller's. */
  static createSync(files: FileSystem, path: string, { header, ahead, isThrough }: AheadFileStart): AheadFile {
    const file = new AheadFile(files, path, openHandlesSync(files, path, isThrough));
    try {
      writeAllSync(files, file.#handles.write, header, 0);
      file.#begin(header);
      file.growSync(ahead - header.length);
      files.fsyncSync(file.#handles.write);
    } catch (error) {
      file.#discard();
      throw error;
    }
    return file;
  }

  /** The same without blocking. */
  static async create(files: FileSystem, path: string, start: AheadFileStart): Promise<AheadFile> {
    const { header, ahead, isThrough } = start;
    const file = new AheadFile(files, path, await openHandles(files, path, isThrough));
    try {
      if (header.length > 0) await whenDone((done) => file.write(header, 0, header.length, 0, done));
      file.#begin(header);
      await whenDone((done) => file.grow(ahead - header.length, done));
      await whenDone((done) => files.fsync(file.#handles.write, done));
    } catch (error) {
      file.#discard();
      throw error;
    }
    return file;
  }

  /** Bytes that are allocated and not used. */
  get room(): number {
    return this.#end - this.position;
  }

  /** Offset where allocated space ends. */
  get end(): number {
    return this.#end;
  }

  get isGrowing(): boolean {
    return this.#end > this.#ready;
  }

  get isBusy(): boolean {
    return this.#pending > 0;
  }

  /** Whether bytes written now are safe from zeros on their way. */
  takes(length: number): boolean {
    return !this.isGrowing || this.position + length <= this.#ready;
  }

  /** Whether the bytes fit into what is allocated. */
  fits(length: number): boolean {
    return this.position + length <= this.#ready;
  }

  /** Writes a piece of a buffer at an offset. */
  write(bytes: Uint8Array, start: number, length: number, position: number, done: Done): void {
    this.#write(this.#handles.write, { bytes, start, length, position }, done);
  }

  /** The same; it is durable when that is done. */
  keep(bytes: Uint8Array, start: number, length: number, position: number, done: Done): void {
    const { through } = this.#handles;
    if (through !== undefined) return this.#write(through, { bytes, start, length, position }, done);
    return this.write(bytes, start, length, position, (error) => (error === null ? this.sync(done) : done(error)));
  }

  writeSync(bytes: Uint8Array, position: number): void {
    writeAllSync(this.#files, this.#handles.write, bytes, position);
  }

  sync(done: Done): void {
    this.#pending++;
    this.#files.fdatasync(this.#handles.write, (error) => this.#finish(done, error));
  }

  syncSync(): void {
    this.#files.fdatasyncSync(this.#handles.sync);
  }

  /** Keeps zeros off the bytes that are written now; ask `takes` before. */
  claim(length: number): void {
    if (this.position + length <= this.#ready) return;
    this.#ready = this.position + length;
    this.#end = this.#ready;
  }

  /** Writes zeros at the end, at most one step; what fails costs the zeros alone. */
  grow(bytes: number, done: Done): void {
    const from = this.#end;
    const length = Math.min(bytes, STEP_BYTES);
    this.#end += length;
    // Else the next entries would pay for them.
    const fd = this.#handles.through ?? this.#handles.write;
    this.#write(fd, { bytes: ZEROS, start: 0, length, position: from }, (error) => {
      if (error) this.#end = this.#ready;
      else this.#ready = this.#end;
      done(error);
    });
  }

  /** The same in the call, as many as are asked for. Throws. */
  growSync(bytes: number): void {
    for (let left = bytes; left > 0; left -= STEP_BYTES) {
      const length = Math.min(left, STEP_BYTES);
      writeAllSync(this.#files, this.#handles.write, ZEROS.subarray(0, length), this.#end);
      const isBehindOthers = this.isGrowing;
      this.#end += length;
      if (!isBehindOthers) this.#ready = this.#end;
    }
  }

  /** Resolves when nothing uses the file any more. */
  idle(): Promise<void> {
    if (this.#pending === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#whenIdle.push(resolve);
    });
  }

  /** Cuts the zeros behind the last byte and closes; throws, and cuts nothing, where they are no zeros. */
  cut(): void {
    try {
      this.#checkZeros();
      this.#files.ftruncateSync(this.#handles.write, this.position);
    } catch (error) {
      if (!isFull(error)) throw error;
    } finally {
      this.#close();
    }
  }

  /** Closes as it is, as soon as nothing uses it. */
  abandon(): void {
    if (this.#pending === 0) this.#close();
    else this.#whenIdle.push(() => this.#close());
  }

  #begin(header: Uint8Array): void {
    this.position = header.length;
    this.#ready = header.length;
    this.#end = header.length;
  }

  #write(fd: number, { bytes, start, length, position }: Piece, done: Done): void {
    this.#pending++;
    const next = (from: number): void => {
      this.#files.write(fd, bytes, start + from, length - from, position + from, (error, written) => {
        if (error) this.#finish(done, error);
        else if (written <= 0) this.#finish(done, new Error('a write took no bytes and gave no error'));
        else if (from + written < length) next(from + written);
        else this.#finish(done, null);
      });
    };
    next(0);
  }

  /** Of a file that could not be made nothing stays, so that its name is free. */
  #discard(): void {
    this.#close();
    this.#files.unlinkSync(this.path);
  }

  #checkZeros(): void {
    const chunk = Buffer.allocUnsafe(65_536);
    for (let offset = this.position; ;) {
      const read = this.#files.readSync(this.#handles.sync, chunk, 0, chunk.length, offset);
      if (read === 0) return;
      if (!chunk.subarray(0, read).equals(ZEROS.subarray(0, read))) {
        throw new Error(`bytes after offset ${this.position} of ${this.path} are not ours`);
      }
      offset += read;
    }
  }

  #finish(done: Done, error: Error | null): void {
    this.#pending--;
    done(error);
    if (this.#pending > 0) return;
    const waiting = this.#whenIdle;
    this.#whenIdle = [];
    for (const resolve of waiting) resolve();
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    closeHandles(this.#files, this.#handles);
  }
}
