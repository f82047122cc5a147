import type { LedgerHealth } from './ledger.js';
import type { Refusals } from './refusals.js';
import type { Session } from './session.js';
import type { LedgerStore } from './stores/store.js';

/** What the health of a ledger is read from. */
export interface HealthSources {
  readonly store: LedgerStore;
  readonly session: Session;
  readonly refusals: Refusals;
  /** Durable entries of sessions that are over. */
  readonly former: number;
  readonly isClosed: boolean;
  readonly lastError: string | undefined;
}

/** Reads how a ledger is. */
export function readHealth(sources: HealthSources): LedgerHealth {
  const { store, session, refusals, former, isClosed, lastError } = sources;
  const { queued, queuedBytes, lastSyncMs } = store.gauges();
  const fault = session.fault;
  // One that was closed refuses as well, and nothing is wrong with it.
  const shown = isClosed ? lastError : (fault?.message ?? lastError);
  return {
    state: isClosed ? 'closed' : fault === undefined ? 'open' : 'poisoned',
    inFlight: session.open.size,
    entries: former + session.writer.durable,
    queued,
    queuedBytes,
    refused: refusals.total,
    lastSyncMs,
    ...(shown !== undefined && { lastError: shown }),
  };
}
