import { hasMethod } from '../../calls/lifecycle/shape.js';
import { readAtHand } from './at-hand.js';
import type { FetchBody } from './fetch-body.js';
import { readBody, textOrBytes } from './fetch-body.js';
import { isNodeStream } from './gated-node-stream.js';
import { isWebStream } from './gated-response.js';
import { SentStream, watchPipedStream, watchSentNodeStream } from './sent-stream.js';

/** A request as `fetch` was given it. */
export interface FetchRequest {
  readonly method: string;
  readonly url: string;
  /** Host and port. */
  readonly host: string | undefined;
  /** What is kept of it. */
  readonly value: Readonly<Record<string, unknown>>;
  readonly text: string | undefined;
  /** What `fetch` is called with. */
  readonly args: readonly unknown[];
  readonly sent: SentStream | undefined;
  readonly signal: AbortSignal | undefined;
}

interface Init {
  readonly method?: unknown;
  readonly headers?: unknown;
  readonly body?: unknown;
  readonly signal?: unknown;
}

interface RequestLike extends Init {
  readonly url: string;
  readonly bodyUsed?: boolean;
  clone(): { readonly body: unknown };
}

function isRequest(input: unknown): input is RequestLike {
  return typeof input === 'object' && input !== null && typeof (input as Partial<RequestLike>).url === 'string';
}

// By its methods: node-fetch takes those of a package, too.
function isSignal(value: unknown): value is AbortSignal {
  return typeof value === 'object' && value !== null && hasMethod(value, 'addEventListener');
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function readUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function headersOf(headers: unknown): Record<string, string> {
  if (headers === undefined || headers === null) return {};
  try {
    return Object.fromEntries(new Headers(headers as HeadersInit));
  } catch {
    // `fetch` says what is wrong with them.
    return {};
  }
}

// What the caller could change while the intent is written.
function copyOfHeaders(headers: unknown): unknown {
  if (typeof headers !== 'object' || headers === null) return headers;
  if (Array.isArray(headers))
    return headers.map((pair: unknown) => (Array.isArray(pair) ? [...(pair as unknown[])] : pair));
  if (isPlain(headers)) return { ...headers };
  const { constructor } = headers as { constructor: unknown };
  return typeof constructor === 'function' && constructor.name === 'Headers'
    ? new (constructor as typeof Headers)(headers as Headers)
    : headers;
}

// Bytes that are at hand are known before the request leaves; of others the digest is known when they have left.
async function bodyOfRequest(request: RequestLike): Promise<FetchBody | undefined> {
  const { body } = request;
  const sent = new SentStream();
  const streamed = { given: undefined, kept: { type: 'stream', hk: 'stream' }, sent };
  if (isNodeStream(body)) {
    watchSentNodeStream(body, sent);
    return streamed;
  }
  if (!isWebStream(body) || request.bodyUsed === true || body.locked) return undefined;
  const half = request.clone().body;
  if (!isWebStream(half)) return undefined;
  const known = await readAtHand(half as ReadableStream<Uint8Array>);
  if (known !== undefined) return { given: undefined, kept: textOrBytes(known) };
  // Another one since it was split.
  if (isWebStream(request.body)) watchPipedStream(request.body, sent);
  return streamed;
}

function copyOfInit(init: unknown): unknown {
  if (typeof init !== 'object' || init === null || !isPlain(init)) return init;
  return { ...init, ...('headers' in init ? { headers: copyOfHeaders(init.headers) } : {}) };
}

/** Reads the arguments of `fetch`. What may change is copied before this returns its promise. */
export async function readFetchRequest(args: readonly unknown[]): Promise<FetchRequest> {
  const [input, givenInit, ...rest] = args;
  const init = (copyOfInit(givenInit) ?? {}) as Init;
  const request = isRequest(input) ? input : undefined;
  const url = readUrl(request?.url ?? String(input));
  const target = input instanceof URL ? new URL(input) : input;
  const isOwnBody = init.body !== undefined && init.body !== null;
  const hasCopy = typeof givenInit === 'object' && givenInit !== null && init !== givenInit;
  const named = init.method ?? request?.method;
  const method = typeof named === 'string' ? named.toUpperCase() : 'GET';
  const headers = headersOf(init.headers ?? request?.headers);
  const signal = init.signal ?? request?.signal;
  const body = await (isOwnBody ? readBody(init.body) : request && bodyOfRequest(request));
  const second = isOwnBody && hasCopy ? { ...init, body: body?.given } : hasCopy ? init : givenInit;
  return {
    method,
    url: url?.href ?? '',
    host: url?.host,
    value: {
      method,
      path: url === undefined ? '' : url.pathname + url.search,
      headers,
      ...(body === undefined ? {} : { body: body.kept }),
    },
    text: typeof body?.kept === 'string' ? body.kept : undefined,
    args: args.length < 2 ? [target] : [target, second, ...rest],
    sent: body?.sent,
    signal: isSignal(signal) ? signal : undefined,
  };
}
