import { FRAME_HEADER_BYTES, writeFrame, writeSynced } from '../frame.js';
import { MAX_ENTRY_BYTES } from '../entry.js';
import type { StoredPayload } from './store.js';

/** The most entries of a group. */
export const GROUP_ENTRIES = 512;
/** The most bytes of a group's frames, and of its payloads but for the last. */
export const GROUP_BYTES = 1_048_576;
/** The most bytes of a frame. */
export const MAX_FRAME_BYTES = FRAME_HEADER_BYTES + MAX_ENTRY_BYTES;

/** Several groups, so that none is cut short by the end of its memory; pages that are not touched cost nothing. */
const SLAB_BYTES = 4 * GROUP_BYTES;
const KEPT_SLABS = 1;

/** Memory that groups are laid into one after the other. */
interface Slab {
  readonly bytes: Buffer;
  used: number;
  users: number;
}

/** Entries that become durable together. They share one promise. */
export class Group {
  readonly slab: Slab;
  readonly start: number;
  /** When the first of them was handed over, of the clock of deadlines. */
  readonly sinceMs: number;
  readonly promise: Promise<void>;
  length = 0;
  entries = 0;
  payloads: StoredPayload[] | undefined;
  payloadBytes = 0;
  /** Whether its promise is settled. */
  isSettled = false;
  /** Whether those who wait were told that it takes too long. */
  isLate = false;
  #resolve: () => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;

  constructor(slab: Slab, sinceMs: number) {
    this.slab = slab;
    this.start = slab.used;
    this.sinceMs = sinceMs;
    slab.users++;
    this.promise = new Promise<void>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Whoever does not wait for an entry learns of a failure from `poison`.
    this.promise.catch(() => undefined);
  }

  /** Whether another entry goes in. */
  takes(entry: Uint8Array): boolean {
    const length = FRAME_HEADER_BYTES + entry.length;
    return (
      this.entries < GROUP_ENTRIES &&
      this.payloadBytes < GROUP_BYTES &&
      this.slab.used === this.start + this.length &&
      this.length + length <= GROUP_BYTES
    );
  }

  add(entry: Uint8Array, payload: StoredPayload | undefined, synced: number): void {
    const end = writeFrame(this.slab.bytes, this.slab.used, entry, synced);
    this.length += end - this.slab.used;
    this.slab.used = end;
    this.entries++;
    if (payload === undefined) return;
    (this.payloads ??= []).push(payload);
    this.payloadBytes += payload.bytes.length;
  }

  /** Says in the first frame how many entries are durable now: those before may have become so since. */
  stamp(synced: number): void {
    writeSynced(this.slab.bytes, this.start, synced);
  }

  get bytes(): Buffer {
    return this.slab.bytes.subarray(this.start, this.start + this.length);
  }

  resolve(): void {
    this.isSettled = true;
    this.#resolve();
  }

  reject(error: Error): void {
    this.isSettled = true;
    this.#reject(error);
  }

  /** Those who wait are told; the bytes go on. */
  giveUpWaiting(error: Error): void {
    this.isLate = true;
    this.#reject(error);
  }
}

/** Gives groups their memory, and takes it back. */
export class GroupMemory {
  readonly #free: Slab[] = [];
  #current: Slab | undefined;

  /** An empty group. */
  open(sinceMs: number): Group {
    let slab = this.#current;
    if (slab === undefined || slab.used + GROUP_BYTES > SLAB_BYTES) {
      slab = this.#free.pop() ?? { bytes: Buffer.allocUnsafeSlow(SLAB_BYTES), used: 0, users: 0 };
      this.#current = slab;
    }
    return new Group(slab, sinceMs);
  }

  /** Called once for each group, when nothing reads its bytes any more. */
  release(group: Group): void {
    const { slab } = group;
    slab.users--;
    if (slab.users > 0) return;
    if (slab === this.#current) slab.used = 0;
    else this.#keep(slab);
  }

  #keep(slab: Slab): void {
    slab.used = 0;
    if (this.#free.length < KEPT_SLABS) this.#free.push(slab);
  }
}
