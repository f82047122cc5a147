import type { Entry } from '#lib/audit/entry.js';
import type {
  Admitted,
  Append,
  LedgerReader,
  LedgerStore,
  LedgerWriter,
  Liveness,
  StoreGauges,
  StoredEntry,
} from '#lib/audit/stores/store.js';
import { createUlid } from '#lib/audit/ulid.js';
import { SpanwrightError } from '#lib/core/errors.js';

/** What becomes of an entry: kept; failed and nothing of it there; failed and there all the same; late by some time. */
export type Fate = 'kept' | 'lost' | 'kept and failed' | 'late';

interface Kept {
  readonly bytes: Buffer;
}

interface Head {
  readonly wseq: number;
  readonly hash: string;
  readonly isNamed: boolean;
}

class FaultWriter implements LedgerWriter {
  readonly wid: string;
  durable = 0;
  poison: Error | undefined;
  isOpen = true;
  readonly #store: FaultStore;

  constructor(wid: string, store: FaultStore) {
    this.wid = wid;
    this.#store = store;
  }

  admit(as: Admitted, bytes: number): void {
    const code = this.#store.refuses(as, bytes);
    if (as !== 'outcome' && code !== undefined) throw new SpanwrightError(code, 'the store refuses');
  }

  append({ entry, payload }: Append): Promise<void> {
    if (this.poison !== undefined) return Promise.reject(this.poison);
    const bytes = Buffer.from(entry);
    const fate = this.#store.fateOf(JSON.parse(bytes.toString()) as Entry);
    if (fate !== 'lost') {
      this.#store.chains.get(this.wid)?.push({ bytes });
      if (payload !== undefined) this.#store.payloads.set(payload.ref, Buffer.from(payload.bytes));
    }
    if (fate === 'kept') {
      this.durable++;
      return Promise.resolve();
    }
    if (fate === 'late') {
      this.#store.onRelease(() => this.durable++);
      return Promise.reject(new SpanwrightError('AUDIT_INTENT_NOT_DURABLE', 'too late'));
    }
    this.poison = new Error('EIO: i/o error, fdatasync');
    return Promise.reject(this.poison);
  }

  appendSync({ entry }: Append): void {
    if (this.poison !== undefined) throw this.poison;
    const bytes = Buffer.from(entry);
    const fate = this.#store.fateOf(JSON.parse(bytes.toString()) as Entry);
    if (fate !== 'lost') this.#store.chains.get(this.wid)?.push({ bytes });
    if (fate === 'kept') {
      this.durable++;
      return;
    }
    this.poison = new Error('EIO: i/o error, fdatasync');
    throw this.poison;
  }

  canKeep(): boolean {
    return this.#store.hasRoom;
  }

  release(): void {
    // It reserves nothing.
  }

  doom(error: Error): void {
    this.poison ??= error;
  }

  async close(): Promise<void> {
    this.closeSync();
    await Promise.resolve();
  }

  closeSync(): void {
    this.isOpen = false;
  }
}

/** A ledger in memory whose writes fail as a spec says. Processes that are gone are writers that `kill` closes. */
export class FaultStore implements LedgerStore {
  readonly name = 'fault';
  readonly isDurable = false;
  readonly directory = undefined;
  readonly chains = new Map<string, Kept[]>();
  readonly payloads = new Map<string, Buffer>();
  readonly droppedBytes = new Map<string, number>();
  /** Decides of each entry. */
  fateOf: (entry: Entry) => Fate = () => 'kept';
  /** Decides what is refused before it gets a number. */
  refuses: (as: Admitted, bytes: number) => 'AUDIT_QUEUE_FULL' | 'AUDIT_DISK_LOW' | undefined = () => undefined;
  /** Whether payloads of outcomes have room. */
  hasRoom = true;
  readonly #writers = new Map<string, FaultWriter>();
  readonly #settled = new Map<string, Head>();
  readonly #claims = new Map<string, string[]>();
  readonly #late: (() => void)[] = [];
  readonly #identity = Buffer.from(
    JSON.stringify({ createdAt: '', format: 'spanwright-ledger/1', inc: createUlid(), lid: createUlid() }),
  );

  identity(): Uint8Array {
    return this.#identity;
  }

  openWriter(wid = createUlid()): LedgerWriter {
    const writer = new FaultWriter(wid, this);
    this.#writers.set(wid, writer);
    this.chains.set(wid, []);
    return writer;
  }

  writers(): string[] {
    return [...this.chains.keys()].toSorted();
  }

  settled(): ReadonlyMap<string, Head> {
    return new Map(this.#settled);
  }

  settle(wid: string, head: Head): void {
    this.#settled.set(wid, head);
  }

  reader(wid: string): LedgerReader {
    const kept = this.chains.get(wid) ?? [];
    const droppedBytes = this.droppedBytes.get(wid) ?? 0;
    return {
      wid,
      entries: () => kept.map(({ bytes }, offset): StoredEntry => ({ bytes, file: wid, offset, synced: 0 })),
      tail: () => ({ file: wid, offset: kept.length, droppedBytes, state: droppedBytes > 0 ? 'torn' : 'clean' }),
    };
  }

  async liveness(wid: string): Promise<Liveness> {
    await Promise.resolve();
    return this.#writers.get(wid)?.isOpen === true ? 'alive' : 'dead';
  }

  async claim(wid: string, by: string): Promise<{ granted: boolean; former: string[] }> {
    const holders = this.#claims.get(wid) ?? [];
    this.#claims.set(wid, holders);
    const last = holders.at(-1);
    if (last !== undefined && (await this.liveness(last)) !== 'dead') return { granted: false, former: [] };
    // Another may have been faster while this one looked.
    if (holders.at(-1) !== last) return { granted: false, former: [] };
    const former = [...holders];
    holders.push(by);
    return { granted: true, former };
  }

  payload(ref: string): Uint8Array | undefined {
    return this.payloads.get(ref);
  }

  faults(): string[] {
    return [];
  }

  gauges(): StoreGauges {
    return { queued: 0, queuedBytes: 0, syncs: 0, entries: 0, refused: {}, lastSyncMs: 0, pendingPayloads: 0 };
  }

  /** Remembers what happens when late syncs return. */
  onRelease(run: () => void): void {
    this.#late.push(run);
  }

  /** Late syncs return now. */
  release(): void {
    for (const run of this.#late.splice(0)) run();
  }

  /** The process of these writers is gone. */
  kill(...wids: readonly string[]): void {
    for (const wid of wids) {
      const writer = this.#writers.get(wid);
      writer?.closeSync();
      writer?.doom(new Error('the process is gone'));
    }
  }

  /** Every entry, writer by writer. */
  entries(): Entry[] {
    return this.writers().flatMap((wid) => this.entriesOf(wid));
  }

  /** The entries of one writer. */
  entriesOf(wid: string): Entry[] {
    return (this.chains.get(wid) ?? []).map(({ bytes }) => JSON.parse(bytes.toString()) as Entry);
  }
}
