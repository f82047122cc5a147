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

/** Which intent an outcome or a denial is of. */
export interface EntryIntent {
  /** Absent where it is the same writer. */
  readonly wid?: string;
  readonly wseq: number;
  /** Leaf hash of the intent. */
  readonly hash: string;
}
