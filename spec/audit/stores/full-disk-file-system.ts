import type fs from 'node:fs';

import { systemError } from './faulty-file-system.js';
import { PlainFileSystem } from './plain-file-system.js';

type Written = (error: Error | null, written: number) => void;

const BLOCK_BYTES = 4096;

/**
 * A file system on a disk of so many bytes. Writes over what is there cost nothing; the one that does not fit is short. Syncs
 * do nothing: here nothing is lost, and two hundred disks are filled.
 */
export class FullDiskFileSystem extends PlainFileSystem {
  left: number;
  /** Whether `statfs` knows how much is left. */
  readonly #isHonest: boolean;
  readonly #ends = new Map<string, number>();

  constructor(left: number, isHonest: boolean) {
    super();
    this.left = left;
    this.#isHonest = isHonest;
  }

  override statfsSync(path: string): fs.StatsFs {
    const bavail = this.#isHonest ? Math.floor(this.left / BLOCK_BYTES) : 1e9;
    return Object.assign(super.statfsSync(path), { bavail, bsize: BLOCK_BYTES, blocks: 1e9 });
  }

  override writeSync(fd: number, buffer: Uint8Array, offset: number, length: number, position: number): number {
    const taken = this.#take(fd, length, position);
    if (taken === 0) throw systemError('ENOSPC');
    return super.writeSync(fd, buffer, offset, taken, position);
  }

  override write(
    fd: number,
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
    done: Written,
  ): void {
    const taken = this.#take(fd, length, position);
    if (taken === 0) setImmediate(() => done(systemError('ENOSPC'), 0));
    else super.write(fd, buffer, offset, taken, position, done);
  }

  override fdatasync(_fd: number, done: (error: Error | null) => void): void {
    setImmediate(done, null);
  }

  override fsync(_fd: number, done: (error: Error | null) => void): void {
    setImmediate(done, null);
  }

  override fdatasyncSync(): void {
    // As above.
  }

  override fsyncSync(): void {
    // As above.
  }

  /** How many bytes of a write fit. */
  #take(fd: number, length: number, position: number): number {
    const path = this.pathOf(fd);
    const end = this.#ends.get(path) ?? 0;
    const fitting = Math.min(length, Math.max(0, end - position) + this.left);
    const growth = Math.max(0, position + fitting - end);
    this.left -= growth;
    this.#ends.set(path, end + growth);
    return fitting;
  }
}
