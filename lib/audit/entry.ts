/** The version that every entry names. */
export const ENTRY_VERSION = 'al/1';

/** The most bytes of an entry; so it fits the bundles of tlog-tiles, whose lengths are of 16 bits. */
export const MAX_ENTRY_BYTES = 61_440;

/** How much of a call is kept beside its entries. */
export type AuditLevel = 'metadata' | 'request' | 'requestResponse';

/** How an audited call ended; `unknown` where the process was gone before it could say. */
export type AuditStatus = 'ok' | 'error' | 'timeout' | 'cancelled' | 'abandoned' | 'unknown';

/** Which call an entry is of. All attempts of a call share its id. */
export interface EntryCall {
  readonly id: string;
  /** From 1. */
  readonly attempt: number;
  /** Id of the audited call around it. */
  readonly parent?: string;
  /** Which of its parent's calls it is, from 1. */
  readonly seqInParent?: number;
  /** Run that the call is part of. */
  readonly run?: string;
  /** Row of the run; absent for sources and sinks. */
  readonly row?: string;
  /** W3C trace context: of the caller in an intent, of the call's own span in an outcome. */
  readonly traceparent?: string;
}

/** What was called in the program. */
export interface EntryOperation {
  readonly class?: string;
  readonly method: string;
}

/** On whose behalf, as code says. */
export interface EntryActor {
  readonly type: string;
  /** Keyed fingerprint of the id (HMAC-SHA-256, 32 hexadecimal digits). */
  readonly idFp?: string;
}

/** What was called outside of the program. */
export interface EntryExternal {
  /** The type of the call: `llm`, `http`, `sql`, `filesystem`, … */
  readonly system: string;
  /** Keyed fingerprint of host and port. */
  readonly endpointHostFp?: string;
  readonly provider?: string;
  readonly model?: string;
  readonly modelVersion?: string;
}

/** Which rule said how much is kept. */
export interface EntryPolicy {
  readonly level: AuditLevel;
  readonly ruleId: string;
  /** SHA-256 of the policy in force, hexadecimal; the same as in its entry `policy`. */
  readonly hash: string;
}

/** What stands for a request or an answer in an entry. */
export interface EntryPayload {
  /** Commitment: HMAC-SHA-256 of the plain bytes under a secret of this payload alone. Only where a payload is kept. */
  readonly c?: string;
  /** HMAC-SHA-256 of the plain bytes under the ledger's key: equal for equal bytes. */
  readonly eq: string;
  readonly alg: 'hmac-sha256';
  /** Length of the whole plain bytes. */
  readonly bytes: number;
  readonly media: string;
  /** What was hashed: canonical JSON, bytes as they were, or the items of a stream one after the other. */
  readonly hk: 'canonical' | 'raw' | 'stream';
  /** SHA-256 of the payload file, which is its name; absent where no payload is kept. */
  readonly ref?: string;
  /** Where the kept payload is shorter than what was hashed. */
  readonly trunc?: { readonly orig: number; readonly kept: number };
}

/** What a call failed with; never the message, which quotes content. */
export interface EntryError {
  readonly type: string;
  readonly code?: string;
  readonly retryable?: boolean;
}

/** Tokens and cost. */
export interface EntryUsage {
  readonly in?: number;
  readonly out?: number;
  /** USD. */
  readonly cost?: number;
}

/** A secret that was found and removed. */
export interface EntrySecret {
  /** JSON pointer of where it stood. */
  readonly name: string;
  /** HMAC-SHA-256 under the ledger's key, 32 hexadecimal digits. */
  readonly fp: string;
  /** Which key. */
  readonly kid: string;
}

/** The last entry of another writer that a writer saw. */
export interface EntryHead {
  readonly wid: string;
  /** -1 where it wrote none. */
  readonly wseq: number;
  /** Leaf hash, hexadecimal; 64 zeros where it wrote none. */
  readonly hash: string;
}

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

export interface GenesisEntry extends EntryBase {
  readonly kind: 'genesis';
  /** SHA-256 of `ledger.json`, hexadecimal. */
  readonly ledger: string;
  /** Other writers whose last entry no earlier genesis names. */
  readonly heads: readonly EntryHead[];
  /** Where it runs. */
  readonly host: { readonly pid: number; readonly boot: string; readonly node: string; readonly lib: string };
}

export interface PolicyEntry extends EntryBase {
  readonly kind: 'policy';
  readonly hash: string;
  readonly data: unknown;
}

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

/** Which intent an outcome or a denial is of. */
export interface EntryIntent {
  /** Absent where it is the same writer. */
  readonly wid?: string;
  readonly wseq: number;
  /** Leaf hash of the intent. */
  readonly hash: string;
}

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

export interface NoteEntry extends EntryBase {
  readonly kind: 'note';
  readonly data: unknown;
}

export interface RunEntry extends EntryBase {
  readonly kind: 'run';
  readonly run: string;
  readonly data?: unknown;
}

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
