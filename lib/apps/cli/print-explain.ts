import type { EntryExternal, EntryOperation, EntryUsage } from '../../audit/entry-fields.js';
import type { ExplainedPayload, PayloadState } from '../../audit/read/explained-payload.js';
import type { ExplainedAttempt, ExplainedEntry, Explanation } from '../../audit/read/explanation.js';
import { toColumns, toPrintable } from './columns.js';

const MAX_TEXT_CHARS = 4_000;
const MICROS_PER_MS = 1_000;

const PAYLOAD_STATES: Readonly<Record<PayloadState, string>> = {
  AVAILABLE: 'kept',
  ERASED: 'erased',
  MISSING: 'its file is MISSING',
  CORRUPT: 'its file is CORRUPT',
  NEVER_STORED: 'not kept',
  KEY_MISSING: 'kept; its key is not here',
};

/** `Support.answer`. */
export function nameOf(op: EntryOperation | undefined): string {
  return op === undefined ? '' : [op.class, op.method].filter((part) => part !== undefined).join('.');
}

/** `llm openai gpt-5`. */
export function targetOf(ext: EntryExternal | undefined): string {
  return [ext?.system, ext?.provider, ext?.model].filter((part) => part !== undefined).join(' ');
}

/** `1.25 ms`; nothing where nobody knows. */
export function durationOf(durUs: number | undefined): string {
  return durUs === undefined ? '' : `${(durUs / MICROS_PER_MS).toFixed(2)} ms`;
}

function entryOf({ t, wid, wseq, hash }: ExplainedEntry): string {
  return `${t}, entry ${wseq} of ${wid}, hash ${hash}`;
}

function digestOf({ state, digest }: ExplainedPayload): string {
  const { alg, eq, bytes, media, trunc } = digest;
  const cut = trunc === undefined ? '' : `, the first ${trunc.kept.toLocaleString('en')} bytes`;
  return `${alg} ${eq}, ${bytes.toLocaleString('en')} bytes of ${media}, ${PAYLOAD_STATES[state]}${cut}`;
}

function usageOf({ in: input, out, cost }: EntryUsage): string {
  return [
    input === undefined ? [] : `${input.toLocaleString('en')} tokens in`,
    out === undefined ? [] : `${out.toLocaleString('en')} out`,
    cost === undefined ? [] : `${cost} USD`,
  ]
    .flat()
    .join(', ');
}

function traceOf({ traceId = '', spanId, parentSpanId }: ExplainedAttempt): string {
  const own = spanId === undefined ? '' : `, span ${spanId}`;
  return `${traceId}${own}${parentSpanId === undefined ? '' : `, below ${parentSpanId}`}`;
}

type Row = readonly [label: string, value: string | undefined];

function rowsOf(attempt: ExplainedAttempt, isFast: boolean): Row[] {
  const { intent, end, err, code, actor, usage, request, response, redacted, secrets } = attempt;
  return [
    [`attempt ${attempt.attempt}`, attempt.state],
    ['  method', nameOf(attempt.op)],
    ['  to', targetOf(attempt.ext)],
    ['  for', actor && [actor.type, actor.idFp].filter((part) => part !== undefined).join(' ')],
    ['  trace', attempt.traceId && traceOf(attempt)],
    ['  request', request && digestOf(request)],
    ['  intent', intent && entryOf(intent)],
    ['  refused', code],
    ['  failed', err && [err.type, err.code].filter((part) => part !== undefined).join(' ')],
    ['  response', response && digestOf(response)],
    ['  usage', usage && usageOf(usage)],
    ['  took', durationOf(attempt.durUs)],
    ['  end', end && entryOf(end)],
    ['  removed', redacted.join(', ')],
    ['  secrets', secrets.map(({ name, fp }) => `${name} (${fp})`).join(', ')],
    ['  verified', isFast ? 'not looked at' : attempt.isVerified ? 'yes' : 'NO'],
  ];
}

function toText({ text, base64 }: ExplainedPayload): string | undefined {
  if (text === undefined) return base64 === undefined ? undefined : `base64 ${base64}`;
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

function printPayload(title: string, payload: ExplainedPayload | undefined): string {
  const text = payload && toText(payload);
  if (text === undefined) return '';
  const shown = text.slice(0, MAX_TEXT_CHARS).split('\n').map(toPrintable).join('\n');
  const more = text.length - MAX_TEXT_CHARS;
  return `\n${title}\n${shown}\n${more > 0 ? `… and ${more.toLocaleString('en')} more characters: --json has them\n` : ''}`;
}

/** What is known of a call, for people: who, what was sent, what came back, and where it is proved. `isFast`: nothing is. */
export function printExplanation(explanation: Explanation, isFast: boolean): string {
  const { callId, run, row, parent, attempts, children } = explanation;
  const rows: Row[] = [
    ['call', callId],
    ['run', run],
    ['row', row],
    ['inside', parent],
    ...attempts.flatMap((attempt) => rowsOf(attempt, isFast)),
    ...children.map((child, index): Row => [
      index === 0 ? 'calls' : '',
      `${child.callId}  ${nameOf(child.op)}  ${child.system}`,
    ]),
  ];
  const payloads = attempts.flatMap(({ attempt, request, response }) => {
    const of = attempts.length === 1 ? '' : ` of attempt ${attempt}`;
    return [printPayload(`Request${of}`, request), printPayload(`Response${of}`, response)];
  });
  return [
    toColumns(rows.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [[label, value]]))),
    ...payloads,
  ].join('');
}
