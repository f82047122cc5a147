import type { Entry } from '../../audit/entry.js';
import type { EntryCall, EntryIntent } from '../../audit/entry-fields.js';
import type { TailEntry } from '../../audit/read/tail.js';
import { toColumns } from './columns.js';
import { durationOf, nameOf, targetOf } from './print-explain.js';

const MAX_DATA_CHARS = 200;
const SHORT_ID_CHARS = 6;

function callOf(call: EntryCall | undefined): string {
  if (call === undefined) return '';
  return call.attempt === 1 ? call.id : `${call.id} (attempt ${call.attempt})`;
}

function dataOf(data: unknown): string {
  const text = data === undefined ? '' : JSON.stringify(data);
  return text.length > MAX_DATA_CHARS ? `${text.slice(0, MAX_DATA_CHARS)}…` : text;
}

function intentOf(intent: EntryIntent | undefined): string {
  return intent?.wid === undefined ? '' : `by another writer, for entry ${intent.wseq} of ${intent.wid}`;
}

function partsOf(entry: Entry): ReadonlyArray<string | undefined> {
  switch (entry.kind) {
    case 'intent':
      return [callOf(entry.call), nameOf(entry.op), targetOf(entry.ext)];
    case 'outcome':
      return [callOf(entry.call), entry.status, entry.err?.type, durationOf(entry.durUs), intentOf(entry.intent)];
    case 'denied':
      return [callOf(entry.call), entry.code, entry.count === undefined ? '' : `${entry.count} calls`];
    case 'recovered':
      return [`writer ${entry.of.wid}`, `${entry.dangling} calls without an outcome`];
    case 'genesis':
      return [`pid ${entry.host.pid}`, `node ${entry.host.node}`, `spanwright ${entry.host.lib}`];
    case 'policy':
      return [dataOf(entry.data)];
    case 'note':
      return [dataOf(entry.data)];
    case 'run':
      return [entry.run, dataOf(entry.data)];
    case 'close':
      return [entry.dangling === 0 ? '' : `${entry.dangling} calls without an outcome`];
    default:
      return [];
  }
}

/** Entries for people, a line each: when, whose, which, what. */
export function printEntries(entries: readonly TailEntry[]): string {
  return toColumns(
    entries.map(({ entry, wid, wseq }) => [
      entry.t,
      `${wid.slice(-SHORT_ID_CHARS)}/${wseq}`,
      entry.kind,
      partsOf(entry)
        .filter((part) => part !== undefined && part !== '')
        .join('  '),
    ]),
  );
}
