import type { AuditLevel, AuditStatus, EntryError, EntryUsage } from './entry-fields.js';

/** What an entry of one's own says. */
export type OwnEntry =
  | { readonly kind: 'note'; readonly data: unknown }
  | { readonly kind: 'run'; readonly run: string; readonly data?: unknown };

/** Where an entry stands once it is durable. */
export interface Receipt {
  readonly wid: string;
  readonly wseq: number;
  /** Leaf hash, hexadecimal. */
  readonly hash: string;
}

/** Something that was sent or came back: a value of the program, or bytes as they went over the wire. */
export type Captured = { readonly value: unknown } | { readonly bytes: Uint8Array; readonly media: string };

/** What is known of a call before it is made. */
export interface CallStart {
  /** Default a new one. */
  readonly id?: string | undefined;
  /** From 1. Default 1. */
  readonly attempt?: number | undefined;
  readonly parent?: { readonly id: string; readonly seq: number } | undefined;
  readonly run?: string | undefined;
  readonly row?: string | undefined;
  readonly traceparent?: string | undefined;
  readonly op: { readonly class?: string | undefined; readonly method: string };
  readonly actor?: { readonly type: string; readonly id?: string | undefined } | undefined;
  readonly system: string;
  readonly provider?: string | undefined;
  /** Host and port; a fingerprint of it is kept. */
  readonly host?: string | undefined;
  readonly model?: string | undefined;
  /** Default the ledger's. */
  readonly level?: AuditLevel | undefined;
  readonly request?: Captured | undefined;
}

/** What is known of a call when it is over. */
export interface CallEnd {
  readonly status: Exclude<AuditStatus, 'unknown'>;
  readonly error?: EntryError | undefined;
  readonly usage?: EntryUsage | undefined;
  readonly provider?: string | undefined;
  readonly model?: string | undefined;
  readonly traceparent?: string | undefined;
  /** What came back at once; of a stream what `chunk` was told is taken. */
  readonly response?: Captured | undefined;
}

/** A call whose intent is durable. */
export interface RecordedCall {
  readonly id: string;
  readonly attempt: number;
  /** Number of the next call below this one. */
  nextChild(): number;
  /** One item of a stream: a value, or bytes. Never throws. */
  chunk(item: Captured): void;
  /** Resolves when the outcome is durable; else rejects with `AUDIT_OUTCOME_LOST`, and the ledger is poisoned. Once. */
  end(end: CallEnd, cause?: { readonly thrown: unknown }): Promise<void>;
  /** The same in the call. */
  endSync(end: CallEnd, cause?: { readonly thrown: unknown }): void;
}

/** What recovering found. */
export interface RecoveryReport {
  /** Writers that were gone. */
  readonly writers: number;
  /** Calls that got an outcome `unknown`. */
  readonly unknown: number;
  /** Bytes after last entries that are none. */
  readonly droppedBytes: number;
}

/** How a ledger is. */
export interface LedgerHealth {
  readonly state: 'open' | 'poisoned' | 'closed';
  /** Calls whose intent is durable and whose outcome is not yet. */
  readonly inFlight: number;
  /** Entries that are durable, of this process. */
  readonly entries: number;
  /** Entries that wait for a sync. */
  readonly queued: number;
  readonly queuedBytes: number;
  /** Calls that were refused and not made, by code. */
  readonly refused: Readonly<Record<string, number>>;
  readonly lastSyncMs: number;
  readonly lastError?: string;
}

/** A ledger that takes entries. Made by `openLedger` and `memoryLedger`. */
export interface Ledger {
  readonly id: string;
  /** Where it lives; undefined in memory. */
  readonly directory: string | undefined;
  /** Whether its entries outlive the process. */
  readonly isDurable: boolean;
  /** Adds an entry of one's own; resolves when it is durable. Rejects with `AUDIT_…`. */
  append(entry: OwnEntry): Promise<Receipt>;
  /** Resolves when the intent is durable: the call may be made. Reads the request before it returns. Rejects with `AUDIT_…`: it must not. */
  begin(start: CallStart): Promise<RecordedCall>;
  /** The same in the call, which blocks for it. Throws. */
  beginSync(start: CallStart): RecordedCall;
  /**
   * Takes calls again after a fault: goes on in a chain of its own, and gives each call without an outcome, of this
   * process and of those that are gone, an outcome `unknown`.
   */
  recover(): Promise<RecoveryReport>;
  health(): LedgerHealth;
  /** Waits for calls in flight, at most `deadlineMs` (default 5,000), writes the last entry and closes. Twice is harmless. */
  close(deadlineMs?: number): Promise<void>;
  /** The same without waiting, for a process that leaves. */
  closeSync(): void;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Options of a ledger. */
export interface LedgerOptions {
  /** Folder of the ledger; made with mode 0700 where it is not there. */
  readonly directory: string;
  /** Folder of its keys, outside of `directory`. Default `<directory>.keys`. */
  readonly keys?: string | undefined;
  /** What is kept of a call that names no level itself. Default `request`. */
  readonly level?: AuditLevel | undefined;
  /** The longest wait for a sync, in milliseconds, 10–600,000. Default 5,000. */
  readonly deadlineMs?: number | undefined;
  /** Entries that wait at most, 1–10,000,000. Default 100,000. */
  readonly maxQueue?: number | undefined;
  /** Bytes that wait at most, 1,048,576–17,179,869,184. Default 67,108,864 (64 MiB). */
  readonly maxQueueBytes?: number | undefined;
  /** Bytes of one payload that are kept, 0–1,073,741,824; of what is longer the beginning. Default 16,777,216 (16 MiB). */
  readonly maxPayloadBytes?: number | undefined;
  /** Free bytes of the disk below which no call is admitted. Default 64 MiB, or 2 % of the disk where that is more. */
  readonly minFreeBytes?: number | undefined;
  /** Told when an outcome could not be kept. What it throws is counted. */
  readonly onOutcomeLost?: ((error: Error) => void) | undefined;
  /**
   * Removes secrets from what is kept. Default: what the gate finds at tier `full`.
   * Gives the value as it may be kept and JSON pointers of what was removed.
   */
  readonly clean?: ((value: unknown) => { readonly value: unknown; readonly removed: readonly string[] }) | undefined;
}
