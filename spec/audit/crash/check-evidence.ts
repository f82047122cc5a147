import type { CallLog } from './call-log.js';
import type { FoundChain, FoundEntry } from './read-evidence.js';

const ZEROS = '0'.repeat(64);
const FINAL = new Set(['outcome', 'denied']);

const keyOf = (wid: string, wseq: number, hash: string): string => `${wid} ${wseq} ${hash}`;

function chainFaults({ wid, entries }: FoundChain): string[] {
  return entries.flatMap((entry, index) => {
    const before = index === 0 ? ZEROS : entries[index - 1]?.hash;
    return [
      ...(entry.wid === wid ? [] : [`${wid}: an entry of ${entry.wid}`]),
      ...(entry.wseq === index ? [] : [`${wid}: number ${entry.wseq} in the place of ${index}`]),
      ...(entry.prev === before ? [] : [`${wid} ${index}: does not follow the entry before`]),
    ];
  });
}

/** Counts, for the intents of a ledger, the entries that say how they ended. */
export function endsOfIntents(chains: readonly FoundChain[]): Map<string, { intent: FoundEntry; ends: FoundEntry[] }> {
  const all = chains.flatMap(({ entries }) => entries);
  const intents = all.filter(({ kind }) => kind === 'intent');
  const ends = new Map(intents.map((intent) => [keyOf(intent.wid, intent.wseq, intent.hash), { intent, ends: [] }]));
  const found: Map<string, { intent: FoundEntry; ends: FoundEntry[] }> = ends;
  for (const entry of all) {
    if (!FINAL.has(entry.kind) || entry.intent === undefined) continue;
    const { wid = entry.wid, wseq, hash } = entry.intent;
    found.get(keyOf(wid, wseq, hash))?.ends.push(entry);
  }
  return found;
}

/** How many intents have nothing that says how they ended. */
export function danglingOf(chains: readonly FoundChain[]): FoundEntry[] {
  return [...endsOfIntents(chains).values()].filter(({ ends }) => ends.length === 0).map(({ intent }) => intent);
}

/** What the evidence says otherwise than the process was told: entries that are missing, doubled or out of line. */
export function evidenceFaults(chains: readonly FoundChain[], log: CallLog): string[] {
  const all = chains.flatMap(({ entries }) => entries);
  const kept = new Set(all.map(({ wid, wseq, hash }) => keyOf(wid, wseq, hash)));
  const idsOf = (kind: string): Set<string> =>
    new Set(all.filter((entry) => entry.kind === kind).map(({ call }) => call?.id ?? ''));
  const intents = idsOf('intent');
  const outcomes = idsOf('outcome');
  return [
    ...chains.flatMap(chainFaults),
    ...log.notes.filter((note) => !kept.has(note)).map((note) => `a note is lost: ${note}`),
    ...log.made.filter((id) => !intents.has(id)).map((id) => `a call without an intent: ${id}`),
    ...log.ended.filter((id) => !outcomes.has(id)).map((id) => `an outcome is lost: ${id}`),
  ];
}

/** What is wrong after a recovery: calls with no end or two, and calls that were told ended and are `unknown`. */
export function recoveryFaults(
  chains: readonly FoundChain[],
  log: CallLog,
  wasDangling: readonly FoundEntry[],
): string[] {
  const gone = new Set(wasDangling.map(({ hash }) => hash));
  const ended = new Set(log.ended);
  return [...endsOfIntents(chains).values()].flatMap(({ intent, ends }) => {
    const id = intent.call?.id ?? '';
    const unknown = ends.filter(({ status }) => status === 'unknown').length;
    return [
      ...(ends.length === 1 ? [] : [`${id}: ${ends.length} ends`]),
      ...(gone.has(intent.hash) && unknown !== 1 ? [`${id}: ${unknown} unknown, expected one`] : []),
      ...(ended.has(id) && unknown > 0 ? [`${id}: told to have ended, and unknown`] : []),
    ];
  });
}
