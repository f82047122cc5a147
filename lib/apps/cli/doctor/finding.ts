/** How good what a check saw is. `fail`: no ledger can work so. */
export type FindingState = 'ok' | 'warn' | 'fail';

/** What a check saw. */
export interface Finding {
  readonly check: string;
  readonly state: FindingState;
  readonly says: string;
  /** What to do; on every finding that is not `ok`. */
  readonly fix?: string;
}

/** What is looked at. */
export interface Patient {
  /** Absolute. */
  readonly directory: string;
  /** Folder of the keys, absolute. */
  readonly keys: string;
}

/** Says that all is well. */
export function fine(check: string, says: string): Finding {
  return { check, state: 'ok', says };
}

/** Says that something should be looked at. */
export function doubtful(check: string, says: string, fix: string): Finding {
  return { check, state: 'warn', says, fix };
}

/** Says that something is wrong. */
export function broken(check: string, says: string, fix: string): Finding {
  return { check, state: 'fail', says, fix };
}
