import { FRAME_HEADER_BYTES } from '../frame.js';
import { Queue, type QueueBounds, type StoreCounters } from './admission.js';
import { auditError } from './audit-error.js';
import type { Admitted, Append, LedgerWriter, StoredEntry } from './store.js';

/** Keeps one chain in an array. What is appended stands at the end of the turn, so that callers meet the order of a disk. */
export class MemoryWriter implements LedgerWriter {
  readonly wid: string;
  durable = 0;
  poison: Error | undefined;
  isOpen = true;
  readonly entries: StoredEntry[] = [];
  readonly #queue: Queue;
  readonly #counters: StoreCounters;
  readonly #payloads: Map<string, Uint8Array>;
  #waiting: Append[] = [];
  #group: Promise<void> | undefined;

  constructor(wid: string, bounds: QueueBounds, counters: StoreCounters, payloads: Map<string, Uint8Array>) {
    this.wid = wid;
    this.#queue = new Queue(bounds, counters);
    this.#counters = counters;
    this.#payloads = payloads;
  }

  get queued(): number {
    return this.#queue.queued;
  }

  get queuedBytes(): number {
    return this.#queue.queuedBytes;
  }

  admit(as: Admitted, bytes: number, payloadBytes = 0): void {
    if (this.poison !== undefined) throw this.poison;
    this.#queue.check(as, bytes + payloadBytes);
    if (as === 'intent') this.#queue.reserved++;
  }

  append(append: Append): Promise<void> {
    if (this.poison !== undefined) return Promise.reject(this.poison);
    this.#take(append);
    this.#group ??= new Promise((resolve) => {
      setImmediate(() => {
        this.#write();
        resolve();
      });
    });
    return this.#group;
  }

  appendSync(append: Append): void {
    if (this.poison !== undefined) throw this.poison;
    this.#take(append);
    this.#write();
  }

  canKeep(): boolean {
    return this.poison === undefined;
  }

  release(): void {
    this.#queue.release();
  }

  doom(error: Error): void {
    this.poison ??= error;
  }

  close(): Promise<void> {
    this.closeSync();
    return Promise.resolve();
  }

  closeSync(): void {
    this.doom(auditError('AUDIT_CLOSED', 'the ledger was closed'));
    this.isOpen = false;
    this.#write();
  }

  #take({ entry, as, payload }: Append): void {
    this.#queue.take(as, FRAME_HEADER_BYTES + entry.length, payload?.bytes.length ?? 0);
    this.#waiting.push({ entry: Uint8Array.from(entry), as, payload });
  }

  #write(): void {
    this.#group = undefined;
    const synced = this.durable;
    for (const { entry, payload } of this.#waiting) {
      if (payload !== undefined) this.#payloads.set(payload.ref, payload.bytes);
      this.entries.push({ bytes: entry, file: this.wid, offset: this.entries.length, synced });
      this.durable++;
      this.#queue.leave(1, FRAME_HEADER_BYTES + entry.length, payload?.bytes.length ?? 0);
    }
    if (this.durable > synced) this.#counters.syncs++;
    this.#counters.entries += this.durable - synced;
    this.#waiting = [];
  }
}
