import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Context } from '@opentelemetry/api';
import { activeContext } from '../calls/active-context.js';
import { describeThrown } from '../calls/exception.js';
import type { CallTarget } from '../calls/facet.js';
import { guarded } from '../core/guard.js';

/** A request of undici, which is what global `fetch` sends with. */
interface SentRequest {
  readonly method?: unknown;
  readonly origin?: unknown;
  readonly path?: unknown;
}

interface Message {
  readonly request: SentRequest;
  readonly response?: { readonly statusCode?: number };
  readonly error?: unknown;
}

// Not by a registered symbol: two copies of the package would count the same requests.
const ATTEMPTS = Symbol('spanwright.attempts');

// Held by nobody else, so that a request that is never answered can be collected.
const sent = new WeakMap<object, { readonly attempts: Attempts; readonly target: string }>();

let running = 0;
let isListening = false;

/** The requests that one call sends; a second one to where the first one failed is the client's next attempt. */
export class Attempts {
  #call: CallTarget | undefined;
  #failures: Map<string, string> | undefined;
  #resends = 0;

  /** A context in which requests count for this call. */
  enter(context: Context): Context {
    return context.setValue(ATTEMPTS, this);
  }

  /** Listens to what the process sends, until a request comes while no call runs. */
  watch(call: CallTarget): void {
    this.#call = call;
    running++;
    if (!isListening) listen();
  }

  /** What comes later counts no more. */
  stop(): void {
    if (this.#call === undefined) return;
    this.#call = undefined;
    running--;
  }

  /** Takes note of a request, and of the attempt that it is. */
  send(target: string): void {
    const reason = this.#failures?.get(target);
    if (reason === undefined) return;
    this.#failures?.delete(target);
    this.#resends++;
    this.#call?.addEvent('spanwright.retry', {
      'http.request.resend_count': this.#resends,
      'spanwright.retry.reason': reason,
    });
  }

  /** Takes note of a request that came to nothing. */
  fail(target: string, reason: string): void {
    this.#failures ??= new Map();
    this.#failures.set(target, reason);
  }
}

// What the clients of the vendors send again.
function isWorthAnother(status: number): boolean {
  return status === 408 || status === 409 || status === 429 || status >= 500;
}

function created({ request }: Message): void {
  if (running === 0) {
    leave();
    return;
  }
  const attempts = activeContext().getValue(ATTEMPTS) as Attempts | undefined;
  if (attempts === undefined) return;
  const target = `${String(request.method)} ${String(request.origin)}${String(request.path)}`;
  sent.set(request, { attempts, target });
  attempts.send(target);
}

// What breaks behind the head of an answer is the program's: it has the answer by then, or gave it up.
function answered({ request, response }: Message): void {
  const found = sent.get(request);
  sent.delete(request);
  const status = response?.statusCode;
  if (status !== undefined && isWorthAnother(status)) found?.attempts.fail(found.target, String(status));
}

function broke({ request, error }: Message): void {
  const found = sent.get(request);
  sent.delete(request);
  found?.attempts.fail(found.target, describeThrown(error).exceptionType);
}

function listener(take: (message: Message) => void): (message: unknown) => void {
  return (message) => {
    guarded('HOOK_FACET', () => take(message as Message));
  };
}

const LISTENERS = [
  ['undici:request:create', listener(created)],
  ['undici:request:headers', listener(answered)],
  ['undici:request:error', listener(broke)],
] as const;

// To join and to leave a channel costs more than all else that a call does, so that the last call does not leave.
function listen(): void {
  isListening = true;
  for (const [name, hear] of LISTENERS) subscribe(name, hear);
}

function leave(): void {
  isListening = false;
  for (const [name, hear] of LISTENERS) unsubscribe(name, hear);
}
