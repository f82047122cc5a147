/** What an entry needs of the store: an intent reserves room for its outcome, which is then never refused. */
export type Admitted = 'intent' | 'outcome' | 'plain';

/** A payload that must be durable no later than its entry. */
export interface StoredPayload {
  /** SHA-256 of `bytes`, hexadecimal; the name of its file. */
  readonly ref: string;
  /** Cipher text as it is kept. */
  readonly bytes: Uint8Array;
}

/** One entry on its way into a store. */
export interface Append {
  /** Canonical bytes of the entry; copied before `append` returns. */
  readonly entry: Uint8Array;
  readonly as: Admitted;
  readonly payload?: StoredPayload | undefined;
}

/**
 * What a store does with one chain of entries. One writer is one start of one process; it never writes where another has.
 *
 * MUST: a promise of `append` resolves only after the bytes of the entry, its payload and every entry before it survive a
 * power failure on honest storage. They resolve in the order of the calls. After a failed or doubtful write or sync every
 * later append is refused with `AUDIT_POISONED`, and no sync is tried again.
 */
export interface LedgerWriter {
  readonly wid: string;
  /** Entries handed over so far that are durable. */
  readonly durable: number;
  /** Why nothing is taken any more. */
  readonly poison: Error | undefined;
  /**
   * Throws at once, and keeps nothing: `AUDIT_QUEUE_FULL`, `AUDIT_DISK_LOW` (intents and plain entries alone),
   * `AUDIT_POISONED`. Call it before numbers are given out, in the turn of `append`. With `as: 'intent'` room for the entry,
   * its payload and its outcome is reserved. After `AUDIT_DISK_LOW` only a new writer takes intents again.
   */
  admit(as: Admitted, bytes: number, payloadBytes?: number): void;
  /** Takes an entry that was admitted. Rejects with `AUDIT_INTENT_NOT_DURABLE` after the deadline, or with what failed. */
  append(append: Append): Promise<void>;
  /** The same, and the loop waits for it: what was handed over before is durable then as well. Throws. */
  appendSync(append: Append): void;
  /** Whether a payload of so many bytes has room; asked in the turn of `append`. An outcome whose payload has none is written without its `ref`. */
  canKeep(bytes: number): boolean;
  /** Gives back the room of an intent whose outcome will not be written. */
  release(): void;
  /** Refuses everything from now on. */
  doom(error: Error): void;
  /**
   * Waits for what was handed over, cuts what was allocated ahead and closes the file. Twice is harmless. Rejects with
   * `AUDIT_INTENT_NOT_DURABLE` after the deadline: entries may still arrive then, until it is asked again and resolves.
   */
  close(): Promise<void>;
  /** The same without waiting, for a process that leaves. */
  closeSync(): void;
}

/** One entry as a store gives it back. */
export interface StoredEntry {
  readonly bytes: Uint8Array;
  /** Where it stands: the file and the offset of its frame. */
  readonly file: string;
  readonly offset: number;
  /** How many entries of the writer were durable when this one was written. */
  readonly synced: number;
}

/** What follows the last entry of a writer. */
export interface StoredTail {
  readonly file: string;
  readonly offset: number;
  /** Bytes that are neither an entry nor zeros. */
  readonly droppedBytes: number;
  /**
   * `clean`: nothing but zeros. `torn`: what a crash leaves of entries that nobody was told of. `broken`: entries that were
   * durable, or cannot be a crash's, do not read.
   */
  readonly state: 'clean' | 'torn' | 'broken';
  /** What is wrong there, for people. */
  readonly problem?: string;
}

/** Reads one writer's chain. `next` gives entries until the tail is reached. */
export interface LedgerReader {
  readonly wid: string;
  entries(): Iterable<StoredEntry>;
  /** Known once `entries` ended. */
  tail(): StoredTail;
}

/** How alive a writer is. */
export type Liveness = 'alive' | 'dead' | 'self';

/** Counters of a store, for `health()` and `doctor`. */
export interface StoreGauges {
  readonly queued: number;
  readonly queuedBytes: number;
  readonly syncs: number;
  readonly entries: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly lastSyncMs: number;
  readonly pendingPayloads: number;
}

/** A ledger as a reader sees it. */
export interface LedgerSource {
  readonly name: string;
  /** Of a folder; undefined for the memory. */
  readonly directory: string | undefined;
  /** Bytes of `ledger.json`. */
  identity(): Uint8Array;
  /** Every writer that the store knows, oldest first. */
  writers(): string[];
  /** Writers that ended and whose calls all have an outcome, with the last entry; a hint to save reading, no evidence. */
  settled(): ReadonlyMap<string, { readonly wseq: number; readonly hash: string; readonly isNamed: boolean }>;
  reader(wid: string): LedgerReader;
  liveness(wid: string): Promise<Liveness>;
  /** Bytes of a payload, wherever they wait; undefined where there are none. The name is for the caller to check. */
  payload(ref: string): Uint8Array | undefined;
  /** Rights and owners for which the ledger would not be opened to write, for people. */
  faults(): string[];
}

/** Where a ledger lives. `isDurable` says whether it outlives the process. */
export interface LedgerStore extends LedgerSource {
  readonly isDurable: boolean;
  /** Starts a chain of its own. */
  openWriter(): LedgerWriter;
  /** Notes such a hint. `isNamed`: a later genesis names its last entry. */
  settle(wid: string, head: { readonly wseq: number; readonly hash: string; readonly isNamed: boolean }): void;
  /** Takes the right to recover a dead writer; false where a living one has it. Of a dead holder it is taken over, and who that was is told. */
  claim(wid: string, by: string): Promise<{ readonly granted: boolean; readonly former: readonly string[] }>;
  gauges(): StoreGauges;
}
