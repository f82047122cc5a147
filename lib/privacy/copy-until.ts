/** Sets an own property, whatever its key. */
export function define(into: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') into[key] = value;
  else Object.defineProperty(into, key, { value, enumerable: true, configurable: true, writable: true });
}

/** The items before an index, holes kept. By hand, because `slice` asks the array for its constructor. */
export function itemsUntil(source: readonly unknown[], end: number): unknown[] {
  const copy: unknown[] = [];
  for (let index = 0; index < end; index++) {
    if (Object.hasOwn(source, index)) copy[index] = source[index];
    else copy.length = index + 1;
  }
  return copy;
}

/** A copy of an object that begins where something changes; two keys that became one mark both stay. */
export class ObjectCopy {
  readonly result: Record<string, unknown> = {};
  #isRenamed = false;
  #copies = 1;

  /** Takes the properties before a key over, none of which has a getter; without a key none. */
  constructor(source: object, end?: string) {
    if (end === undefined) return;
    for (const key in source) {
      if (key === end) break;
      const own = Object.getOwnPropertyDescriptor(source, key);
      if (own !== undefined) define(this.result, key, own.value);
    }
  }

  /** Adds a property; `isRenamed` where its key is not the one of the source. */
  put(key: string, value: unknown, isRenamed: boolean): void {
    this.#isRenamed ||= isRenamed;
    let free = key;
    while (this.#isRenamed && Object.hasOwn(this.result, free)) free = `${key}#${++this.#copies}`;
    define(this.result, free, value);
  }
}
