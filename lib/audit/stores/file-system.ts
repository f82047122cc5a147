import fs from 'node:fs';

/** Told how a call of the file system ended. */
export type Done = (error: Error | null) => void;

/** What the store calls of `node:fs`, so that faults can be forced. */
export interface FileSystem {
  /** Flag of files whose writes are durable when they end; 0 where a write has to be followed by a sync. */
  readonly throughFlag: number;
  openSync(path: string, flags: number, mode?: number): number;
  closeSync(fd: number): void;
  readSync(fd: number, buffer: Uint8Array, offset: number, length: number, position: number): number;
  writeSync(fd: number, buffer: Uint8Array, offset: number, length: number, position: number): number;
  fsyncSync(fd: number): void;
  fdatasyncSync(fd: number): void;
  ftruncateSync(fd: number, length: number): void;
  fstatSync(fd: number): fs.Stats;
  lstatSync(path: string): fs.Stats;
  statfsSync(path: string): fs.StatsFs;
  mkdirSync(path: string, mode: number): void;
  readdirSync(path: string): string[];
  chmodSync(path: string, mode: number): void;
  linkSync(existing: string, path: string): void;
  renameSync(from: string, to: string): void;
  unlinkSync(path: string): void;
  open(path: string, flags: number, mode: number, done: (error: Error | null, fd: number) => void): void;
  close(fd: number, done: Done): void;
  write(
    fd: number,
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
    done: (error: Error | null, written: number) => void,
  ): void;
  fdatasync(fd: number, done: Done): void;
  fsync(fd: number, done: Done): void;
  rename(from: string, to: string, done: Done): void;
  unlink(path: string, done: Done): void;
}

// Elsewhere it does not reach what a disk keeps in its cache, which a sync of Node does.
const throughFlag = process.platform === 'linux' ? fs.constants.O_DSYNC : 0;

/** The file system of the machine. */
export const nodeFileSystem: FileSystem = Object.assign(Object.create(fs) as typeof fs, { throughFlag });

/** Flags of a file that is made here and nowhere else. */
export const NEW_FILE = fs.constants.O_RDWR | fs.constants.O_CREAT | fs.constants.O_EXCL | fs.constants.O_NOFOLLOW;
/** Flags of a file that is read; a pipe in its place would hold the reader. */
export const OLD_FILE = fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW | fs.constants.O_NONBLOCK;

/** Flag of a file beside one that is open, for writes alone. */
export const WRITE_FILE = fs.constants.O_WRONLY | fs.constants.O_NOFOLLOW;

/** A call of the file system as a promise. */
export function whenDone(run: (done: Done) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    run((error) => (error === null || error === undefined ? resolve() : reject(error)));
  });
}

/** Writes all of it, however short single writes are. */
export function writeAllSync(files: FileSystem, fd: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length;) {
    const written = files.writeSync(fd, bytes, done, bytes.length - done, position + done);
    if (written <= 0) throw new Error('a write took no bytes and gave no error');
    done += written;
  }
}

/** The code of a system error, such as `ENOENT`. */
export function systemCode(error: unknown): string | undefined {
  const code: unknown = typeof error === 'object' && error !== null ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** Tells a full disk or a full quota. */
export function isFull(error: unknown): boolean {
  const code = systemCode(error);
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/** Makes what a folder lists durable. */
export function syncFolder(files: FileSystem, path: string): void {
  const fd = files.openSync(path, fs.constants.O_RDONLY | fs.constants.O_DIRECTORY);
  try {
    files.fsyncSync(fd);
  } finally {
    files.closeSync(fd);
  }
}

/** The same without blocking. */
export async function syncFolderLater(files: FileSystem, path: string): Promise<void> {
  const fd = await openLater(files, path, fs.constants.O_RDONLY | fs.constants.O_DIRECTORY);
  try {
    await whenDone((done) => files.fsync(fd, done));
  } finally {
    await whenDone((done) => files.close(fd, done));
  }
}

/** Opens a file without blocking. */
export function openLater(files: FileSystem, path: string, flags: number): Promise<number> {
  return new Promise((resolve, reject) => {
    files.open(path, flags, 0o600, (error, fd) => (error ? reject(error) : resolve(fd)));
  });
}

/** Reads a whole file. Throws where there is none. */
export function readWhole(files: FileSystem, path: string): Buffer {
  const fd = files.openSync(path, OLD_FILE);
  try {
    const bytes = Buffer.allocUnsafe(files.fstatSync(fd).size);
    let done = 0;
    while (done < bytes.length) {
      const read = files.readSync(fd, bytes, done, bytes.length - done, done);
      if (read === 0) break;
      done += read;
    }
    return bytes.subarray(0, done);
  } finally {
    files.closeSync(fd);
  }
}

/** Makes a file with all of its bytes durable, or none; false where one of that name is there. */
export function publish(files: FileSystem, path: string, draft: string, bytes: Uint8Array): boolean {
  const fd = files.openSync(draft, NEW_FILE, 0o600);
  try {
    writeAllSync(files, fd, bytes, 0);
    files.fsyncSync(fd);
  } finally {
    files.closeSync(fd);
  }
  try {
    files.linkSync(draft, path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    files.unlinkSync(draft);
  }
}
