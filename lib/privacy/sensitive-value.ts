import { snapshot } from '../core/snapshot.js';

/** The text of a value that is replaced whole, for its mark: equal values have equal texts. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(snapshot(value, { maxBytes: 65_536 })) : String(snapshot(value));
}

/** The name that stands beside a `value`: `{ name: 'cookie', value: '…' }`. */
export function namesValue(holder: object): string | undefined {
  for (const key of ['name', 'key', 'header']) {
    const name: unknown = Object.getOwnPropertyDescriptor(holder, key)?.value;
    if (typeof name === 'string') return name;
  }
  return undefined;
}
