import { auditState, knownAuditState } from '../current-ledger.js';
import { nextParent } from '../inside.js';
import type { CallStart, RecordedCall } from '../ledger.js';

/** Which call an attempt is of. */
export interface Attempt {
  readonly start: Pick<CallStart, 'id' | 'attempt' | 'parent'>;
  /** Notes the id that the ledger gave the first attempt. */
  began(call: RecordedCall): void;
}

/** Runs one call of a client, whose retries of one request are attempts of one call. */
export function runLogicalCall<R>(work: () => R): R {
  return auditState().logicalCalls.run(new Map(), work);
}

/** The next attempt of what is asked; of a call of its own where no client says that it tries again. */
export function nextAttempt(asked: string): Attempt {
  const logical = knownAuditState()?.logicalCalls.getStore();
  const known = logical?.get(asked);
  if (known !== undefined) {
    known.count++;
    return {
      start: { id: known.id, attempt: known.count, parent: known.parent },
      began: (call) => {
        known.id ??= call.id;
      },
    };
  }
  const parent = nextParent();
  const attempts = { id: undefined as string | undefined, count: 1, parent };
  logical?.set(asked, attempts);
  return {
    start: { parent },
    began: (call) => {
      attempts.id = call.id;
    },
  };
}
