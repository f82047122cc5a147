import type { AuditActor } from '../audit/caller.js';
import type { AuditLevel } from '../audit/entry-fields.js';

/**
 * The ledger of the process. It is opened whatever `enabled`, destinations, kill switches and CI say. Each option comes from
 * code, else from the file.
 */
export interface AuditOptions {
  /**
   * Folder of the ledger; made with mode 0700 where it is not there. A local disk: network file systems and memory are
   * refused. Needed in code, in the file, or as `SPANWRIGHT_AUDIT_DIRECTORY`.
   */
  directory?: string | undefined;
  /** Folder of its keys, outside of `directory`. Default `<directory>.keys`. */
  keys?: string | undefined;
  /** What is kept of a call that names no level itself: `metadata`, `request` or `requestResponse`. Default `request`. */
  level?: AuditLevel | undefined;
  /** The longest wait for a sync in milliseconds, 10–600,000. Default 5,000. */
  deadlineMs?: number | undefined;
  /** Entries that wait for the disk at most, 1–10,000,000. Default 100,000. */
  maxQueue?: number | undefined;
  /** Bytes that wait for the disk at most, 1,048,576–17,179,869,184. Default 67,108,864 (64 MiB). */
  maxQueueBytes?: number | undefined;
  /** Bytes of one payload that are kept, 0–1,073,741,824; of what is longer the beginning. Default 16,777,216 (16 MiB). */
  maxPayloadBytes?: number | undefined;
  /** Free bytes of the disk below which no call is admitted, 0–1,125,899,906,842,624. Default 64 MiB, or 2 % of the disk where that is more. */
  minFreeBytes?: number | undefined;
  /** Told when an outcome could not be kept. What it throws is counted. In code only. */
  onOutcomeLost?: ((error: Error) => void) | undefined;
  /**
   * On whose behalf calls are made that name nobody themselves; a function is asked at each call, and
   * one that throws is counted: the actor is then `unresolved`. A keyed fingerprint of `id` is recorded. In code only.
   */
  actor?: AuditActor | (() => AuditActor | undefined) | undefined;
}
