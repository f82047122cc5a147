import type { DeniedEntry, IntentEntry, OutcomeEntry } from '../entry.js';
import type { EntryPayload } from '../entry-fields.js';
import type { ExplainedPayload } from './explained-payload.js';
import type { CallState, ExplainedAttempt, ExplainedEntry } from './explanation.js';
import type { FoundEntries, FoundEntry } from './find-entries.js';

type Found<Kind> = FoundEntry & { readonly entry: Kind };

/** The entries of one attempt: an intent, what ended it, or both. */
export interface AttemptEntries {
  readonly intent?: Found<IntentEntry>;
  readonly end?: Found<OutcomeEntry | DeniedEntry>;
}

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}/;

/** Puts intents and what ended them together, in the order of the ledger. */
export function pairAttempts(entries: readonly FoundEntry[]): AttemptEntries[] {
  const ends = new Map<string, Found<OutcomeEntry | DeniedEntry>>();
  const lone: AttemptEntries[] = [];
  for (const found of entries) {
    const { entry, place } = found;
    if (entry.kind !== 'outcome' && entry.kind !== 'denied') continue;
    if (entry.intent === undefined) lone.push({ end: { ...found, entry } });
    else ends.set(toKey(entry.intent.wid ?? place.wid, entry.intent.wseq), { ...found, entry });
  }
  const pairs = entries.flatMap((found): AttemptEntries[] => {
    const { entry, place } = found;
    if (entry.kind !== 'intent') return [];
    const key = toKey(place.wid, entry.wseq);
    const end = ends.get(key);
    ends.delete(key);
    return [{ intent: { ...found, entry }, ...(end === undefined ? {} : { end }) }];
  });
  // Of a chain that is broken the intent may be gone.
  return [...pairs, ...[...ends.values()].map((end) => ({ end })), ...lone];
}

/** How an attempt stands. */
export function stateOf({ intent, end }: AttemptEntries, alive: ReadonlySet<string>): CallState {
  if (end === undefined) return intent !== undefined && alive.has(intent.place.wid) ? 'in_flight' : 'dangling';
  return end.entry.kind === 'denied' ? 'denied' : end.entry.status;
}

/** Says what the entries of an attempt say. */
export function toAttempt(
  entries: AttemptEntries,
  { ledger, tampered }: FoundEntries,
  explain: (digest: EntryPayload) => ExplainedPayload,
): ExplainedAttempt {
  const { intent, end } = entries;
  const outcome = end?.entry.kind === 'outcome' ? end.entry : undefined;
  const denied = end?.entry.kind === 'denied' ? end.entry : undefined;
  const request = intent?.entry;
  const op = request?.op ?? denied?.op;
  const ext = request && { ...request.ext, ...outcome?.ext };
  const both = [intent, end].filter((found) => found !== undefined);
  return {
    attempt: (request ?? end?.entry)?.call?.attempt ?? 1,
    state: stateOf(entries, ledger.alive),
    ...(intent && { intent: toEntry(intent) }),
    ...(end && { end: toEntry(end) }),
    ...(denied && { code: denied.code }),
    ...(op && { op }),
    ...(request?.actor && { actor: request.actor }),
    ...(ext && { ext }),
    ...(request && { pol: request.pol }),
    ...(outcome?.usage && { usage: outcome.usage }),
    ...(outcome?.err && { err: outcome.err }),
    ...(outcome?.durUs !== undefined && { durUs: outcome.durUs }),
    ...(request?.req && { request: explain(request.req) }),
    ...(outcome?.res && { response: explain(outcome.res) }),
    redacted: [...(request?.red ?? []), ...(outcome?.red ?? [])],
    secrets: [...(request?.sec ?? []), ...(outcome?.sec ?? [])],
    ...toTrace(request?.call.traceparent, outcome?.call.traceparent),
    isVerified: both.every(({ place }) => !tampered.has(place.wid)),
  };
}

function toTrace(caller: unknown, own: unknown): Pick<ExplainedAttempt, 'traceId' | 'spanId' | 'parentSpanId'> {
  const [, callerTrace, parentSpanId] = parseTraceparent(caller);
  const [, ownTrace, spanId] = parseTraceparent(own);
  const traceId = ownTrace ?? callerTrace;
  return {
    ...(traceId !== undefined && { traceId }),
    // An outcome that repeats its caller's context names no span of its own.
    ...(spanId !== undefined && spanId !== parentSpanId && { spanId }),
    ...(parentSpanId !== undefined && { parentSpanId }),
  };
}

function parseTraceparent(text: unknown): readonly string[] {
  return typeof text === 'string' ? (TRACEPARENT.exec(text) ?? []) : [];
}

function toEntry({ entry, place, hash }: FoundEntry): ExplainedEntry {
  return { ...place, hash, t: entry.t };
}

function toKey(wid: string, wseq: number): string {
  return `${wid} ${wseq}`;
}
