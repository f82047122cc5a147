import { join } from 'node:path';
import type { AheadFile } from './ahead-file.js';
import { FileSeries } from './file-series.js';
import type { FileSystem } from './file-system.js';
import type { Group } from './group.js';
import { framePayloads } from './payload-frame.js';

const EMPTY = new Uint8Array(0);
const AHEAD_BYTES = 1_048_576;
/** After so long without a payload those that wait become files. */
const IDLE_MS = 1000;

/** Payloads of a group on their way into a journal. */
export interface JournalBatch {
  readonly file: AheadFile;
  readonly position: number;
  readonly bytes: Buffer;
}

/** What a journal is made of. */
export interface PayloadJournalParts {
  readonly files: FileSystem;
  readonly folder: string;
  readonly wid: string;
  readonly onDoubt: (error: Error) => void;
  /** Whether nothing is on its way into the journal. */
  readonly isStill: () => boolean;
  /** Told of a journal that takes no more. */
  readonly onEnded: (path: string) => void;
}

/** Keeps the payloads of one writer until they are files: made with the first payload. */
export class PayloadJournal {
  readonly #series: FileSeries;
  readonly #isStill: () => boolean;
  #timer: NodeJS.Timeout | undefined;
  #lastMs = 0;
  readonly #check = (): void => {
    this.#timer = undefined;
    const leftMs = this.#lastMs + IDLE_MS - performance.now();
    if (leftMs > 0 || !this.#isStill()) this.#arm(Math.max(leftMs, IDLE_MS / 2));
    else this.#series.turn();
  };

  constructor(parts: PayloadJournalParts) {
    const { files, folder, wid, onDoubt, onEnded } = parts;
    this.#isStill = parts.isStill;
    this.#series = new FileSeries({
      files,
      folder,
      pathOf: (number) => join(folder, `${wid}-${String(number).padStart(6, '0')}.journal`),
      headerOf: () => EMPTY,
      maxPlaceBytes: Number.MAX_SAFE_INTEGER,
      // Before their entries, and so in two steps.
      isThrough: false,
      onDoubt,
      onEnded,
    });
  }

  /** Allocates in the call until there is room; false where the disk is full. */
  ensure(bytes: number): boolean {
    return this.#series.ensure(bytes);
  }

  /** Finds a place for the payloads of a group; undefined where that has to wait. */
  place(group: Group, onReady: () => void): JournalBatch | undefined {
    const bytes = this.#frame(group);
    const file = this.#series.place(bytes.length, onReady);
    return file === undefined ? undefined : this.#batch(file, bytes);
  }

  /** The same in the call. */
  placeSync(group: Group): JournalBatch {
    const bytes = this.#frame(group);
    return this.#batch(this.#series.placeSync(bytes.length), bytes);
  }

  /** Notes that a batch stands. */
  landed(): void {
    this.#lastMs = performance.now();
    if (this.#timer === undefined) this.#arm(IDLE_MS);
    this.#series.topUp(AHEAD_BYTES);
  }

  /** Resolves when nothing uses the current journal any more. */
  idle(): Promise<void> {
    return this.#series.idle();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#series.close();
  }

  abandon(): void {
    clearTimeout(this.#timer);
    this.#series.abandon();
  }

  #arm(ms: number): void {
    this.#timer = setTimeout(this.#check, ms);
    this.#timer.unref();
  }

  #frame(group: Group): Buffer {
    return framePayloads(group.payloads ?? [], group.payloadBytes);
  }

  #batch(file: AheadFile, bytes: Buffer): JournalBatch {
    return { file, position: file.position, bytes };
  }
}
