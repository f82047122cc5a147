import type { Cleaner } from './clean.js';
import type { EntryActor, EntryCall, EntryError, EntryExternal, EntryOperation, EntryUsage } from './entry.js';
import type { LedgerKey } from './keys.js';
import type { CallEnd, CallStart } from './ledger.js';
import { createUlid } from './ulid.js';

/** What the facts of calls are made with. */
export interface FactRules {
  readonly key: LedgerKey;
  readonly cleaner: Cleaner;
}

const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;
const MAX_REMEMBERED = 512;

type Texts<K extends string> = { [key in K]?: string };

// Of anything but a text nothing is kept: what it would say of itself is code of somebody else's.
function pick<K extends string>(
  source: { readonly [key in K]?: string | undefined },
  keys: readonly K[],
  fact: (text: string) => string,
): Texts<K> {
  const texts: Texts<K> = {};
  for (const key of keys) {
    const value: unknown = source[key];
    if (typeof value === 'string') texts[key] = fact(value);
  }
  return texts;
}

function traceparentOf(text: unknown): { traceparent?: string } {
  return typeof text === 'string' && TRACEPARENT.test(text) ? { traceparent: text } : {};
}

function numberOf(value: unknown, isWhole: boolean): number | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) return undefined;
  return isWhole && !Number.isSafeInteger(value) ? undefined : value;
}

/** Which call an entry is of. */
export function callOf(start: CallStart, { cleaner }: FactRules): EntryCall {
  const { id, attempt, parent } = start;
  return {
    id: typeof id === 'string' ? cleaner.fact(id) : createUlid(),
    attempt: numberOf(attempt, true) ?? 1,
    ...(parent && { parent: cleaner.fact(parent.id), seqInParent: numberOf(parent.seq, true) ?? 1 }),
    ...pick(start, ['run', 'row'], (text) => cleaner.fact(text)),
    ...traceparentOf(start.traceparent),
  };
}

/** What was called in the program. */
export function operationOf(op: CallStart['op'], { cleaner }: FactRules): EntryOperation {
  const { class: name, method } = op;
  return { ...(typeof name === 'string' && { class: cleaner.fact(name) }), method: cleaner.fact(method) };
}

// Hosts come again and again; ids of people may not stay in memory.
const hosts = new WeakMap<LedgerKey, Map<string, string>>();

function hostFingerprint(host: string, key: LedgerKey): string {
  let known = hosts.get(key);
  if (known === undefined) hosts.set(key, (known = new Map<string, string>()));
  let digits = known.get(host);
  if (digits === undefined) {
    digits = key.fingerprint('host', host);
    if (known.size >= MAX_REMEMBERED) known.clear();
    known.set(host, digits);
  }
  return digits;
}

/** On whose behalf. */
export function actorOf(actor: CallStart['actor'], { key, cleaner }: FactRules): { actor?: EntryActor } {
  if (actor === undefined) return {};
  const { type, id } = actor;
  const idFp = typeof id === 'string' ? { idFp: key.fingerprint('actor', id) } : {};
  return { actor: { type: cleaner.fact(type), ...idFp } };
}

/** What was called outside of the program. */
export function externalOf(start: CallStart, { key, cleaner }: FactRules): EntryExternal {
  const { host, system } = start;
  return {
    system: cleaner.fact(system),
    ...(typeof host === 'string' && { endpointHostFp: hostFingerprint(host, key) }),
    ...pick(start, ['provider', 'model'], (text) => cleaner.fact(text)),
  };
}

/** What is known better when the call is over. */
export function externalOfEnd(end: CallEnd, { cleaner }: FactRules): { ext?: Partial<EntryExternal> } {
  const ext = pick(end, ['provider', 'model'], (text) => cleaner.fact(text));
  return Object.keys(ext).length === 0 ? {} : { ext };
}

/** The trace of the call's own span, in place of the caller's. */
export function callOfEnd(call: EntryCall, end: CallEnd): EntryCall {
  return end.traceparent === undefined ? call : { ...call, ...traceparentOf(end.traceparent) };
}

/** What a call failed with. */
export function errorOf(error: EntryError | undefined, { cleaner }: FactRules): { err?: EntryError } {
  if (error === undefined) return {};
  const { type, code, retryable } = error;
  return {
    err: {
      type: cleaner.fact(type),
      ...(typeof code === 'string' && { code: cleaner.fact(code) }),
      ...(typeof retryable === 'boolean' && { retryable }),
    },
  };
}

/** Tokens and cost, as far as they are numbers. */
export function usageOf(usage: EntryUsage | undefined): { usage?: EntryUsage } {
  const read = numberOf(usage?.in, true);
  const written = numberOf(usage?.out, true);
  const cost = numberOf(usage?.cost, false);
  if (read === undefined && written === undefined && cost === undefined) return {};
  return {
    usage: {
      ...(read !== undefined && { in: read }),
      ...(written !== undefined && { out: written }),
      ...(cost !== undefined && { cost }),
    },
  };
}
