import { SpanwrightError } from '../core/errors.js';
import type { GenesisEntry } from './entry.js';
import type {
  EntryActor,
  EntryCall,
  EntryError,
  EntryExternal,
  EntryHead,
  EntryIntent,
  EntryOperation,
  EntryPayload,
  EntryPolicy,
  EntrySecret,
  EntryUsage,
} from './entry-fields.js';
import { isSafe, quote } from './json-text.js';

// The keys below stand in the order that RFC 8785 (§3.2.3) wants, written by hand: that is what makes a template fast.
// What may be absent starts with its comma, so a part begins with a key that is always there, or drops the first one.

function refuse(got: string): never {
  throw new SpanwrightError('AUDIT_ENTRY_INVALID', `no canonical form of an entry: got ${got}`);
}

/** What stands between the quotes of a string of an entry. Throws `AUDIT_ENTRY_INVALID` where it is none or has lone surrogates. */
export function inside(text: string): string {
  if (typeof text !== 'string') return refuse(`a ${typeof text}, expected a string`);
  if (isSafe(text)) return text;
  const quoted = quote(text) ?? refuse('a lone surrogate, expected whole characters');
  return quoted.slice(1, -1);
}

/** A number of an entry as JSON. Throws `AUDIT_ENTRY_INVALID` where it is none. */
export function num(value: number): string {
  return Number.isFinite(value) ? String(value) : refuse(`${String(value)}, expected a number`);
}

function optional(key: string, text: string | undefined): string {
  return text === undefined ? '' : `,"${key}":"${inside(text)}"`;
}

function optionalNumber(key: string, value: number | undefined): string {
  return value === undefined ? '' : `,"${key}":${num(value)}`;
}

/** Which call. */
export function callPart(call: EntryCall): string {
  const { parent, row, run, seqInParent, traceparent } = call;
  let text = `{"attempt":${num(call.attempt)},"id":"${inside(call.id)}"`;
  if (parent !== undefined) text += `,"parent":"${inside(parent)}"`;
  if (row !== undefined) text += `,"row":"${inside(row)}"`;
  if (run !== undefined) text += `,"run":"${inside(run)}"`;
  if (seqInParent !== undefined) text += `,"seqInParent":${num(seqInParent)}`;
  return traceparent === undefined ? `${text}}` : `${text},"traceparent":"${inside(traceparent)}"}`;
}

/** What was called in the program. */
export function operationPart(op: EntryOperation): string {
  const method = `"method":"${inside(op.method)}"}`;
  return op.class === undefined ? `{${method}` : `{"class":"${inside(op.class)}",${method}`;
}

/** On whose behalf. */
export function actorPart(actor: EntryActor): string {
  const type = `"type":"${inside(actor.type)}"}`;
  return actor.idFp === undefined ? `{${type}` : `{"idFp":"${inside(actor.idFp)}",${type}`;
}

/** What was called outside of the program. */
export function externalPart(ext: Partial<EntryExternal>): string {
  const { endpointHostFp, model, modelVersion, provider, system } = ext;
  let text = '';
  if (endpointHostFp !== undefined) text = `,"endpointHostFp":"${inside(endpointHostFp)}"`;
  if (model !== undefined) text += `,"model":"${inside(model)}"`;
  if (modelVersion !== undefined) text += `,"modelVersion":"${inside(modelVersion)}"`;
  if (provider !== undefined) text += `,"provider":"${inside(provider)}"`;
  if (system !== undefined) text += `,"system":"${inside(system)}"`;
  return `{${text.slice(1)}}`;
}

// A ledger has few rules, and entries of one come in a row.
let lastPolicy: EntryPolicy = { level: 'request', ruleId: '', hash: '' };
let lastPolicyText = '{"hash":"","level":"request","ruleId":""}';

/** Which rule said how much is kept. */
export function policyPart({ hash, level, ruleId }: EntryPolicy): string {
  if (lastPolicy.hash !== hash || lastPolicy.ruleId !== ruleId || lastPolicy.level !== level) {
    lastPolicyText = `{"hash":"${inside(hash)}","level":"${inside(level)}","ruleId":"${inside(ruleId)}"}`;
    lastPolicy = { hash, level, ruleId };
  }
  return lastPolicyText;
}

/** What stands for a request or an answer. */
export function payloadPart(payload: EntryPayload): string {
  const { bytes, c, eq, hk, media, ref, trunc } = payload;
  let text = `{"alg":"hmac-sha256","bytes":${num(bytes)}`;
  if (c !== undefined) text += `,"c":"${inside(c)}"`;
  text += `,"eq":"${inside(eq)}","hk":"${inside(hk)}","media":"${inside(media)}"`;
  if (ref !== undefined) text += `,"ref":"${inside(ref)}"`;
  if (trunc !== undefined) text += `,"trunc":{"kept":${num(trunc.kept)},"orig":${num(trunc.orig)}}`;
  return `${text}}`;
}

/** What a call failed with. */
export function errorPart({ code, retryable, type }: EntryError): string {
  const again = retryable === undefined ? '' : `,"retryable":${retryable ? 'true' : 'false'}`;
  return `{${`${optional('code', code)}${again},"type":"${inside(type)}"`.slice(1)}}`;
}

/** Tokens and cost. */
export function usagePart(usage: EntryUsage): string {
  const text = optionalNumber('cost', usage.cost) + optionalNumber('in', usage.in) + optionalNumber('out', usage.out);
  return `{${text.slice(1)}}`;
}

/** Secrets that were removed. */
export function secretsPart(secrets: readonly EntrySecret[]): string {
  const items = secrets.map(
    ({ fp, kid, name }) => `{"fp":"${inside(fp)}","kid":"${inside(kid)}","name":"${inside(name)}"}`,
  );
  return `[${items.join(',')}]`;
}

/** JSON pointers of what was redacted. */
export function pointersPart(pointers: readonly string[]): string {
  return `[${pointers.map((pointer) => `"${inside(pointer)}"`).join(',')}]`;
}

/** The intent that an entry is of. */
export function intentPart({ hash, wid, wseq }: EntryIntent): string {
  return `{"hash":"${inside(hash)}"${optional('wid', wid)},"wseq":${num(wseq)}}`;
}

/** The last entry of a writer. */
export function headPart({ hash, wid, wseq }: EntryHead): string {
  return `{"hash":"${inside(hash)}","wid":"${inside(wid)}","wseq":${num(wseq)}}`;
}

/** Where a writer runs. */
export function hostPart({ boot, lib, node, pid }: GenesisEntry['host']): string {
  return `{"boot":"${inside(boot)}","lib":"${inside(lib)}","node":"${inside(node)}","pid":${num(pid)}}`;
}
