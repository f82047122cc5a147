import fs from 'node:fs';
import { dirname, join } from 'node:path';

import { PlainFileSystem } from './plain-file-system.js';

type Done = (error: Error | null) => void;

/** Whether a sector that was written and not synced is in an image all the same. */
export type Keeps = (path: string, sector: number) => boolean;

const SECTOR_BYTES = 512;
const NOTHING = Buffer.alloc(0);

/**
 * A file system that knows what survives a power failure: bytes of files as of their last sync, names of folders as of the
 * last sync of the folder. It writes that as an image, if asked with sectors that made it to the disk unasked.
 */
export class PowerLossFileSystem extends PlainFileSystem {
  readonly #root: string;
  /** Bytes of files by number of inode. */
  readonly #bytes = new Map<number, Buffer>();
  /** Names in folders, and the inode or folder that each was. */
  readonly #names = new Map<string, Map<string, number | 'folder'>>();

  constructor(root: string) {
    super();
    this.#root = root;
    this.#note(root);
  }

  override fsyncSync(fd: number): void {
    this.#note(this.pathOf(fd), fd);
    super.fsyncSync(fd);
  }

  override fdatasyncSync(fd: number): void {
    this.#note(this.pathOf(fd), fd);
    super.fdatasyncSync(fd);
  }

  override fsync(fd: number, done: Done): void {
    const note = this.#prepare(this.pathOf(fd), fd);
    super.fsync(fd, (error) => {
      if (error === null) note();
      done(error);
    });
  }

  override fdatasync(fd: number, done: Done): void {
    const note = this.#prepare(this.pathOf(fd), fd);
    super.fdatasync(fd, (error) => {
      if (error === null) note();
      done(error);
    });
  }

  /** Writes what is left after a power failure now. */
  writeImage(target: string, keeps: Keeps = () => false): void {
    this.#writeFolder(this.#root, target, keeps);
  }

  #note(path: string, fd?: number): void {
    this.#prepare(path, fd)();
  }

  /** What a sync makes durable is what was written before it was called. */
  #prepare(path: string, fd?: number): () => void {
    const stats = fd === undefined ? fs.lstatSync(path) : fs.fstatSync(fd);
    if (stats.isDirectory()) {
      const names = new Map<string, number | 'folder'>();
      for (const name of fs.readdirSync(path)) {
        const child = fs.lstatSync(join(path, name));
        if (!child.isSocket()) names.set(name, child.isDirectory() ? 'folder' : child.ino);
      }
      // A folder is synced under names such as `a/b/..` as well.
      return () => this.#names.set(fs.realpathSync(path), names);
    }
    const bytes = readOpen(fd ?? -1, stats.size);
    return () => this.#bytes.set(stats.ino, bytes);
  }

  #writeFolder(folder: string, target: string, keeps: Keeps): void {
    fs.mkdirSync(target, { mode: 0o700 });
    for (const [name, what] of this.#names.get(fs.realpathSync(folder)) ?? []) {
      const path = join(folder, name);
      if (what === 'folder') this.#writeFolder(path, join(target, name), keeps);
      else fs.writeFileSync(join(target, name), this.#imageOf(path, what, keeps), { mode: 0o600 });
    }
  }

  #imageOf(path: string, inode: number, keeps: Keeps): Buffer {
    const durable = this.#bytes.get(inode) ?? NOTHING;
    const written = fs.existsSync(path) && fs.lstatSync(path).ino === inode ? fs.readFileSync(path) : durable;
    const isLong = written.length > durable.length && keeps(dirname(path), -1);
    const image = Buffer.alloc(isLong ? written.length : durable.length);
    durable.copy(image);
    for (let at = 0; at < image.length; at += SECTOR_BYTES) {
      if (keeps(path, at / SECTOR_BYTES)) written.copy(image, at, at, at + SECTOR_BYTES);
    }
    return image;
  }
}

/** The control: it says that it synced, and did not. */
export class CarelessFileSystem extends PowerLossFileSystem {
  override fdatasyncSync(): void {
    // The lie.
  }

  override fdatasync(_fd: number, done: Done): void {
    setImmediate(() => done(null));
  }
}

function readOpen(fd: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  fs.readSync(fd, bytes, 0, size, 0);
  return bytes;
}
