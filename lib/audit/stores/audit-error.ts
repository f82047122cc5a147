import { SpanwrightError } from '../../core/errors.js';
import type { AUDIT_CODES } from '../../core/audit-codes.js';

/** An error of the ledger; what failed below is its cause. */
export function auditError(code: keyof typeof AUDIT_CODES, what: string, cause?: unknown): SpanwrightError {
  return new SpanwrightError(code, what, cause === undefined ? {} : { cause });
}

/** What a thrown value says. */
export function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
