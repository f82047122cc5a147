import { types } from 'node:util';
import { SpanwrightError } from '../core/errors.js';
import { isPlain, typeName } from '../core/snapshot.js';
import { quote, sortKeys } from './json-text.js';

/** Bounds of a canonical text. */
export interface CanonicalTextLimits {
  /** Levels of arrays and objects. Default 64. */
  readonly maxDepth?: number;
  /** Keys of all objects together. Default 4,096. */
  readonly maxKeys?: number;
  /** Characters of text, about. Default 1,048,576. */
  readonly maxChars?: number;
}

interface Walk {
  readonly limits: Required<CanonicalTextLimits>;
  keys: number;
  chars: number;
  /** The containers around what is written. */
  readonly sources: object[];
  /** Where in each of them. */
  readonly at: (string | number)[];
}

const MAX_POINTER_CHARS = 200;

/** The JSON pointer of a path (RFC 6901). */
export function toPointer(path: readonly (string | number)[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function refuse(walk: Walk, got: string): never {
  const pointer = toPointer(walk.at.slice(0, walk.sources.length));
  const place = pointer === '' ? 'the value itself' : `"${pointer.slice(0, MAX_POINTER_CHARS)}"`;
  throw new SpanwrightError('AUDIT_ENTRY_INVALID', `no canonical form of ${place}: got ${got}, expected JSON data`);
}

function spend(walk: Walk, chars: number): void {
  walk.chars -= chars;
  if (walk.chars < 0) refuse(walk, `more than ${walk.limits.maxChars} characters`);
}

function writeString(text: string, walk: Walk): string {
  spend(walk, text.length + 2);
  return quote(text) ?? refuse(walk, 'a lone surrogate');
}

function writeMember(source: object, key: string | number, walk: Walk): string {
  walk.at[walk.sources.length - 1] = key;
  // By its descriptor, so that no getter runs.
  const own = Object.getOwnPropertyDescriptor(source, key);
  if (own === undefined) return refuse(walk, 'a hole of a sparse array');
  const { value } = own as { value: unknown };
  // A descriptor of an accessor has no value; one of data may have `undefined`.
  if (value === undefined && !('value' in own)) return refuse(walk, 'an accessor');
  return writeValue(value, walk);
}

function writeArray(source: readonly unknown[], walk: Walk): string {
  const { length } = source;
  // Before a walk over an array that nobody filled; and what is shared is paid for each time.
  spend(walk, 2 * length + 2);
  if (Object.keys(source).length !== length) return refuse(walk, 'an array with holes or named members');
  walk.sources.push(source);
  let text = '[';
  for (let index = 0; index < length; index++) {
    text += index === 0 ? writeMember(source, index, walk) : `,${writeMember(source, index, walk)}`;
  }
  walk.sources.pop();
  return `${text}]`;
}

function writeObject(source: object, walk: Walk): string {
  const keys = Object.keys(source);
  walk.keys -= keys.length;
  if (walk.keys < 0) return refuse(walk, `more than ${walk.limits.maxKeys} keys`);
  sortKeys(keys);
  spend(walk, 2);
  walk.sources.push(source);
  let text = '{';
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] ?? '';
    walk.at[walk.sources.length - 1] = key;
    const name = quote(key) ?? refuse(walk, 'a key with a lone surrogate');
    spend(walk, key.length + 4);
    text += `${index === 0 ? '' : ','}${name}:${writeMember(source, key, walk)}`;
  }
  walk.sources.pop();
  return `${text}}`;
}

function writeContainer(source: object, walk: Walk): string {
  if (types.isProxy(source)) return refuse(walk, 'a proxy');
  const isArray = Array.isArray(source);
  const isData = isArray ? isArrayPrototype(Object.getPrototypeOf(source)) : isPlain(source);
  if (!isData) return refuse(walk, `an instance of ${typeName(source).slice(1, -1)}`);
  // Before its keys: those of a module's namespace cannot always be read.
  if (Object.getOwnPropertySymbols(source).length > 0) return refuse(walk, 'a symbol key');
  if (walk.sources.includes(source)) return refuse(walk, 'a cycle');
  if (walk.sources.length >= walk.limits.maxDepth) return refuse(walk, `more than ${walk.limits.maxDepth} levels`);
  return isArray ? writeArray(source as readonly unknown[], walk) : writeObject(source, walk);
}

/** Tells the prototype of arrays, of any realm, from the one of a class that extends them. */
export function isArrayPrototype(prototype: unknown): boolean {
  return prototype === Array.prototype || (!types.isProxy(prototype) && Array.isArray(prototype));
}

function writeValue(value: unknown, walk: Walk): string {
  switch (typeof value) {
    case 'string':
      return writeString(value, walk);
    case 'number':
      if (!Number.isFinite(value)) return refuse(walk, String(value));
      // Also -0, which becomes 0.
      return String(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      return value === null ? 'null' : writeContainer(value, walk);
    default:
      return refuse(walk, value === undefined ? 'undefined' : `a ${typeof value}`);
  }
}

/**
 * Writes JSON data as RFC 8785 says: one text for equal data, whatever the order of its keys.
 *
 * Throws `AUDIT_ENTRY_INVALID`, which names the place, for everything that JSON cannot say: `undefined`, NaN, infinities,
 * bigints, functions, symbols, instances of classes, accessors, proxies, lone surrogates, holes, cycles, and what is
 * beyond the limits. -0 becomes 0, as the RFC says. Data is what the enumerable members of arrays and plain objects
 * are; no code of the value runs, a `toJSON` of it neither.
 */
export function canonicalText(value: unknown, limits: CanonicalTextLimits = {}): string {
  const { maxDepth = 64, maxKeys = 4096, maxChars = 1_048_576 } = limits;
  const walk = { limits: { maxDepth, maxKeys, maxChars }, keys: maxKeys, chars: maxChars, sources: [], at: [] };
  return writeValue(value, walk);
}
