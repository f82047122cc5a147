// oxlint-disable-next-line import/no-unassigned-import -- it extends `Reflect`
import 'reflect-metadata';

/** Everything that a program can find out about a function without running it, but its source text. */
export interface Looks {
  readonly kind: string;
  readonly own: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly isConstructor: boolean;
  readonly isExtensible: boolean;
}

/** Stands for a value that cannot be compared by what is in it. */
function shown(value: unknown): unknown {
  if (typeof value === 'function') return 'a function';
  // The `prototype` of a generator or a constructor is an object of its own.
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyNames(value).toSorted() : value;
}

type OwnProperty = Readonly<Partial<Record<keyof PropertyDescriptor, unknown>>>;

function descriptorOf(target: object, key: PropertyKey): OwnProperty {
  return Object.getOwnPropertyDescriptor(target, key) as OwnProperty;
}

function descriptorsOf(target: object): Record<string, unknown> {
  const found = Reflect.ownKeys(target).map((key) => {
    const { value, get, set, ...flags } = descriptorOf(target, key);
    return [String(key), { ...flags, value: shown(value), get: shown(get), set: shown(set) }] as const;
  });
  return Object.fromEntries(found.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** What is kept for a target itself, or for one of its properties, as frameworks keep it. */
function metadataOf(target: object, key?: string): Record<string, unknown> {
  const keys: unknown[] =
    key === undefined ? Reflect.getOwnMetadataKeys(target) : Reflect.getOwnMetadataKeys(target, key);
  const read = (name: unknown): unknown =>
    key === undefined ? Reflect.getOwnMetadata(name, target) : Reflect.getOwnMetadata(name, target, key);
  return Object.fromEntries(keys.map((name) => [String(name), shown(read(name))]));
}

function canBeConstructed(fn: object): boolean {
  try {
    Reflect.construct(Object, [], fn as new () => unknown);
    return true;
  } catch {
    return false;
  }
}

export function looksOf(fn: object): Looks {
  return {
    kind: (Object.getPrototypeOf(fn) as { constructor: { name: string } }).constructor.name,
    own: descriptorsOf(fn),
    metadata: metadataOf(fn),
    isConstructor: canBeConstructed(fn),
    isExtensible: Object.isExtensible(fn),
  };
}

/** The looks of a class: itself, its members on both sides, and what is kept for each. */
export function looksOfClass(target: { readonly prototype: object }): Record<string, unknown> {
  const looks: Record<string, unknown> = { class: looksOf(target) };
  for (const [side, holder] of Object.entries({ static: target, prototype: target.prototype })) {
    looks[side] = descriptorsOf(holder);
    for (const key of Reflect.ownKeys(holder)) {
      if (key === 'prototype' || key === 'constructor') continue;
      const { value, get, set } = descriptorOf(holder, key);
      for (const [role, fn] of Object.entries({ value, get, set })) {
        if (typeof fn === 'function') looks[`${side} ${String(key)} ${role}`] = looksOf(fn);
      }
      if (typeof key === 'string') looks[`${side} ${key} metadata`] = metadataOf(holder, key);
    }
  }
  return looks;
}
