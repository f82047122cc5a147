import type { RecordedCall } from '../ledger.js';
import { Inside } from '../inside.js';
import { readFacts } from './answer-facts.js';
import { nextAttempt } from './attempts.js';
import { endingOfAbort, endingOfStatus, endingOfThrown, OK } from './call-ending.js';
import type { AuditedRequestOptions } from './client-options.js';
import { callerFacts, ledgerOf } from './client-options.js';
import type { FetchRequest } from './fetch-request.js';
import { readFetchRequest } from './fetch-request.js';
import type { AnswerReader } from './gathered-answer.js';
import { GatheredAnswer } from './gathered-answer.js';
import type { FetchResponse } from './gated-response.js';
import { gateResponse, isFetchResponse } from './gated-response.js';

/** Options of `auditedFetch`. */
export interface AuditedFetchOptions extends AuditedRequestOptions {
  /** What is called. Default `http`. */
  readonly callType?: string | undefined;
}

/** A function like `fetch`: the global one, undici's, node-fetch, one of a client's. */
export type FetchFunction = (...args: never[]) => Promise<unknown>;

type AnyFetch = (this: unknown, ...args: unknown[]) => Promise<unknown>;

/** What is called in the program. */
interface Operation {
  readonly class?: string;
  readonly method: string;
}

// Statuses whose answers have no body, whatever a class of responses says.
const EMPTY = new Set([101, 204, 205, 304]);

function hasNoBody(request: FetchRequest, response: FetchResponse): boolean {
  if (request.method === 'HEAD' || EMPTY.has(response.status) || response.body === null) return true;
  return response.headers.get('content-length') === '0';
}

function headOf(response: FetchResponse): Record<string, unknown> {
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    ...(response.redirected === true ? { redirected: true } : {}),
  };
}

// Nothing tells a stream that nobody reads that its request was aborted.
function endWithSignal(signal: AbortSignal | undefined, onAbort: (reason: unknown) => void): () => void {
  if (signal === undefined) return () => {};
  const aborted = (): void => onAbort(signal.reason);
  signal.addEventListener('abort', aborted, { once: true });
  return () => signal.removeEventListener('abort', aborted);
}

function gatherAnswer(
  call: RecordedCall,
  request: FetchRequest,
  status: number,
  reader?: AnswerReader,
): GatheredAnswer {
  const whenRead = endingOfStatus(status);
  const answer: GatheredAnswer = new GatheredAnswer(call, {
    whenRead,
    whenLeft: whenRead === OK ? undefined : whenRead,
    lastItem: request.sent === undefined ? undefined : () => ({ sent: request.sent?.facts() }),
    reader,
    atEnd: () => forget(),
  });
  const forget = endWithSignal(request.signal, (reason) => void answer.end(endingOfAbort(reason), { thrown: reason }));
  return answer;
}

async function settleResponse(
  response: unknown,
  call: RecordedCall,
  request: FetchRequest,
  reader: AnswerReader | undefined,
): Promise<void> {
  if (!isFetchResponse(response)) {
    await call.end({ status: 'ok' });
    return;
  }
  const answer = gatherAnswer(call, request, response.status, reader);
  call.chunk({ value: headOf(response) });
  if (hasNoBody(request, response) || gateResponse(response, answer) === 'complete') await answer.read();
}

async function run(fetch: AnyFetch, self: unknown, args: unknown[], options: AuditedFetchOptions, op: Operation) {
  const ledger = ledgerOf(options);
  if (ledger === undefined) return Reflect.apply(fetch, self, args);
  const { callType = 'http' } = options;
  const caller = callerFacts(options);
  const request = await readFetchRequest(args);
  const { asked, reader } = readFacts(callType, request.url, request.text);
  const attempt = nextAttempt(`${request.method} ${request.url}`);
  const call = await ledger.begin({
    ...caller,
    ...attempt.start,
    provider: caller.provider ?? asked?.provider,
    model: asked?.model,
    op,
    system: callType,
    host: request.host,
    request: { value: request.value },
  });
  attempt.began(call);
  const inside = new Inside(call);
  let response: unknown;
  try {
    response = await inside.run(() => Reflect.apply(fetch, self, request.args));
  } catch (thrown) {
    if (request.sent !== undefined) call.chunk({ value: { sent: request.sent.facts() } });
    await call.end(endingOfThrown(thrown), { thrown });
    throw thrown;
  } finally {
    inside.leave();
  }
  await settleResponse(response, call, request, reader);
  return response;
}

const NOT_COPIED = new Set(['prototype', 'arguments', 'caller']);

/** The same with the words of a client around it. */
export function auditFetchOf<F extends FetchFunction>(fetch: F, options: AuditedFetchOptions, op: Operation): F {
  const inner = fetch as unknown as AnyFetch;
  const audited = async function (this: unknown, ...args: unknown[]): Promise<unknown> {
    return run(inner, this, args, options, op);
  };
  // What hangs on a client's fetch, and its name and length.
  for (const [key, property] of Object.entries(Object.getOwnPropertyDescriptors(fetch))) {
    if (!NOT_COPIED.has(key)) Object.defineProperty(audited, key, property);
  }
  return audited as unknown as F;
}

/**
 * Puts the audit record inside of `fetch`: a request leaves when its intent is durable, and of an answer the last chunk is
 * given away when its outcome is. The response is the one that `fetch` made. Its body is read one chunk ahead, so a chunk of
 * a stream arrives when the next one has, or when it is over.
 *
 * An answer of 400 and more is an `error` with type `http`. A call whose body nobody reads is `abandoned` when the response
 * is collected. A redirect is followed inside of the call.
 *
 * @throws `AUDIT_NOT_CONFIGURED`, `AUDIT_INTENT_NOT_DURABLE`, `AUDIT_QUEUE_FULL`, `AUDIT_DISK_LOW`, `AUDIT_POISONED`,
 * `AUDIT_CLOSED`: the promise rejects and no request was made; `AUDIT_OUTCOME_LOST`: it, or reading the body, rejects.
 * @example
 * const http = auditedFetch(fetch, { provider: 'zendesk' });
 * const ticket = await (await http('https://tickets.example/7')).json();
 */
export function auditedFetch<F extends FetchFunction>(fetch: F, options: AuditedFetchOptions = {}): F {
  return auditFetchOf(fetch, options, { method: 'fetch' });
}
