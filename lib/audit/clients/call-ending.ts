import { types } from 'node:util';
import { errorTypeOf } from '../../calls/exception.js';
import { hideText } from '../../core/hide-text.js';
import type { EntryError } from '../entry-fields.js';
import type { CallEnd } from '../ledger.js';

type Ending = Pick<CallEnd, 'status' | 'error'>;

/** How a call came back. */
export const OK: Ending = Object.freeze({ status: 'ok' });

// Worth another attempt, as the clients of the large providers have it.
const RETRYABLE_STATUSES = new Set([408, 409, 425, 429]);
const RETRYABLE_CODES = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'UND_ERR_SOCKET']);
const MAX_CODE_CHARS = 64;
const MAX_TYPE_CHARS = 200;
// Codes are made by programs; what looks otherwise may quote content.
const CODE = /^[\w.-]+$/;

function field(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return undefined;
  try {
    return (value as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}

function codeOf(thrown: unknown): string | undefined {
  for (const source of [thrown, field(thrown, 'cause')]) {
    const code = field(source, 'code');
    if (typeof code === 'string' && code.length <= MAX_CODE_CHARS && CODE.test(code)) return code;
  }
  return undefined;
}

function statusOf(thrown: unknown): 'cancelled' | 'timeout' | 'error' {
  const name = field(thrown, 'name');
  if (name === 'TimeoutError') return 'timeout';
  return name === 'AbortError' || field(thrown, 'code') === 'ABORT_ERR' ? 'cancelled' : 'error';
}

/** How a call ended that threw. Type and code of the error, never its message, which quotes content. */
export function endingOfThrown(thrown: unknown): Ending {
  const code = codeOf(thrown);
  const error: EntryError = {
    type: hideText(errorTypeOf(thrown).slice(0, MAX_TYPE_CHARS)),
    ...(code === undefined ? {} : { code }),
    ...(code !== undefined && RETRYABLE_CODES.has(code) ? { retryable: true } : {}),
  };
  return { status: statusOf(thrown), error };
}

/** How a request ended that was aborted; the reason says by whom. */
export function endingOfAbort(reason: unknown): Ending {
  const ending = endingOfThrown(reason);
  return ending.status === 'error' ? { ...ending, status: 'cancelled' } : ending;
}

/** How a request ended by the status of its answer. */
export function endingOfStatus(status: number): Ending {
  if (status < 400) return OK;
  const retryable = status >= 500 || RETRYABLE_STATUSES.has(status);
  return { status: 'error', error: { type: 'http', code: String(status), retryable } };
}
