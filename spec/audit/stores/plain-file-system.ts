import fs from 'node:fs';

import type { FileSystem } from '#lib/audit/stores/file-system.js';

type Done = (error: Error | null) => void;
type Opened = (error: Error | null, fd: number) => void;
type Written = (error: Error | null, written: number) => void;

/**
 * The machine's file system as a class, which knows the path of every open file. A write that goes through is a write and a
 * sync, each of which a subclass may let fail; without `throughFlag` it is as where there is no such write.
 */
export class PlainFileSystem implements FileSystem {
  throughFlag: number = fs.constants.O_DSYNC;
  readonly #paths = new Map<number, string>();
  readonly #through = new Set<number>();

  pathOf(fd: number): string {
    return this.#paths.get(fd) ?? '';
  }

  openSync(path: string, flags: number, mode?: number): number {
    const fd = fs.openSync(path, handleFlags(flags), mode);
    this.#opened(fd, path, flags);
    return fd;
  }

  open(path: string, flags: number, mode: number, done: Opened): void {
    fs.open(path, handleFlags(flags), mode, (error, fd) => {
      if (error === null) this.#opened(fd, path, flags);
      done(error, fd);
    });
  }

  closeSync(fd: number): void {
    this.#paths.delete(fd);
    fs.closeSync(fd);
  }

  close(fd: number, done: Done): void {
    this.#paths.delete(fd);
    fs.close(fd, done);
  }

  readSync(fd: number, buffer: Uint8Array, offset: number, length: number, position: number): number {
    return fs.readSync(fd, buffer, offset, length, position);
  }

  writeSync(fd: number, buffer: Uint8Array, offset: number, length: number, position: number): number {
    return fs.writeSync(fd, buffer, offset, length, position);
  }

  write(fd: number, buffer: Uint8Array, offset: number, length: number, position: number, done: Written): void {
    if (!this.#through.has(fd)) return fs.write(fd, buffer, offset, length, position, done);
    fs.write(fd, buffer, offset, length, position, (error, written) => {
      if (error === null) this.syncWritten(fd, written, (failure) => done(failure, written));
      else done(error, written);
    });
  }

  /** The sync in a write that goes through. */
  protected syncWritten(fd: number, _length: number, done: Done): void {
    this.fdatasync(fd, done);
  }

  fsyncSync(fd: number): void {
    fs.fsyncSync(fd);
  }

  fdatasyncSync(fd: number): void {
    fs.fdatasyncSync(fd);
  }

  fsync(fd: number, done: Done): void {
    fs.fsync(fd, done);
  }

  fdatasync(fd: number, done: Done): void {
    fs.fdatasync(fd, done);
  }

  ftruncateSync(fd: number, length: number): void {
    fs.ftruncateSync(fd, length);
  }

  fstatSync(fd: number): fs.Stats {
    return fs.fstatSync(fd);
  }

  lstatSync(path: string): fs.Stats {
    return fs.lstatSync(path);
  }

  statfsSync(path: string): fs.StatsFs {
    return fs.statfsSync(path);
  }

  mkdirSync(path: string, mode: number): void {
    fs.mkdirSync(path, mode);
  }

  readdirSync(path: string): string[] {
    return fs.readdirSync(path);
  }

  chmodSync(path: string, mode: number): void {
    fs.chmodSync(path, mode);
  }

  linkSync(existing: string, path: string): void {
    fs.linkSync(existing, path);
  }

  renameSync(from: string, to: string): void {
    fs.renameSync(from, to);
  }

  rename(from: string, to: string, done: Done): void {
    fs.rename(from, to, done);
  }

  unlinkSync(path: string): void {
    fs.unlinkSync(path);
  }

  unlink(path: string, done: Done): void {
    fs.unlink(path, done);
  }

  #opened(fd: number, path: string, flags: number): void {
    this.#paths.set(fd, path);
    if ((flags & fs.constants.O_DSYNC) === fs.constants.O_DSYNC) this.#through.add(fd);
    else this.#through.delete(fd);
  }
}

// What is durable is read through the same number.
function handleFlags(flags: number): number {
  const { O_DSYNC, O_WRONLY, O_RDWR } = fs.constants;
  return (flags & O_DSYNC) === O_DSYNC ? (flags & ~(O_DSYNC | O_WRONLY)) | O_RDWR : flags;
}
