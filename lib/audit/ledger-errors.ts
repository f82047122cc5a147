import { isSpanwrightError, SpanwrightError } from '../core/errors.js';

/** Says that a ledger takes nothing any more. */
export function closedError(): SpanwrightError {
  return new SpanwrightError('AUDIT_CLOSED', 'the ledger was closed: got a call, expected none');
}

/** What a failure says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'something that is no error';
}

/** Gives a failure of the store a code, where it has none. */
export function toLedgerError(error: unknown, code: 'AUDIT_INTENT_NOT_DURABLE' | 'AUDIT_POISONED'): SpanwrightError {
  if (isSpanwrightError(error)) return error;
  return new SpanwrightError(code, `the entry is not durable: got "${messageOf(error)}", expected a sync`, {
    cause: error,
  });
}

/** Says of an intent, whatever failed, that its call is not made. */
export function notDurable(error: unknown): SpanwrightError {
  if (isSpanwrightError(error) && error.code === 'AUDIT_INTENT_NOT_DURABLE') return error;
  const why = messageOf(error);
  return new SpanwrightError('AUDIT_INTENT_NOT_DURABLE', `the call was not made: got "${why}", expected a sync`, {
    cause: error,
  });
}
