import fs from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { FileSystem } from '#lib/audit/stores/file-system.js';
import { nodeFileSystem } from '#lib/audit/stores/file-system.js';

/** A file or a folder, whatever its names are. */
export type Node = number;

/** What was done to the disk, in the order in which it was done. */
export type Step =
  | { readonly kind: 'enter'; readonly path: string; readonly node: Node; readonly isFolder: boolean }
  | { readonly kind: 'leave'; readonly path: string }
  | { readonly kind: 'move'; readonly from: string; readonly path: string; readonly node: Node }
  | { readonly kind: 'write'; readonly node: Node; readonly position: number; readonly bytes: Uint8Array | number }
  | { readonly kind: 'cut'; readonly node: Node; readonly length: number }
  /** What was done to the node before the step `since` is durable from here on. */
  | { readonly kind: 'sync'; readonly node: Node; readonly since: number }
  | { readonly kind: 'mark'; readonly what: string };

const isZero = (bytes: Uint8Array): boolean => Buffer.compare(bytes, Buffer.alloc(bytes.length)) === 0;

/** The machine's file system, which it is; what is written and synced is kept as steps, with an order. */
export class DiskTrace {
  readonly steps: Step[] = [];
  readonly #nodes = new Map<string, Node>();
  readonly #open = new Map<number, Node>();
  /** Numbers of files whose writes are syncs as well. */
  readonly #through = new Set<number>();
  #next = 0;

  /** Notes something that happened in the program; its place among the steps is its time. */
  mark(what: string): number {
    return this.steps.push({ kind: 'mark', what }) - 1;
  }

  /** Takes every sync for one that did nothing. */
  forgetSyncs(): void {
    for (const [index, step] of this.steps.entries()) {
      if (step.kind === 'sync') this.steps[index] = { kind: 'mark', what: 'no sync' };
    }
  }

  /** Lets every sync end after all that follows it, as if nobody had waited. */
  delaySyncs(): void {
    const syncs = this.steps.filter(({ kind }) => kind === 'sync');
    // In its place stands a mark, so that the places of others stay.
    for (const [index, { kind }] of this.steps.entries()) {
      if (kind === 'sync') this.steps[index] = { kind: 'mark', what: 'no sync yet' };
    }
    for (const sync of syncs) this.steps.push(sync);
  }

  nodeOf(path: string): Node {
    const known = this.#nodes.get(resolve(path));
    if (known !== undefined) return known;
    this.#nodes.set(resolve(path), this.#next);
    return this.#next++;
  }

  /** What a store is given. Reading goes straight to the machine. */
  files(): FileSystem {
    const traced: Partial<FileSystem> = {
      openSync: (path, flags, mode) => this.#opened(fs.openSync(path, flags, mode), path, flags),
      open: (path, flags, mode, done) =>
        fs.open(path, flags, mode, (error, fd) => done(error, error ? fd : this.#opened(fd, path, flags))),
      writeSync: (fd, bytes, start, length, position) => {
        const written = fs.writeSync(fd, bytes, start, length, position);
        this.#wrote(fd, bytes, start, written, position);
        return written;
      },
      write: (fd, bytes, start, length, position, done) =>
        fs.write(fd, bytes, start, length, position, (error, written) => {
          if (!error) {
            this.#wrote(fd, bytes, start, written, position);
            if (this.#through.has(fd)) this.#synced(fd, this.steps.length);
          }
          done(error, written);
        }),
      ftruncateSync: (fd, length) => {
        fs.ftruncateSync(fd, length);
        this.steps.push({ kind: 'cut', node: this.#nodeAt(fd), length });
      },
      mkdirSync: (path, mode) => {
        fs.mkdirSync(path, mode);
        this.#enter(path, true);
      },
      linkSync: (existing, path) => {
        fs.linkSync(existing, path);
        this.#nodes.set(resolve(path), this.nodeOf(existing));
        this.#enter(path, false);
      },
      renameSync: (from, path) => {
        fs.renameSync(from, path);
        this.#moved(from, path);
      },
      rename: (from, path, done) =>
        fs.rename(from, path, (error) => {
          if (!error) this.#moved(from, path);
          done(error);
        }),
      unlinkSync: (path) => {
        fs.unlinkSync(path);
        this.#left(path);
      },
      unlink: (path, done) =>
        fs.unlink(path, (error) => {
          if (!error) this.#left(path);
          done(error);
        }),
      ...this.#syncs(),
    };
    return Object.assign(Object.create(nodeFileSystem) as FileSystem, traced);
  }

  #syncs(): Pick<FileSystem, 'fsyncSync' | 'fdatasyncSync' | 'fsync' | 'fdatasync'> {
    const inCall =
      (sync: (fd: number) => void) =>
      (fd: number): void => {
        const since = this.steps.length;
        sync(fd);
        this.#synced(fd, since);
      };
    const onPool =
      (sync: typeof fs.fsync): FileSystem['fsync'] =>
      (fd, done) => {
        const since = this.steps.length;
        // Closed meanwhile, the number may stand for another file.
        const node = this.#nodeAt(fd);
        sync(fd, (error) => {
          if (!error) this.steps.push({ kind: 'sync', node, since });
          done(error);
        });
      };
    return {
      fsyncSync: inCall(fs.fsyncSync),
      fdatasyncSync: inCall(fs.fdatasyncSync),
      fsync: onPool(fs.fsync),
      fdatasync: onPool(fs.fdatasync),
    };
  }

  #nodeAt(fd: number): Node {
    const node = this.#open.get(fd);
    if (node === undefined) throw new Error(`nothing was opened as ${fd}`);
    return node;
  }

  #opened(fd: number, path: string, flags: number): number {
    this.#open.set(fd, this.nodeOf(path));
    if ((flags & fs.constants.O_DSYNC) === fs.constants.O_DSYNC) this.#through.add(fd);
    else this.#through.delete(fd);
    if ((flags & fs.constants.O_CREAT) !== 0) this.#enter(path, false);
    return fd;
  }

  #synced(fd: number, since: number): void {
    this.steps.push({ kind: 'sync', node: this.#nodeAt(fd), since });
  }

  #wrote(fd: number, bytes: Uint8Array, start: number, length: number, position: number): void {
    // A copy: the memory of a group is used again.
    const piece = Uint8Array.from(bytes.subarray(start, start + length));
    const kept = isZero(piece) ? length : piece;
    this.steps.push({ kind: 'write', node: this.#nodeAt(fd), position, bytes: kept });
  }

  #enter(path: string, isFolder: boolean): void {
    this.steps.push({ kind: 'enter', path: resolve(path), node: this.nodeOf(path), isFolder });
  }

  #moved(from: string, path: string): void {
    const node = this.nodeOf(from);
    this.#nodes.delete(resolve(from));
    this.#nodes.set(resolve(path), node);
    this.steps.push({ kind: 'move', from: resolve(from), path: resolve(path), node });
  }

  #left(path: string): void {
    this.#nodes.delete(resolve(path));
    this.steps.push({ kind: 'leave', path: resolve(path) });
  }
}

/** The folder that lists a path. */
export function folderOf(path: string): string {
  return dirname(resolve(path));
}
