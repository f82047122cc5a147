import { createCounters } from './admission.js';
import { createUlid } from '../ulid.js';
import { createIdentity } from './identity.js';
import { MemoryWriter } from './memory-writer.js';
import type { LedgerReader, LedgerStore, LedgerWriter, Liveness, StoreGauges } from './store.js';

const MAX_QUEUE = 100_000;
const MAX_QUEUE_BYTES = 67_108_864;

/** Bounds of a memory store. */
export interface MemoryStoreOptions {
  readonly maxQueue?: number | undefined;
  readonly maxQueueBytes?: number | undefined;
}

/** A ledger that ends with the process: for tests, and for programs that say that they want none. */
class MemoryStore implements LedgerStore {
  readonly name = 'memory';
  readonly isDurable = false;
  readonly directory = undefined;
  readonly #bounds: { readonly maxQueue: number; readonly maxQueueBytes: number };
  readonly #identity = createIdentity();
  readonly #writers = new Map<string, MemoryWriter>();
  readonly #settled = new Map<string, { readonly wseq: number; readonly hash: string; readonly isNamed: boolean }>();
  readonly #claims = new Map<string, string[]>();
  readonly #payloads = new Map<string, Uint8Array>();
  readonly #counters = createCounters();

  constructor({ maxQueue = MAX_QUEUE, maxQueueBytes = MAX_QUEUE_BYTES }: MemoryStoreOptions) {
    this.#bounds = { maxQueue, maxQueueBytes };
  }

  identity(): Uint8Array {
    return this.#identity;
  }

  openWriter(): LedgerWriter {
    const writer = new MemoryWriter(createUlid(), this.#bounds, this.#counters, this.#payloads);
    this.#writers.set(writer.wid, writer);
    return writer;
  }

  writers(): string[] {
    return [...this.#writers.keys()];
  }

  settled(): ReadonlyMap<string, { readonly wseq: number; readonly hash: string; readonly isNamed: boolean }> {
    return new Map(this.#settled);
  }

  settle(wid: string, head: { readonly wseq: number; readonly hash: string; readonly isNamed: boolean }): void {
    this.#settled.set(wid, head);
  }

  reader(wid: string): LedgerReader {
    const entries = this.#writers.get(wid)?.entries ?? [];
    const tail = { file: wid, offset: entries.length, droppedBytes: 0, state: 'clean' } as const;
    return { wid, entries: () => entries, tail: () => tail };
  }

  liveness(wid: string): Promise<Liveness> {
    return Promise.resolve(this.#writers.get(wid)?.isOpen === true ? 'self' : 'dead');
  }

  claim(wid: string, by: string): Promise<{ readonly granted: boolean; readonly former: readonly string[] }> {
    const holders = this.#claims.get(wid) ?? [];
    const holder = holders.at(-1);
    const former = holders.filter((other) => other !== by && this.#writers.get(other)?.isOpen !== true);
    if (holder !== undefined && holder !== by && this.#writers.get(holder)?.isOpen === true) {
      return Promise.resolve({ granted: false, former });
    }
    if (holder !== by) this.#claims.set(wid, [...holders, by]);
    return Promise.resolve({ granted: true, former });
  }

  payload(ref: string): Uint8Array | undefined {
    return this.#payloads.get(ref);
  }

  faults(): string[] {
    return [];
  }

  gauges(): StoreGauges {
    const { syncs, entries, lastSyncMs, refused } = this.#counters;
    let queued = 0;
    let queuedBytes = 0;
    for (const writer of this.#writers.values()) {
      queued += writer.queued;
      queuedBytes += writer.queuedBytes;
    }
    return { queued, queuedBytes, syncs, entries, lastSyncMs, refused: { ...refused }, pendingPayloads: 0 };
  }
}

/** Makes a ledger in the memory of the process; `isDurable` says that it outlives nothing. */
export function createMemoryStore(options: MemoryStoreOptions = {}): LedgerStore {
  return new MemoryStore(options);
}
