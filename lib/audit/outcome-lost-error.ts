import { SpanwrightError } from '../core/errors.js';

/** An audited call was made and its outcome could not be recorded. `cause` is what the method itself threw, where it did. */
export class AuditOutcomeLostError extends SpanwrightError {
  /** Id of the call. */
  readonly callId: string;
  /** The other side may have done what it was asked. */
  readonly mayHaveHappened = true;
  /** Why the outcome could not be recorded. */
  readonly reason: unknown;

  constructor(callId: string, reason: unknown, cause?: { readonly thrown: unknown }) {
    const why = reason instanceof Error ? reason.message : 'the ledger takes no more entries';
    super(
      'AUDIT_OUTCOME_LOST',
      `call ${callId} was made and its outcome is not recorded: got "${why}", expected a durable entry`,
      cause === undefined ? {} : { cause: cause.thrown },
    );
    this.callId = callId;
    this.reason = reason;
  }
}
