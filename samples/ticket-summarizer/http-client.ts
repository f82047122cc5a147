import { AuditedCall, Traced, currentCall, injectContext } from 'spanwright';

import { HttpError, TicketError } from './sample-error.js';

const TIMEOUT_MS = 30_000;

/** Reads JSON over HTTP; each request is one CLIENT span, and an entry of the ledger before it and after it. */
export class HttpClient {
  @Traced({
    name: 'GET',
    kind: 'client',
    attributes: (url: URL) => ({ 'http.request.method': 'GET', 'url.full': url.href }),
  })
  @AuditedCall({ callType: 'http' })
  async getJson(url: URL): Promise<unknown> {
    const headers: Record<string, string> = { accept: 'application/json' };
    injectContext(headers);
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
    currentCall()?.setAttributes({ 'http.response.status_code': response.status });
    if (!response.ok) {
      await response.body?.cancel();
      throw new HttpError(url, response.status, readRetryAfter(response.headers.get('retry-after')));
    }
    const body = await response.text();
    try {
      return JSON.parse(body);
    } catch (error) {
      throw new TicketError(`GET ${url.href} answered no JSON: got '${body.slice(0, 60)}'`, { cause: error });
    }
  }
}

/** RFC 9110 §10.2.3 also allows a date; a server that sends one waits longer than this sample would. */
function readRetryAfter(header: string | null): number | undefined {
  return header !== null && /^\d+$/.test(header) ? Number(header) * 1000 : undefined;
}
