/** What one destination did so far; `accepted = delivered + dropped by reason + queued` at every moment. */
export interface DestinationHealth {
  readonly accepted: number;
  readonly delivered: number;
  readonly queued: number;
  readonly dropped: Readonly<Record<string, number>>;
  readonly healthy: boolean;
  /** The latest failure, while it lasts. */
  readonly lastError?: string;
  /** Of the latest export, in milliseconds. */
  readonly latencyMs?: number;
}

/** What a flush or a shutdown did, for each destination. */
export interface FlushReport {
  /** True when nothing was left behind, of spans and of metrics. */
  readonly complete: boolean;
  readonly destinations: Readonly<Record<string, { readonly delivered: number; readonly undelivered: number }>>;
}
