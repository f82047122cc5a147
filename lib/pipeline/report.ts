import type { BreakerState } from './delivery/breaker.js';

/** Why a destination is not healthy: over the last 60 seconds, but for the breaker. */
export type UnhealthyReason = 'drops' | 'latency' | 'breaker_open';

/** What one destination did so far; `accepted = delivered + dropped by reason + queued` at every moment. */
export interface DestinationHealth {
  readonly accepted: number;
  readonly delivered: number;
  /** Spans that wait or are on their way. */
  readonly queued: number;
  /** Bytes of memory that they hold, as an estimate. */
  readonly queuedBytes: number;
  /** By reason: `queue_full`, `refused`, `rejected`, `too_large`, `projection_failed`, `export_failed`, `shutdown`, `closed`. */
  readonly dropped: Readonly<Record<string, number>>;
  /** `open` after failures in a row, or when the backend takes nothing for now; `half_open` during a trial. */
  readonly breaker: BreakerState;
  readonly healthy: boolean;
  readonly reasons: readonly UnhealthyReason[];
  /** The latest failure, while it lasts. */
  readonly lastError?: string;
  /** Mean time of an export within the last 60 seconds, in milliseconds. */
  readonly latencyMs?: number;
}

/** What a flush or a shutdown did, for each destination. */
export interface FlushReport {
  /** True when nothing was left behind, of spans and of metrics. */
  readonly complete: boolean;
  readonly destinations: Readonly<Record<string, { readonly delivered: number; readonly undelivered: number }>>;
}
