/** Stands for a value whose getter or proxy threw. */
export const UNREADABLE = Symbol('unreadable');

/** An object of somebody else's, copied: no prototype, own enumerable keys, each read once. */
export type Plain = Record<string, unknown>;

// Nobody configures more; a list or an object without end must not hold the process.
const MAX_ENTRIES = 1000;

function attempt<T>(read: () => T): T | typeof UNREADABLE {
  try {
    return read();
  } catch {
    return UNREADABLE;
  }
}

function copyList(list: readonly unknown[], depth: number): unknown {
  const { length } = list;
  if (!(length <= MAX_ENTRIES)) return UNREADABLE;
  return Array.from({ length }, (_, index) =>
    copyInput(
      attempt(() => list[index]),
      depth - 1,
    ),
  );
}

function copyObject(source: object, depth: number, asIs: string | undefined): unknown {
  const keys = Object.keys(source);
  if (keys.length > MAX_ENTRIES) return UNREADABLE;
  const copy = Object.create(null) as Plain;
  for (const key of keys) {
    const value = attempt(() => (source as Plain)[key]);
    copy[key] = key === asIs ? value : copyInput(value, depth - 1);
  }
  return copy;
}

function copyHolder(value: object, depth: number, asIs: string | undefined): unknown {
  if (Array.isArray(value)) return copyList(value, depth);
  // A Map, a Date or a promise (a forgotten `await`) has no keys: copied it would be an empty object that passes.
  return Object.prototype.toString.call(value) === '[object Object]' ? copyObject(value, depth, asIs) : value;
}

/**
 * Copies objects and lists to a depth, so that what is checked is what is used. Never throws: what cannot be read
 * becomes `UNREADABLE`. Objects of other kinds, functions and whatever lies deeper stay as they are, as does key `asIs`.
 */
export function copyInput(value: unknown, depth: number, asIs?: string): unknown {
  if (typeof value !== 'object' || value === null || depth <= 0) return value;
  return attempt(() => copyHolder(value, depth, asIs));
}

/** Tells a copied object from everything else. */
export function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && attempt(() => Object.getPrototypeOf(value) as unknown) === null;
}
