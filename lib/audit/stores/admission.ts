import type { SpanwrightError } from '../../core/errors.js';
import { FRAME_HEADER_BYTES } from '../frame.js';
import { auditError } from './audit-error.js';
import type { DiskSpace } from './disk-space.js';
import { MAX_FRAME_BYTES } from './group.js';
import { PAYLOAD_HEADER_BYTES } from './payload-frame.js';
import type { Admitted } from './store.js';

/** Bytes allocated ahead at most for entries. */
const AHEAD_BYTES = 15_728_640;
/** What is written without having been admitted: the last entry, and one that says what was refused. */
const LAST_ENTRIES_BYTES = 2 * MAX_FRAME_BYTES;

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
  /** Those of them that are payloads. */
  queuedPayloadBytes = 0;
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

  take(as: Admitted, bytes: number, payloadBytes: number): void {
    if (as === 'outcome') this.release();
    this.queued++;
    this.queuedBytes += bytes + payloadBytes;
    this.queuedPayloadBytes += payloadBytes;
  }

  leave(entries: number, bytes: number, payloadBytes: number): void {
    this.queued -= entries;
    this.queuedBytes -= bytes + payloadBytes;
    this.queuedPayloadBytes -= payloadBytes;
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

/** Where entries go and where payloads go: each says whether it has, or gets, so many bytes ahead. */
export interface Rooms {
  readonly entries: { ensure(bytes: number): boolean };
  readonly payloads: { ensure(bytes: number): boolean };
}

/**
 * A queue that keeps room on the disk for the outcome of every intent that it took. Once there was too little it takes no
 * more, also when there is more again: that is for `recover` to say.
 */
export class Admission extends Queue {
  readonly #space: DiskSpace;
  readonly #rooms: Rooms;
  #isLow = false;

  constructor(bounds: QueueBounds, counters: StoreCounters, space: DiskSpace, rooms: Rooms) {
    super(bounds, counters);
    this.#space = space;
    this.#rooms = rooms;
  }

  /** Bytes to have allocated for entries: those that wait, outcomes to come, and what is written at the end. */
  get wanted(): number {
    return Math.min(AHEAD_BYTES, this.#promised + LAST_ENTRIES_BYTES);
  }

  admit(as: Admitted, bytes: number, payloadBytes: number): void {
    if (as === 'outcome') return;
    this.check(as, bytes + payloadBytes);
    const needed = this.#promised + bytes + FRAME_HEADER_BYTES + (as === 'intent' ? MAX_FRAME_BYTES : 0);
    if (!this.#hasRoom(needed + LAST_ENTRIES_BYTES) || (payloadBytes > 0 && !this.canKeep(payloadBytes))) {
      this.#isLow = true;
      throw this.refuse('AUDIT_DISK_LOW', `the disk has too little room for ${needed + payloadBytes} bytes`);
    }
    if (as === 'intent') this.reserved++;
  }

  /** Whether a payload has room beside those that wait; it is allocated. */
  canKeep(bytes: number): boolean {
    const payloadBytes = this.queuedPayloadBytes + bytes + PAYLOAD_HEADER_BYTES * (this.queued + 1);
    return this.#space.spareBytes() >= bytes && this.#rooms.payloads.ensure(payloadBytes);
  }

  get #promised(): number {
    return this.queuedBytes - this.queuedPayloadBytes + this.reserved * MAX_FRAME_BYTES;
  }

  #hasRoom(bytes: number): boolean {
    if (this.#isLow) return false;
    const spare = this.#space.spareBytes();
    // What is beyond that which is allocated must at least be free.
    return spare >= Math.max(0, bytes - AHEAD_BYTES) && this.#rooms.entries.ensure(Math.min(AHEAD_BYTES, bytes));
  }
}
