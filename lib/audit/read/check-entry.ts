import { isUtf8 } from 'node:buffer';
import { ENTRY_VERSION, type Entry, NO_HASH } from '../entry.js';
import { isUlid } from '../ulid.js';

/** What the base of an entry must say. */
export interface ExpectedBase {
  readonly lid: string;
  readonly inc: string;
  readonly wid: string;
  readonly wseq: number;
  readonly prev: string;
}

type Fields = Readonly<Record<string, unknown>>;

const KIND = /^[a-z][a-z0-9_-]{0,31}$/;
const HASH = /^[0-9a-f]{64}$/;
const STATUSES = new Set<unknown>(['ok', 'error', 'timeout', 'cancelled', 'abandoned', 'unknown']);

/** Reads the bytes of an entry as a JSON object; undefined where they are none. */
export function parseEntry(bytes: Uint8Array): Fields | undefined {
  if (!isUtf8(bytes)) return undefined;
  try {
    const value: unknown = JSON.parse(toBuffer(bytes).toString());
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What is wrong with an entry at its place in a chain, as a stable word and for people; undefined where nothing is. */
export function findFault(
  entry: Fields,
  expected: ExpectedBase,
): { code: 'entry' | 'chain'; text: string } | undefined {
  if (entry['v'] !== ENTRY_VERSION) return { code: 'entry', text: `its version is none of ${ENTRY_VERSION}` };
  if (entry['wid'] !== expected.wid) return { code: 'chain', text: 'it is of another writer' };
  if (entry['lid'] !== expected.lid || entry['inc'] !== expected.inc) {
    return { code: 'chain', text: 'it is of another ledger' };
  }
  if (entry['wseq'] !== expected.wseq) return { code: 'chain', text: `its number is not ${expected.wseq}` };
  if (entry['prev'] !== expected.prev) {
    return { code: 'chain', text: 'it does not follow from the entry before' };
  }
  const field = findWrongField(entry);
  return field === undefined ? undefined : { code: 'entry', text: `its field ${field} is not as it must be` };
}

/** An entry that stands in no chain; undefined where its fields are not as they must be. */
export function tryEntry(bytes: Uint8Array): Entry | undefined {
  const fields = parseEntry(bytes);
  if (fields === undefined || fields['v'] !== ENTRY_VERSION || !isCount(fields['wseq'])) return undefined;
  return findWrongField(fields) === undefined ? asEntry(fields) : undefined;
}

/** Narrows an entry whose fields were checked. */
export function asEntry(entry: Fields): Entry {
  return entry as unknown as Entry;
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function findWrongField(entry: Fields): string | undefined {
  if (typeof entry['t'] !== 'string') return 't';
  if (typeof entry['mono'] !== 'string' || !/^\d{1,20}$/.test(entry['mono'])) return 'mono';
  const { kind } = entry;
  if (typeof kind !== 'string' || !KIND.test(kind)) return 'kind';
  if ((kind === 'genesis') !== (entry['wseq'] === 0)) return 'kind';
  switch (kind) {
    case 'genesis':
      if (!isHash(entry['ledger'])) return 'ledger';
      if (!isObject(entry['host'])) return 'host';
      return Array.isArray(entry['heads']) && entry['heads'].every(isHead) ? undefined : 'heads';
    case 'policy':
      return isHash(entry['hash']) ? has(entry, 'data') : 'hash';
    case 'intent':
      return findWrongIntent(entry);
    case 'outcome':
      if (!isCall(entry['call'])) return 'call';
      if (!isReference(entry['intent'])) return 'intent';
      if (!STATUSES.has(entry['status'])) return 'status';
      return isPayload(entry['res']) ? undefined : 'res';
    case 'denied':
      if (typeof entry['code'] !== 'string') return 'code';
      if (entry['call'] !== undefined && !isCall(entry['call'])) return 'call';
      if (entry['count'] !== undefined && !isCount(entry['count'])) return 'count';
      return entry['intent'] === undefined || (isReference(entry['intent']) && entry['call'] !== undefined)
        ? undefined
        : 'intent';
    case 'recovered':
      if (!isHead(entry['of'])) return 'of';
      if (!isCount(entry['droppedBytes'])) return 'droppedBytes';
      return isCount(entry['dangling']) ? undefined : 'dangling';
    case 'close':
      return isCount(entry['dangling']) ? undefined : 'dangling';
    case 'note':
      return has(entry, 'data');
    case 'run':
      return typeof entry['run'] === 'string' ? undefined : 'run';
    default:
      return undefined;
  }
}

function findWrongIntent(entry: Fields): string | undefined {
  const { op, ext, pol } = entry;
  if (!isCall(entry['call'])) return 'call';
  if (!isObject(op) || typeof op['method'] !== 'string') return 'op';
  if (!isObject(ext) || typeof ext['system'] !== 'string') return 'ext';
  if (!isObject(pol) || typeof pol['level'] !== 'string' || typeof pol['ruleId'] !== 'string') return 'pol';
  if (!isHash(pol['hash'])) return 'pol';
  return isPayload(entry['req']) ? undefined : 'req';
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isHash(value: unknown): boolean {
  return typeof value === 'string' && HASH.test(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isCall(value: unknown): boolean {
  if (!isObject(value) || typeof value['id'] !== 'string' || value['id'] === '') return false;
  return isCount(value['attempt']) && value['attempt'] > 0;
}

function isReference(value: unknown): boolean {
  if (!isObject(value) || !isCount(value['wseq']) || !isHash(value['hash'])) return false;
  return value['wid'] === undefined || isWriter(value['wid']);
}

function isHead(value: unknown): boolean {
  if (!isObject(value) || !isWriter(value['wid'])) return false;
  return value['wseq'] === -1 ? value['hash'] === NO_HASH : isCount(value['wseq']) && isHash(value['hash']);
}

function isWriter(value: unknown): boolean {
  return typeof value === 'string' && isUlid(value);
}

function isPayload(value: unknown): boolean {
  return value === undefined || (isObject(value) && (value['ref'] === undefined || isHash(value['ref'])));
}

function has(entry: Fields, field: string): string | undefined {
  return Object.hasOwn(entry, field) ? undefined : field;
}
