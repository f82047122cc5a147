import type { FileSystem } from './file-system.js';

const MIN_FREE_BYTES = 67_108_864;
const MIN_FREE_RATIO = 0.02;
// One `statfs` costs some microseconds.
const LOOK_EVERY_MS = 50;

/** How much room the disk has above what is kept free. */
export class DiskSpace {
  readonly #files: FileSystem;
  readonly #directory: string;
  readonly #minFreeBytes: number | undefined;
  #lookedAtMs = Number.NEGATIVE_INFINITY;
  #spareBytes = 0;

  constructor(files: FileSystem, directory: string, minFreeBytes?: number) {
    this.#files = files;
    this.#directory = directory;
    this.#minFreeBytes = minFreeBytes;
  }

  /** Bytes above low water, as of a moment ago; negative below it. */
  spareBytes(): number {
    const nowMs = performance.now();
    if (nowMs - this.#lookedAtMs >= LOOK_EVERY_MS) {
      const { bavail, blocks, bsize } = this.#files.statfsSync(this.#directory);
      const minFree = this.#minFreeBytes ?? Math.max(MIN_FREE_BYTES, blocks * bsize * MIN_FREE_RATIO);
      this.#spareBytes = bavail * bsize - minFree;
      this.#lookedAtMs = nowMs;
    }
    return this.#spareBytes;
  }

  /** Has the next question look again. */
  forget(): void {
    this.#lookedAtMs = Number.NEGATIVE_INFINITY;
  }
}
