import type { Entry } from '../entry.js';
import type { EntryCall } from '../entry-fields.js';
import { pairAttempts, toAttempt } from './call-attempts.js';
import { PayloadReader } from './explained-payload.js';
import type { ChildCall, Explanation } from './explanation.js';
import type { EntryIndex } from './entry-index.js';
import { type FoundEntries, findEntries, takeEntries } from './find-entries.js';

/** Options of `explain`. */
export interface ExplainOptions {
  /** Folder of the ledger's keys. Default `<directory>.keys`. */
  readonly keys?: string | undefined;
  /** Finds the entries without reading the whole ledger; then nothing is proved, and `isVerified` is false. */
  readonly index?: EntryIndex | undefined;
}

/**
 * Says everything that a ledger knows of a call: each attempt from its request to its answer, what is around and below it, and
 * whether it is proved. Reads the whole ledger, but with an index. Rejects with `AUDIT_LEDGER_UNREADABLE` where there is none.
 */
export async function explain(directory: string, callId: string, options: ExplainOptions = {}): Promise<Explanation> {
  const found = await find(directory, callId, options.index);
  const own = found.entries.filter(({ entry }) => callOf(entry)?.id === callId);
  const payloads = new PayloadReader(directory, options.keys);
  const attempts = pairAttempts(own).map((entries) => toAttempt(entries, found, (digest) => payloads.explain(digest)));
  const call = own.map(({ entry }) => callOf(entry)).find((one) => one !== undefined);
  return {
    callId,
    ...(call?.run !== undefined && { run: call.run }),
    ...(call?.row !== undefined && { row: call.row }),
    ...(call?.parent !== undefined && { parent: call.parent }),
    ...(call?.seqInParent !== undefined && { seqInParent: call.seqInParent }),
    attempts: attempts.sort((left, right) => left.attempt - right.attempt),
    children: toChildren(
      callId,
      found.entries.map(({ entry }) => entry),
    ),
  };
}

async function find(directory: string, callId: string, index: EntryIndex | undefined): Promise<FoundEntries> {
  const own = index?.byCall(callId);
  const below = own && index?.byParent(callId);
  if (own !== undefined && below !== undefined) return takeEntries(directory, [...own, ...below]);
  return findEntries(directory, (entry) => {
    const call = callOf(entry);
    return call?.id === callId || (entry.kind === 'intent' && call?.parent === callId);
  });
}

/** The call that an entry names. */
export function callOf(entry: Entry): EntryCall | undefined {
  return entry.kind === 'intent' || entry.kind === 'outcome' || entry.kind === 'denied' ? entry.call : undefined;
}

function toChildren(parent: string, entries: readonly Entry[]): ChildCall[] {
  const children = new Map<string, ChildCall>();
  for (const entry of entries) {
    if (entry.kind !== 'intent' || entry.call.parent !== parent || children.has(entry.call.id)) continue;
    const { call, op, ext } = entry;
    const seqInParent = call.seqInParent;
    children.set(call.id, {
      callId: call.id,
      ...(seqInParent !== undefined && { seqInParent }),
      op,
      system: ext.system,
    });
  }
  return [...children.values()].sort((left, right) => (left.seqInParent ?? 0) - (right.seqInParent ?? 0));
}
