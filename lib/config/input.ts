import { types } from 'node:util';

/** Stands for a value whose getter or proxy threw. */
export const UNREADABLE = Symbol('unreadable');

/** An object of somebody else's, copied: no prototype, own enumerable keys, each read once. */
export type Plain = Record<string, unknown>;

/** Stands for an object that is neither a plain one nor a list: no option is one. */
export const OPAQUE: object = Object.freeze({});

const opaqueFunction = (): void => {};

// Nobody configures more; a list or an object without end must not hold the process.
const MAX_ENTRIES = 1000;

function attempt<T>(read: () => T): T | typeof UNREADABLE {
  try {
    return read();
  } catch {
    return UNREADABLE;
  }
}

function copyList(list: readonly unknown[], depth: number, kept: readonly string[]): unknown {
  const { length } = list;
  if (!(length <= MAX_ENTRIES)) return UNREADABLE;
  return Array.from({ length }, (_, index) =>
    copyInput(
      attempt(() => list[index]),
      depth - 1,
      kept,
    ),
  );
}

// class-validator asks every value whether it is a promise, which a proxy can refuse.
function keep(value: unknown): unknown {
  return attempt(() => (value instanceof Promise ? OPAQUE : value));
}

function copyObject(source: object, depth: number, kept: readonly string[]): unknown {
  const keys = Object.keys(source);
  if (keys.length > MAX_ENTRIES) return UNREADABLE;
  const copy = Object.create(null) as Plain;
  for (const key of keys) {
    const value = attempt(() => (source as Plain)[key]);
    copy[key] = kept.includes(key) ? keep(value) : copyInput(value, depth - 1, kept);
  }
  return copy;
}

function copyHolder(value: object, depth: number, kept: readonly string[]): unknown {
  if (types.isRegExp(value)) return value;
  if (Array.isArray(value)) return copyList(value, depth, kept);
  // A Map, a Date or a promise (a forgotten `await`) has no keys: copied it would be an empty object that passes.
  if (Object.prototype.toString.call(value) !== '[object Object]') return OPAQUE;
  return copyObject(value, depth, kept);
}

/**
 * Copies objects and lists to a depth, so that what is checked is what is used and nothing of the user's runs later.
 * Never throws: what cannot be read becomes `UNREADABLE`; other objects, functions and what lies deeper become
 * stand-ins that no rule accepts. Values under the keys `kept` stay themselves, and so do regular expressions.
 */
export function copyInput(value: unknown, depth: number, kept: readonly string[] = []): unknown {
  if (typeof value === 'function') return opaqueFunction;
  if (typeof value !== 'object' || value === null) return value;
  return depth > 0 ? attempt(() => copyHolder(value, depth, kept)) : OPAQUE;
}

/** Tells a copied object from everything else. */
export function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null;
}
