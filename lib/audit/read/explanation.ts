import type {
  AuditStatus,
  EntryActor,
  EntryError,
  EntryExternal,
  EntryOperation,
  EntryPolicy,
  EntrySecret,
  EntryUsage,
} from '../entry-fields.js';
import type { ExplainedPayload } from './explained-payload.js';
import type { VerifyPlace } from './verify-report.js';

/** How a call stands: how it ended; `denied` where it was not made, `in_flight` while its writer lives, else `dangling`. */
export type CallState = AuditStatus | 'denied' | 'in_flight' | 'dangling';

/** An entry that tells of a call. */
export interface ExplainedEntry extends VerifyPlace {
  /** Leaf hash, hexadecimal. */
  readonly hash: string;
  /** Wall time. */
  readonly t: string;
}

/** One attempt of a call. */
export interface ExplainedAttempt {
  /** From 1. */
  readonly attempt: number;
  readonly state: CallState;
  /** Absent where the call was refused before its intent. */
  readonly intent?: ExplainedEntry;
  /** What ended it: an outcome, or a denial. */
  readonly end?: ExplainedEntry;
  /** The code of the refusal. */
  readonly code?: string;
  readonly op?: EntryOperation;
  readonly actor?: EntryActor;
  /** What was called; what the outcome says of it beats what the intent said. */
  readonly ext?: EntryExternal;
  readonly pol?: EntryPolicy;
  readonly usage?: EntryUsage;
  readonly err?: EntryError;
  /** Microseconds. */
  readonly durUs?: number;
  readonly request?: ExplainedPayload;
  readonly response?: ExplainedPayload;
  /** JSON pointers of what was redacted, and secrets by fingerprint. */
  readonly redacted: readonly string[];
  readonly secrets: readonly EntrySecret[];
  /** Trace that the call is part of, 32 hexadecimal digits. */
  readonly traceId?: string;
  /** The call's own span, 16 hexadecimal digits; known once it ended. */
  readonly spanId?: string;
  /** The span around it. */
  readonly parentSpanId?: string;
  /** Whether the chains that its entries stand in verify. */
  readonly isVerified: boolean;
}

/** A call below another. */
export interface ChildCall {
  readonly callId: string;
  readonly seqInParent?: number;
  readonly op: EntryOperation;
  readonly system: string;
}

/** What a ledger knows of a call. */
export interface Explanation {
  readonly callId: string;
  readonly run?: string;
  readonly row?: string;
  /** Id of the audited call around it. */
  readonly parent?: string;
  readonly seqInParent?: number;
  /** By number; none where the ledger does not know the call. */
  readonly attempts: readonly ExplainedAttempt[];
  readonly children: readonly ChildCall[];
}
