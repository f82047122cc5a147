import { SpanwrightError } from '../core/errors.js';
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
  GenesisEntry,
} from './entry.js';
import { quote } from './json-text.js';

// The keys below stand in the order that RFC 8785 (§3.2.3) wants, written by hand: that is what makes a template fast.
// What may be absent starts with its comma, so a part begins with a key that is always there, or drops the first one.

function refuse(got: string): never {
  throw new SpanwrightError('AUDIT_ENTRY_INVALID', `no canonical form of an entry: got ${got}`);
}

/** A string of an entry as JSON. Throws `AUDIT_ENTRY_INVALID` where it is none or has lone surrogates. */
export function str(text: string): string {
  if (typeof text !== 'string') return refuse(`a ${typeof text}, expected a string`);
  return quote(text) ?? refuse('a lone surrogate, expected whole characters');
}

/** A number of an entry as JSON. Throws `AUDIT_ENTRY_INVALID` where it is none. */
export function num(value: number): string {
  return Number.isFinite(value) ? String(value) : refuse(`${String(value)}, expected a number`);
}

function optional(key: string, text: string | undefined): string {
  return text === undefined ? '' : `,"${key}":${str(text)}`;
}

function optionalNumber(key: string, value: number | undefined): string {
  return value === undefined ? '' : `,"${key}":${num(value)}`;
}

/** Which call. */
export function callPart(call: EntryCall): string {
  const { parent, row, run, seqInParent, traceparent } = call;
  let text = `{"attempt":${num(call.attempt)},"id":${str(call.id)}`;
  if (parent !== undefined) text += `,"parent":${str(parent)}`;
  if (row !== undefined) text += `,"row":${str(row)}`;
  if (run !== undefined) text += `,"run":${str(run)}`;
  if (seqInParent !== undefined) text += `,"seqInParent":${num(seqInParent)}`;
  return traceparent === undefined ? `${text}}` : `${text},"traceparent":${str(traceparent)}}`;
}

/** What was called in the program. */
export function operationPart(op: EntryOperation): string {
  const method = `"method":${str(op.method)}}`;
  return op.class === undefined ? `{${method}` : `{"class":${str(op.class)},${method}`;
}

/** On whose behalf. */
export function actorPart(actor: EntryActor): string {
  const type = `"type":${str(actor.type)}}`;
  return actor.idFp === undefined ? `{${type}` : `{"idFp":${str(actor.idFp)},${type}`;
}

/** What was called outside of the program. */
export function externalPart(ext: Partial<EntryExternal>): string {
  const { endpointHostFp, model, modelVersion, provider, system } = ext;
  let text = '';
  if (endpointHostFp !== undefined) text = `,"endpointHostFp":${str(endpointHostFp)}`;
  if (model !== undefined) text += `,"model":${str(model)}`;
  if (modelVersion !== undefined) text += `,"modelVersion":${str(modelVersion)}`;
  if (provider !== undefined) text += `,"provider":${str(provider)}`;
  if (system !== undefined) text += `,"system":${str(system)}`;
  return `{${text.slice(1)}}`;
}

/** Which rule said how much is kept. */
export function policyPart(pol: EntryPolicy): string {
  return `{"hash":${str(pol.hash)},"level":${str(pol.level)},"ruleId":${str(pol.ruleId)}}`;
}

/** What stands for a request or an answer. */
export function payloadPart(payload: EntryPayload): string {
  const { bytes, c, eq, hk, media, ref, trunc } = payload;
  let text = `{"alg":"hmac-sha256","bytes":${num(bytes)}`;
  if (c !== undefined) text += `,"c":${str(c)}`;
  text += `,"eq":${str(eq)},"hk":${str(hk)},"media":${str(media)}`;
  if (ref !== undefined) text += `,"ref":${str(ref)}`;
  if (trunc !== undefined) text += `,"trunc":{"kept":${num(trunc.kept)},"orig":${num(trunc.orig)}}`;
  return `${text}}`;
}

/** What a call failed with. */
export function errorPart({ code, retryable, type }: EntryError): string {
  const again = retryable === undefined ? '' : `,"retryable":${retryable ? 'true' : 'false'}`;
  return `{${`${optional('code', code)}${again},"type":${str(type)}`.slice(1)}}`;
}

/** Tokens and cost. */
export function usagePart(usage: EntryUsage): string {
  const text = optionalNumber('cost', usage.cost) + optionalNumber('in', usage.in) + optionalNumber('out', usage.out);
  return `{${text.slice(1)}}`;
}

/** Secrets that were removed. */
export function secretsPart(secrets: readonly EntrySecret[]): string {
  const items = secrets.map(({ fp, kid, name }) => `{"fp":${str(fp)},"kid":${str(kid)},"name":${str(name)}}`);
  return `[${items.join(',')}]`;
}

/** JSON pointers of what was redacted. */
export function pointersPart(pointers: readonly string[]): string {
  return `[${pointers.map(str).join(',')}]`;
}

/** The intent that an entry is of. */
export function intentPart({ hash, wid, wseq }: EntryIntent): string {
  return `{"hash":${str(hash)}${optional('wid', wid)},"wseq":${num(wseq)}}`;
}

/** The last entry of a writer. */
export function headPart({ hash, wid, wseq }: EntryHead): string {
  return `{"hash":${str(hash)},"wid":${str(wid)},"wseq":${num(wseq)}}`;
}

/** Where a writer runs. */
export function hostPart({ boot, lib, node, pid }: GenesisEntry['host']): string {
  return `{"boot":${str(boot)},"lib":${str(lib)},"node":${str(node)},"pid":${num(pid)}}`;
}
