import type { SpanwrightError } from '../../core/errors.js';
import { FRAME_HEADER_BYTES } from '../frame.js';
import { auditError } from './audit-error.js';
import type { DiskSpace } from './disk-space.js';
import { MAX_FRAME_BYTES } from './group.js';
import { AHEAD_BYTES, type FileSeries } from './file-series.js';
import type { Admitted } from './store.js';

/** What waits at most. */
export interface QueueBounds {
  readonly maxQueue: number;
  readonly maxQueueBytes: number;
}

/** Counts of a writer; `refused` and the totals are the store's and shared by its writers. */
export interface StoreCounters {
  syncs: number;
  entries: number;
  lastSyncMs: number;
  /** Payloads that were kept, and those of them that are files. */
  payloads: number;
  filed: number;
  lastFilingError: unknown;
  readonly refused: Record<string, number>;
}

/** Makes counters that stand at zero. */
export function createCounters(): StoreCounters {
  return { syncs: 0, entries: 0, lastSyncMs: 0, payloads: 0, filed: 0, lastFilingError: undefined, refused: {} };
}

/** Counts what waits, and refuses what is too much. */
export class Queue {
  queued = 0;
  queuedBytes = 0;
  /** Intents whose outcome is still to come. */
  reserved = 0;
  readonly #bounds: QueueBounds;
  readonly #counters: StoreCounters;

  constructor(bounds: QueueBounds, counters: StoreCounters) {
    this.#bounds = bounds;
    this.#counters = counters;
  }

  /** Refuses an entry for which there is no room in the queue; an outcome has it since its intent. */
  check(as: Admitted, bytes: number): void {
    if (as === 'outcome') return;
    const { maxQueue, maxQueueBytes } = this.#bounds;
    const isOver = this.queued >= maxQueue || this.queuedBytes + bytes > maxQueueBytes;
    if (!isOver && (as === 'plain' || this.reserved < maxQueue)) return;
    const state = `${this.queued} entries of ${this.queuedBytes} bytes wait, ${this.reserved} calls are in flight`;
    throw this.refuse('AUDIT_QUEUE_FULL', state);
  }

  take(as: Admitted, bytes: number): void {
    if (as === 'outcome') this.release();
    this.queued++;
    this.queuedBytes += bytes;
  }

  leave(entries: number, bytes: number): void {
    this.queued -= entries;
    this.queuedBytes -= bytes;
  }

  release(): void {
    if (this.reserved > 0) this.reserved--;
  }

  /** Counts a refusal and makes its error. */
  refuse(code: 'AUDIT_QUEUE_FULL' | 'AUDIT_DISK_LOW', what: string): SpanwrightError {
    this.#counters.refused[code] = (this.#counters.refused[code] ?? 0) + 1;
    return auditError(code, what);
  }
}

/** A queue that keeps room on the disk for the outcome of every intent that it took. */
export class Admission extends Queue {
  readonly #space: DiskSpace;
  readonly #series: FileSeries;

  constructor(bounds: QueueBounds, counters: StoreCounters, space: DiskSpace, series: FileSeries) {
    super(bounds, counters);
    this.#space = space;
    this.#series = series;
  }

  /** Bytes to have allocated for what waits and what was promised. */
  get wanted(): number {
    return this.queuedBytes + this.reserved * MAX_FRAME_BYTES;
  }

  admit(as: Admitted, bytes: number): void {
    if (as === 'outcome') return;
    this.check(as, bytes);
    const wanted = this.wanted + bytes + FRAME_HEADER_BYTES + (as === 'intent' ? MAX_FRAME_BYTES : 0);
    const spare = this.#space.spareBytes();
    if (spare < 0 || wanted - AHEAD_BYTES > spare || !this.#series.ensure(wanted)) {
      this.#space.forget();
      throw this.refuse(
        'AUDIT_DISK_LOW',
        `the disk has ${spare} bytes above what is kept free, ${wanted} may be needed`,
      );
    }
    if (as === 'intent') this.reserved++;
  }
}
