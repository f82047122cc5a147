import { types } from 'node:util';
import { isPlain, snapshot } from '../core/snapshot.js';
import type { KeyVerdict } from './key-verdicts.js';

/** The text of a value that is replaced whole, for its mark: equal values have equal texts. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(snapshot(value, { maxBytes: 65_536 })) : String(snapshot(value));
}

const NAMES = ['name', 'key', 'header', 'label', 'field', 'param', 'Name', 'Key', 'Label', 'Field'];

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

/** Tells a value that is worth a mark. */
export function saysSomething(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || typeof value === 'boolean') return false;
  return types.isProxy(value) || !Array.isArray(value) || value.length > 0;
}

/** Tells `{ token: 'Hel', logprob: -0.1 }`, a piece of an answer. */
export function isOfLogprobs(source: object, { isToken }: KeyVerdict): boolean {
  return isToken && typeof Object.getOwnPropertyDescriptor(source, 'logprob')?.value === 'number';
}

const SCHEMA_TYPES: ReadonlySet<unknown> = new Set([
  'string',
  'object',
  'number',
  'integer',
  'boolean',
  'array',
  'null',
]);

/** Tells `password: { type: 'string', description: '…' }` of a JSON schema, which says what a value is and holds none. */
export function isSchema(value: unknown, { kind }: KeyVerdict): boolean {
  if (kind === 'user' || typeof value !== 'object' || value === null || types.isProxy(value)) return false;
  if (Array.isArray(value) || !isPlain(value)) return false;
  const said = (name: string): unknown => Object.getOwnPropertyDescriptor(value, name)?.value;
  if (SCHEMA_TYPES.has(said('type'))) return true;
  return typeof said('$ref') === 'string' || Array.isArray(said('anyOf')) || Array.isArray(said('oneOf'));
}

/** Tells that a property held what came out of the gate. */
export function isSame(own: PropertyDescriptor, result: unknown): boolean {
  return Object.is(own.value, result) && 'value' in own;
}
