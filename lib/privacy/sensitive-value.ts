import { snapshot } from '../core/snapshot.js';

/** The text of a value that is replaced whole, for its mark: equal values have equal texts. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(snapshot(value, { maxBytes: 65_536 })) : String(snapshot(value));
}

const NAMES = ['name', 'key', 'header', 'Name', 'Key'];

/** The name that stands beside a `value`: `{ name: 'cookie', value: '…' }`. */
export function namesValue(holder: object): string | undefined {
  for (const key of NAMES) {
    const name: unknown = Object.getOwnPropertyDescriptor(holder, key)?.value;
    if (typeof name === 'string') return name;
  }
  return undefined;
}

const COMMON_HEADERS = new Set([
  'host',
  'accept',
  'content-type',
  'content-length',
  'user-agent',
  'connection',
  'date',
  'server',
]);

const MAX_HEADERS = 64;

/** Tells that a list has the name of a header that most messages have where names stand. */
export function hasCommonHeader(list: readonly unknown[]): boolean {
  for (let index = 0; index < list.length && index < MAX_HEADERS; index += 2) {
    const item: unknown = Object.getOwnPropertyDescriptor(list, index)?.value;
    if (typeof item === 'string' && item.length <= 14 && COMMON_HEADERS.has(item.toLowerCase())) return true;
  }
  return false;
}

/** Tells a header with its value from two words that stand in a list. */
export function isHeaderValue(name: string, value: string): boolean {
  return name.includes('-') ? /[^a-z -]/.test(value) : /[\d=]/.test(value);
}
