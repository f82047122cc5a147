import type { IncomingHttpHeaders } from 'node:http';
import type { Outcome } from '../delivery/outcome.js';
import { readRejected } from './partial-success.js';

/** What a backend answered. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The beginning of the body. */
  readonly body: Buffer;
}

// More than is shown: a key has to be found before anything is cut.
const MAX_QUOTED = 2000;

// A batch may be taken later: OTLP/HTTP names 429, 502, 503 and 504; the others mean the same where they occur.
// Beyond 511 are those of gateways in front of a backend that is down.
const LATER = new Set([408, 425, 429, 439, 500, 502, 503, 504]);
const GATEWAY = 512;
const BUSY = new Set([429, 439, 503]);
// What is wrong is in the batch.
const WRONG = new Set([400, 409, 415, 422]);

const HINTS: Readonly<Record<number, string>> = {
  401: 'check the key of this destination',
  402: 'the quota of the plan is used up; the backend is asked again from time to time',
  403: 'check the key of this destination and what it may do, or the quota of the plan',
  404: 'check the endpoint: a URL with a path is taken as it is',

  405: 'check the endpoint: a URL with a path is taken as it is',
};

function quoted(body: Buffer): string {
  const text = body.toString('utf8', 0, MAX_QUOTED * 4);
  // Binary answers say nothing to a reader.
  if (text === '' || /[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text)) return '';
  return `: ${text.replaceAll(/\s+/g, ' ').trim().slice(0, MAX_QUOTED)}`;
}

/** The milliseconds of a Retry-After header: seconds, or a date. */
export function retryAfterMs(value: string | undefined, now: number = Date.now()): number | undefined {
  const text = value?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Tells what an answer over OTLP/HTTP means for the batch (OTLP 1.11, "OTLP/HTTP Response", and what backends do beside it). */
export function outcomeOf({ status, headers, body }: Answer): Outcome {
  if (status >= 200 && status < 300) {
    const { rejected, message } = readRejected(headers['content-type'], body);
    if (rejected === 0) return { kind: 'delivered' };
    return {
      kind: 'delivered',
      rejected,
      reason: `it left out ${rejected} spans${message === '' ? '' : `: ${message}`}`,
    };
  }
  const reason = `HTTP ${status}${quoted(body)}`;
  if (status === 413) return { kind: 'too_large', reason };
  if (LATER.has(status) || status >= GATEWAY) {
    const afterMs = retryAfterMs(headers['retry-after']);
    const isBusy = BUSY.has(status) && (status !== 503 || afterMs !== undefined);
    return {
      kind: 'retry',
      reason,
      isBusy,
      ...(status === 500 ? { mayBeBatch: true } : {}),
      ...(afterMs === undefined ? {} : { afterMs }),
    };
  }
  if (WRONG.has(status)) return { kind: 'refused', reason };
  if (status >= 300 && status < 400) {
    const hint = 'name the URL that it redirects to as endpoint: keys are never sent along';
    return { kind: 'blocked', reason: `HTTP ${status}, a redirect to ${hostOf(headers.location)}`, hint };
  }
  const hint = HINTS[status];
  return { kind: 'blocked', reason, ...(hint === undefined ? {} : { hint }) };
}

// Of a URL the host alone: a path or a query may hold a key.
function hostOf(location: string | undefined): string {
  return location !== undefined && URL.canParse(location) ? new URL(location).host : 'somewhere else';
}
