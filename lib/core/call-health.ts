import { state } from './state.js';

/** How the calls of this process ended so far. */
export interface CallHealth {
  readonly opened: number;
  readonly ok: number;
  readonly error: number;
  readonly cancelled: number;
  readonly abandoned: number;
  /** Calls that are not finished: `opened - ok - error - cancelled - abandoned`. */
  readonly live: number;
}

/** Counts of all calls since the process started. */
export function callHealth(): CallHealth {
  const { opened, ok, error, cancelled, abandoned } = state.counts;
  return { opened, ok, error, cancelled, abandoned, live: opened - ok - error - cancelled - abandoned };
}
