import { types } from 'node:util';

// Taken when the package loads, and asked for what objects hold in their slots: a subclass or an own member of the same
// name would run code of the value.
type Read = (value: object) => unknown;

function toRead(read: unknown): Read {
  return typeof read === 'function' ? (value) => Reflect.apply(read, value, []) as unknown : () => undefined;
}

function getterOf(prototype: object, name: string | symbol): Read {
  const own: { readonly get?: unknown } | undefined = Object.getOwnPropertyDescriptor(prototype, name);
  return toRead(own?.get);
}

function methodOf(prototype: object, name: string): Read {
  return toRead(Object.getOwnPropertyDescriptor(prototype, name)?.value);
}

const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;
const kindOfTyped = getterOf(typedArray, Symbol.toStringTag);
const typedReads = [typedArray, DataView.prototype].map((prototype) => ({
  buffer: getterOf(prototype, 'buffer'),
  byteOffset: getterOf(prototype, 'byteOffset'),
  byteLength: getterOf(prototype, 'byteLength'),
}));
const [ofTyped, ofDataView] = typedReads;
const bufferLength = getterOf(ArrayBuffer.prototype, 'byteLength');
const sharedLength = getterOf(SharedArrayBuffer.prototype, 'byteLength');
const sizeOfMap = getterOf(Map.prototype, 'size');
const sizeOfSet = getterOf(Set.prototype, 'size');
const hrefOf = getterOf(URL.prototype, 'href');
const sourceOf = getterOf(RegExp.prototype, 'source');
const FLAGS: readonly (readonly [string, Read])[] = (
  [
    ['d', 'hasIndices'],
    ['g', 'global'],
    ['i', 'ignoreCase'],
    ['m', 'multiline'],
    ['s', 'dotAll'],
    ['u', 'unicode'],
    ['v', 'unicodeSets'],
    ['y', 'sticky'],
  ] as const
).map(([letter, name]) => [letter, getterOf(RegExp.prototype, name)]);
const timeOf = methodOf(Date.prototype, 'getTime');
const startMap = methodOf(Map.prototype, 'entries');
const startSet = methodOf(Set.prototype, 'values');
const nextOfMap = methodOf(Object.getPrototypeOf(new Map().entries()) as object, 'next');
const nextOfSet = methodOf(Object.getPrototypeOf(new Set().values()) as object, 'next');
const unboxing = [Number, String, Boolean, BigInt, Symbol].map(({ prototype }) => methodOf(prototype, 'valueOf'));

/** Bytes that an object holds, and what kind of object it is at heart. */
export interface HeldBytes {
  readonly kind: string;
  /** Shares the memory. */
  readonly bytes: Uint8Array;
}

/** The bytes of a buffer or of a view on one; undefined of anything else. */
export function bytesOf(value: object): HeldBytes | undefined {
  if (ArrayBuffer.isView(value)) {
    const kind = kindOfTyped(value) as string | undefined;
    const reads = kind === undefined ? ofDataView : ofTyped;
    if (reads === undefined) return undefined;
    const buffer = reads.buffer(value) as ArrayBuffer;
    const bytes = new Uint8Array(buffer, reads.byteOffset(value) as number, reads.byteLength(value) as number);
    return { kind: kind ?? 'DataView', bytes };
  }
  if (!types.isAnyArrayBuffer(value)) return undefined;
  const isShared = types.isSharedArrayBuffer(value);
  const length = (isShared ? sharedLength : bufferLength)(value) as number;
  return { kind: isShared ? 'SharedArrayBuffer' : 'ArrayBuffer', bytes: new Uint8Array(value, 0, length) };
}

/** The time of a date as ISO text; `invalid` where it has none. */
export function dateText(value: Date): string {
  const time = timeOf(value) as number;
  return Number.isNaN(time) ? 'invalid' : new Date(time).toISOString();
}

/** A regular expression as it is written. */
export function regexpText(value: RegExp): string {
  const flags = FLAGS.filter(([, isSet]) => isSet(value) === true).map(([letter]) => letter);
  return `/${String(sourceOf(value))}/${flags.join('')}`;
}

/** The primitive inside of `new String(…)` and its like. */
export function unboxed(value: object): unknown {
  for (const unbox of unboxing) {
    try {
      return unbox(value);
    } catch {
      // Another type's.
      continue;
    }
  }
  return undefined;
}

/** The prototypes of an object, up to a proxy. */
function prototypesOf(value: object): object[] {
  const found: object[] = [];
  for (let at: object | null = value; at !== null && !types.isProxy(at);) {
    at = Object.getPrototypeOf(at) as object | null;
    if (at !== null) found.push(at);
  }
  return found;
}

/** The text of a URL; undefined of anything else. */
export function urlText(value: object): string | undefined {
  if (!prototypesOf(value).includes(URL.prototype)) return undefined;
  try {
    return String(hrefOf(value));
  } catch {
    return undefined;
  }
}

/** Tells errors, of any realm. */
export function isErrorObject(value: object): boolean {
  return types.isNativeError(value) || prototypesOf(value).includes(Error.prototype);
}

/** How many items a map or a set has, and the first of them: of a map pairs. */
export function itemsOf(value: object, most: number): { readonly size: number; readonly items: unknown[] } {
  const isMap = types.isMap(value);
  const next = isMap ? nextOfMap : nextOfSet;
  const iterator = (isMap ? startMap : startSet)(value) as object;
  const items: unknown[] = [];
  while (items.length < most) {
    const step = next(iterator) as IteratorResult<unknown>;
    if (step.done === true) break;
    items.push(step.value);
  }
  return { size: (isMap ? sizeOfMap : sizeOfSet)(value) as number, items };
}
