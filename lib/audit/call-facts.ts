import type { Cleaner } from './clean.js';
import type { EntryActor, EntryCall, EntryError, EntryExternal, EntryOperation, EntryUsage } from './entry-fields.js';
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

type Mutable<T> = { -readonly [key in keyof T]: T[key] };

// Of anything but a text nothing is kept: what it would say of itself is code of somebody else's. Members are put in one by
// one: that is what makes an entry cheap.
function textOf(value: unknown, { cleaner }: FactRules): string | undefined {
  return typeof value === 'string' ? cleaner.fact(value) : undefined;
}

function traceparentOf(text: unknown): string | undefined {
  return typeof text === 'string' && TRACEPARENT.test(text) ? text : undefined;
}

function numberOf(value: unknown, isWhole: boolean): number | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) return undefined;
  return isWhole && !Number.isSafeInteger(value) ? undefined : value;
}

/** Which call an entry is of. */
export function callOf(start: CallStart, rules: FactRules): EntryCall {
  const { parent } = start;
  const call: Mutable<EntryCall> = {
    id: textOf(start.id, rules) ?? createUlid(),
    attempt: numberOf(start.attempt, true) ?? 1,
  };
  if (parent !== undefined) {
    call.parent = rules.cleaner.fact(parent.id);
    call.seqInParent = numberOf(parent.seq, true) ?? 1;
  }
  const run = textOf(start.run, rules);
  if (run !== undefined) call.run = run;
  const row = textOf(start.row, rules);
  if (row !== undefined) call.row = row;
  const traceparent = traceparentOf(start.traceparent);
  if (traceparent !== undefined) call.traceparent = traceparent;
  return call;
}

/** What was called in the program. */
export function operationOf(op: CallStart['op'], rules: FactRules): EntryOperation {
  const method = rules.cleaner.fact(op.method);
  const name = textOf(op.class, rules);
  return name === undefined ? { method } : { class: name, method };
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
export function actorOf({ type, id }: NonNullable<CallStart['actor']>, { key, cleaner }: FactRules): EntryActor {
  const actor: Mutable<EntryActor> = { type: cleaner.fact(type) };
  if (typeof id === 'string') actor.idFp = key.fingerprint('actor', id);
  return actor;
}

function addModel(ext: Mutable<Partial<EntryExternal>>, source: CallStart | CallEnd, rules: FactRules): void {
  const provider = textOf(source.provider, rules);
  if (provider !== undefined) ext.provider = provider;
  const model = textOf(source.model, rules);
  if (model !== undefined) ext.model = model;
}

/** What was called outside of the program. */
export function externalOf(start: CallStart, rules: FactRules): EntryExternal {
  const ext: Mutable<EntryExternal> = { system: rules.cleaner.fact(start.system) };
  if (typeof start.host === 'string') ext.endpointHostFp = hostFingerprint(start.host, rules.key);
  addModel(ext, start, rules);
  return ext;
}

/** What is known better when the call is over. */
export function externalOfEnd(end: CallEnd, rules: FactRules): Partial<EntryExternal> | undefined {
  if (end.provider === undefined && end.model === undefined) return undefined;
  const ext: Mutable<Partial<EntryExternal>> = {};
  addModel(ext, end, rules);
  return ext;
}

/** The trace of the call's own span, in place of the caller's. */
export function callOfEnd(call: EntryCall, end: CallEnd): EntryCall {
  const traceparent = traceparentOf(end.traceparent);
  return traceparent === undefined ? call : { ...call, traceparent };
}

/** What a call failed with. */
export function errorOf({ type, code, retryable }: EntryError, rules: FactRules): EntryError {
  const err: Mutable<EntryError> = { type: rules.cleaner.fact(type) };
  const text = textOf(code, rules);
  if (text !== undefined) err.code = text;
  if (typeof retryable === 'boolean') err.retryable = retryable;
  return err;
}

/** Tokens and cost, as far as they are numbers; undefined where none is. */
export function usageOf(given: EntryUsage): EntryUsage | undefined {
  const usage: Mutable<EntryUsage> = {};
  const read = numberOf(given.in, true);
  if (read !== undefined) usage.in = read;
  const written = numberOf(given.out, true);
  if (written !== undefined) usage.out = written;
  const cost = numberOf(given.cost, false);
  if (cost !== undefined) usage.cost = cost;
  return read === undefined && written === undefined && cost === undefined ? undefined : usage;
}
