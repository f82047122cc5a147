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

/** The properties before a key; none of them has a getter. */
export function copyUntil(source: object, end: string): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const key in source) {
    if (key === end) break;
    const own = Object.getOwnPropertyDescriptor(source, key);
    if (own !== undefined) define(copy, key, own.value);
  }
  return copy;
}
