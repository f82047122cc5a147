import type {
  AuditStatus,
  EntryCall,
  EntryOperation,
  EntryActor,
  EntryExternal,
  EntryPolicy,
  EntryPayload,
  EntryError,
  EntryUsage,
  EntrySecret,
  EntryHead,
  EntryIntent,
} from './entry-fields.js';

/** The version that every entry names. */
export const ENTRY_VERSION = 'al/1';

/** The most bytes of an entry; so it fits the bundles of tlog-tiles, whose lengths are of 16 bits. */
export const MAX_ENTRY_BYTES = 61_440;

/** What every entry says. */
export interface EntryBase {
  readonly v: typeof ENTRY_VERSION;
  /** Ledger. */
  readonly lid: string;
  /** Incarnation of the ledger. */
  readonly inc: string;
  /** Writer: one start of one process. */
  readonly wid: string;
  /** Number in the writer's chain, from 0 without gaps. */
  readonly wseq: number;
  /** Leaf hash of the writer's entry before, hexadecimal; 64 zeros for the first. */
  readonly prev: string;
  /** Wall time, RFC 3339 in UTC; order never relies on it. */
  readonly t: string;
  /** Nanoseconds since the writer started, as decimal digits. */
  readonly mono: string;
}

/** The first of a writer. */
export interface GenesisEntry extends EntryBase {
  readonly kind: 'genesis';
  /** SHA-256 of `ledger.json`, hexadecimal. */
  readonly ledger: string;
  /** Other writers whose last entry no earlier genesis names. */
  readonly heads: readonly EntryHead[];
  /** Where it runs. */
  readonly host: { readonly pid: number; readonly boot: string; readonly node: string; readonly lib: string };
}

/** What is kept of calls. */
export interface PolicyEntry extends EntryBase {
  readonly kind: 'policy';
  readonly hash: string;
  readonly data: unknown;
}

/** A call that is about to be made. */
export interface IntentEntry extends EntryBase {
  readonly kind: 'intent';
  readonly call: EntryCall;
  readonly op: EntryOperation;
  readonly actor?: EntryActor;
  readonly ext: EntryExternal;
  readonly pol: EntryPolicy;
  readonly req?: EntryPayload;
  readonly sec?: readonly EntrySecret[];
  /** JSON pointers of what was redacted. */
  readonly red?: readonly string[];
}

/** How a call ended. */
export interface OutcomeEntry extends EntryBase {
  readonly kind: 'outcome';
  readonly call: EntryCall;
  readonly intent: EntryIntent;
  readonly status: AuditStatus;
  readonly err?: EntryError;
  /** Microseconds from the durable intent to the end of the call; absent where nobody knows. */
  readonly durUs?: number;
  readonly ext?: Partial<EntryExternal>;
  readonly usage?: EntryUsage;
  readonly res?: EntryPayload;
  readonly sec?: readonly EntrySecret[];
  readonly red?: readonly string[];
}

/** A call that was refused and not made. */
export interface DeniedEntry extends EntryBase {
  readonly kind: 'denied';
  /** The code of the refusal. */
  readonly code: string;
  readonly call?: EntryCall;
  /** Where an intent was written that came too late. */
  readonly intent?: EntryIntent;
  readonly op?: EntryOperation;
  /** How many refusals the entry stands for. Default 1. */
  readonly count?: number;
}

/** A writer that is gone, as another one found it. */
export interface RecoveredEntry extends EntryBase {
  readonly kind: 'recovered';
  readonly of: EntryHead;
  /** Bytes after its last entry that are none. */
  readonly droppedBytes: number;
  /** Calls of it that have no outcome, each of which gets an outcome `unknown` in this writer's chain. */
  readonly dangling: number;
}

/** What a program adds of its own. */
export interface NoteEntry extends EntryBase {
  readonly kind: 'note';
  readonly data: unknown;
}

/** What a program says of a run. */
export interface RunEntry extends EntryBase {
  readonly kind: 'run';
  readonly run: string;
  readonly data?: unknown;
}

/** The last of a writer. */
export interface CloseEntry extends EntryBase {
  readonly kind: 'close';
  /** Calls whose outcome was still missing. */
  readonly dangling: number;
}

/** An entry of a later version's kind (`gap`, `erase`, `seal`, …), kept as it is. */
export interface OtherEntry extends EntryBase {
  readonly kind: 'gap' | 'erase' | 'seal';
}

/** One record of the ledger. Source: docs/reference/ledger-format.md. */
export type Entry =
  | GenesisEntry
  | PolicyEntry
  | IntentEntry
  | OutcomeEntry
  | DeniedEntry
  | RecoveredEntry
  | NoteEntry
  | RunEntry
  | CloseEntry
  | OtherEntry;

/** Which kind of entry. */
export type EntryKind = Entry['kind'];

/** 64 zeros: the hash before the first entry. */
export const NO_HASH = '0'.repeat(64);
