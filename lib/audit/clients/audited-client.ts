import { SpanwrightError } from '../../core/errors.js';
import type { AuditedRequestOptions } from './client-options.js';
import { auditMethod } from './method-client.js';
import { auditFetchingClient, isFetchingClient } from './sdk-client.js';

/** Names of the methods of a client. */
export type MethodNames<C> = {
  [K in keyof C]-?: C[K] extends (...args: never[]) => unknown ? K : never;
}[keyof C] &
  string;

/** Options of `auditedClient`. */
export interface AuditedClientOptions<C = unknown> extends AuditedRequestOptions {
  /** What is called: `llm`, `http`, `sql`, `filesystem`, … */
  readonly callType: string;
  /**
   * The methods that call something, for a client without a fetch of its own: they return promises, or take a callback as
   * their last argument.
   */
  readonly methods?: readonly MethodNames<C>[] | undefined;
  /**
   * Whether a function that is the last argument of such a method is a callback, which is called when the outcome is durable.
   * Default true, unless it is the only argument, as the body of a transaction is.
   */
  readonly callbacks?: boolean | undefined;
}

type AnyMethod = (this: unknown, ...args: unknown[]) => unknown;

// The methods that we made and what is in them, so that a client is not audited twice.
const insides = new WeakMap<object, AnyMethod>();

function unknownClient(what: string): SpanwrightError {
  return new SpanwrightError('AUDIT_CLIENT_UNKNOWN', what);
}

function nameOf(client: object): string | undefined {
  const { constructor } = client as { constructor?: unknown };
  return typeof constructor === 'function' && constructor !== Object ? constructor.name : undefined;
}

// Of a module or a plain object others use the same one; what is audited is theirs to choose.
function isOwnInstance(client: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(client);
  return prototype !== Object.prototype && prototype !== null;
}

function copyOf<C extends object>(client: C): C {
  const copy = Object.create(Object.getPrototypeOf(client) as object | null) as C;
  for (const key of Reflect.ownKeys(client)) {
    const property = Object.getOwnPropertyDescriptor(client, key) as PropertyDescriptor;
    Object.defineProperty(copy, key, {
      ...property,
      configurable: true,
      ...('value' in property && { writable: true }),
    });
  }
  return copy;
}

function auditMethods<C extends object>(client: C, methods: readonly string[], options: AuditedClientOptions<C>): C {
  const target = isOwnInstance(client) ? client : copyOf(client);
  const className = nameOf(client);
  const made = methods.map((name) => {
    const found: unknown = Reflect.get(client, name);
    if (typeof found !== 'function') throw unknownClient(`\`methods\` names ${name}, which is no method of the client`);
    const inside = insides.get(found) ?? (found as AnyMethod);
    const audited = auditMethod(inside, { name, className, options, callbacks: options.callbacks });
    insides.set(audited, inside);
    return { name, audited };
  });
  for (const { name, audited } of made) {
    const enumerable = Object.getOwnPropertyDescriptor(target, name)?.enumerable ?? false;
    const isSet = Reflect.defineProperty(target, name, {
      value: audited,
      writable: true,
      enumerable,
      configurable: true,
    });
    if (!isSet) throw unknownClient(`the client does not let ${name} be replaced`);
  }
  return target;
}

/**
 * Puts the audit record inside of a client: what it calls is called when the intent is durable, and what comes back is given
 * away when the outcome is. The client keeps its class, and its promises and streams their methods.
 *
 * A client that keeps its `fetch` in a field (`openai`, `@anthropic-ai/sdk`, `groq-sdk` and others of their generator) is
 * copied by its own `withOptions`, and its retries are attempts of one call; without `withOptions` (`ollama`) it is changed
 * in place. Of any other client name the `methods` that call something: an instance of a class is changed in place, because
 * an object that only inherits from it would split its state and could not reach its private fields; a plain object or a
 * module is copied. A named method returns a native promise; a callback that is its last argument is called when the outcome
 * is durable. Of a result that is or holds a stream the last chunk is withheld. What a client checks out, as a `Pool` of `pg`
 * does by `connect()`, is another client.
 *
 * @throws `AUDIT_CLIENT_UNKNOWN` at once; in a call what `auditedFetch` does.
 * @example
 * const openai = auditedClient(new OpenAI(), { callType: 'llm' });
 * const pool = auditedClient(new Pool(), { callType: 'sql', provider: 'postgres', methods: ['query'] });
 */
export function auditedClient<C extends object>(client: C, options: AuditedClientOptions<C>): C {
  const { methods } = options;
  if (methods !== undefined && methods.length > 0) return auditMethods(client, methods, options);
  const audited = isFetchingClient(client) ? auditFetchingClient(client, options) : undefined;
  if (audited !== undefined) return audited;
  throw unknownClient(
    `got ${nameOf(client) ?? 'an object'}, expected a client with a fetch of its own, or \`methods\``,
  );
}
