import { isSpanwrightError, SpanwrightError } from '../core/errors.js';
import { actorOf, callOf, externalOf, operationOf } from './call-facts.js';
import type { ChainBody, Link } from './chain.js';
import type { AuditLevel, EntryCall } from './entry-fields.js';
import type { LedgerRules } from './ledger-rules.js';
import { policyOf } from './ledger-rules.js';
import type { CallStart, OwnEntry } from './ledger.js';
import type { Payload } from './payload.js';
import { digestPayload, keepPayload } from './payload.js';
import type { Slots } from './payload-slots.js';
import type { Plain } from './plain.js';
import { toPlain } from './plain.js';

type Mutable<T> = { -readonly [key in keyof T]: T[key] };
type IntentBody = Mutable<Extract<ChainBody, { readonly kind: 'intent' }>>;

/** An intent that is ready for the chain. */
export interface Intent {
  readonly link: Link;
  readonly call: EntryCall;
  readonly level: AuditLevel;
}

function payloadOf(plain: Plain, level: AuditLevel, rules: LedgerRules, slots: Slots): Payload {
  const { key, maxPayloadBytes } = rules;
  if (level === 'metadata') return digestPayload(plain, key);
  try {
    return keepPayload(plain, key, slots, maxPayloadBytes);
  } catch (cause) {
    throw new SpanwrightError('AUDIT_INTENT_NOT_DURABLE', 'no secrets for the payload: the folder of keys fails', {
      cause,
    });
  }
}

// What getters of the caller's throw may quote anything.
function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (isSpanwrightError(error)) throw error;
    throw new SpanwrightError('AUDIT_ENTRY_INVALID', 'what should be recorded cannot be read', { cause: error });
  }
}

/** Makes the intent of a call, with its request as it is now. Throws `AUDIT_…`. */
export function toIntent(start: CallStart, rules: LedgerRules, slots: Slots): Intent {
  return readable(() => readIntent(start, rules, slots));
}

function readIntent(start: CallStart, rules: LedgerRules, slots: Slots): Intent {
  const pol = policyOf(start.level, rules);
  const call = callOf(start, rules);
  const plain = start.request && toPlain(start.request, rules.cleaner);
  const payload = plain && payloadOf(plain, pol.level, rules, slots);
  const body: IntentBody = {
    kind: 'intent',
    call,
    op: operationOf(start.op, rules),
    ext: externalOf(start, rules),
    pol,
  };
  if (start.actor !== undefined) body.actor = actorOf(start.actor, rules);
  if (plain !== undefined && payload !== undefined) {
    body.req = payload.entry;
    if (plain.secrets.length > 0) body.sec = plain.secrets;
    if (plain.removed.length > 0) body.red = plain.removed;
  }
  return { link: { body, as: 'intent', payload: payload?.stored }, call, level: pol.level };
}

/** Makes an entry of one's own ready for the chain. Throws `AUDIT_ENTRY_INVALID`. */
export function toOwnLink(entry: OwnEntry): Link {
  return readable(() => readOwn(entry));
}

function readOwn(entry: OwnEntry): Link {
  const { kind, data } = entry;
  if (kind === 'note') return { body: { kind, data }, as: 'plain' };
  const isRun = kind === 'run' && typeof entry.run === 'string';
  if (!isRun) {
    const got = kind === 'run' ? `run: ${typeof entry.run}` : `kind: ${String(kind)}`;
    throw new SpanwrightError('AUDIT_ENTRY_INVALID', `an entry of one's own: got ${got}, expected a note or a run`);
  }
  return { body: { kind, run: entry.run, ...(data !== undefined && { data }) }, as: 'plain' };
}
