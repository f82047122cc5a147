import { isSpanwrightError } from '../../core/errors.js';
import type { SpanwrightError } from '../../core/errors.js';
import { runLogicalCall } from './attempts.js';
import type { FetchFunction } from './audited-fetch.js';
import { auditFetchOf } from './audited-fetch.js';
import type { AuditedRequestOptions } from './client-options.js';

type AnyMethod = (this: unknown, ...args: unknown[]) => unknown;

// Where the generated SDKs begin a call; retries happen inside. Pages are asked for past `request`.
const BEGINNINGS = ['request', 'requestAPIList'] as const;

// The fetches that we made and what is in them, so that a client of an audited client is not audited twice.
const insides = new WeakMap<object, FetchFunction>();

function fetchOf(client: object): FetchFunction | undefined {
  const own = Object.getOwnPropertyDescriptor(client, 'fetch');
  return typeof own?.value === 'function' && own.writable === true ? (own.value as FetchFunction) : undefined;
}

/** Tells clients that keep the `fetch` that they use in a field: OpenAI, Anthropic, Groq and their generator; Ollama. */
export function isFetchingClient(client: object): boolean {
  return fetchOf(client) !== undefined;
}

function replace(client: object, name: string, make: (method: AnyMethod) => AnyMethod): void {
  const method: unknown = Reflect.get(client, name);
  if (typeof method !== 'function') return;
  Object.defineProperty(client, name, {
    value: make(method as AnyMethod),
    writable: true,
    enumerable: false,
    configurable: true,
  });
}

function makeFetch(client: object, fetch: FetchFunction, options: AuditedRequestOptions): FetchFunction {
  const { name } = client.constructor;
  const inside = insides.get(fetch) ?? fetch;
  const made = auditFetchOf(inside, options, { class: name, method: 'request' });
  insides.set(made, inside);
  return made;
}

function isRefusal(error: unknown): error is { readonly cause: SpanwrightError } {
  const cause = (error as { readonly cause?: unknown } | null | undefined)?.cause;
  return isSpanwrightError(cause) && cause.code.startsWith('AUDIT_');
}

function setUp(client: object, options: AuditedRequestOptions): void {
  for (const name of BEGINNINGS) {
    replace(
      client,
      name,
      (begin) =>
        function begun(this: unknown, ...args) {
          return runLogicalCall(() => Reflect.apply(begin, this ?? client, args));
        },
    );
  }
  replace(
    client,
    'makeRequest',
    (make) =>
      async function made(this: unknown, ...args) {
        try {
          return await (Reflect.apply(make, this ?? client, args) as Promise<unknown>);
        } catch (error) {
          // They make a connection error of whatever fetch throws.
          throw isRefusal(error) ? error.cause : error;
        }
      },
  );
  replace(
    client,
    'withOptions',
    (withOptions) =>
      function derived(this: unknown, ...args) {
        const made = Reflect.apply(withOptions, this ?? client, args) as object;
        // Options may name another fetch.
        const fetch = fetchOf(made);
        if (fetch !== undefined && !insides.has(fetch)) Reflect.set(made, 'fetch', makeFetch(made, fetch, options));
        setUp(made, options);
        return made;
      },
  );
}

/**
 * Puts the barrier into the fetch of a client: of one that can be copied into a copy, else into the client itself.
 * Undefined where the client has a fetch of its own that cannot be replaced.
 */
export function auditFetchingClient<C extends object>(client: C, options: AuditedRequestOptions): C | undefined {
  const fetch = fetchOf(client);
  if (fetch === undefined) return undefined;
  const made = makeFetch(client, fetch, options);
  const withOptions: unknown = Reflect.get(client, 'withOptions');
  if (typeof withOptions !== 'function') {
    Reflect.set(client, 'fetch', made);
    setUp(client, options);
    return client;
  }
  const copy = Reflect.apply(withOptions as AnyMethod, client, [{ fetch: made }]) as C;
  if (fetchOf(copy) !== made) return undefined;
  setUp(copy, options);
  return copy;
}
