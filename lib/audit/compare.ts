import { toPointer } from './canonical.js';

/** Pointers that an entry names at most. */
export const MAX_POINTERS = 64;
// Longer ones are cut to those of a container around, so that an entry keeps its size.
const MAX_POINTER_CHARS = 96;
const MARK = /\[REDACTED:([0-9a-f]{8})\]/g;

/** What differs between a value and the same one without its secrets. */
export interface Difference {
  /** JSON pointers of what differs, 64 at most. */
  readonly pointers: string[];
  /** The digits of the marks at each of them that has any. */
  readonly marks: { readonly pointer: string; readonly digits: string }[];
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function shortPointer(path: readonly (string | number)[]): string {
  for (let length = path.length; length > 0; length--) {
    const pointer = toPointer(path.slice(0, length));
    if (pointer.length <= MAX_POINTER_CHARS) return pointer;
  }
  return '';
}

class Comparison {
  readonly found: Difference = { pointers: [], marks: [] };
  readonly #path: (string | number)[] = [];

  walk(before: unknown, after: unknown): void {
    if (Object.is(before, after) || this.found.pointers.length >= MAX_POINTERS) return;
    if (!isContainer(before) || !isContainer(after) || Array.isArray(before) !== Array.isArray(after)) {
      this.#note(after);
    } else {
      this.#members(before, after);
    }
  }

  #members(before: object, after: object): void {
    // By the names of what is kept: one that was changed held a secret itself.
    for (const key of Object.keys(after)) {
      const was: unknown = Object.getOwnPropertyDescriptor(before, key)?.value;
      this.#path.push(key);
      if (Object.hasOwn(before, key)) this.walk(was, Object.getOwnPropertyDescriptor(after, key)?.value);
      else this.#note(key);
      this.#path.pop();
    }
  }

  #note(shown: unknown): void {
    const { pointers, marks } = this.found;
    if (pointers.length >= MAX_POINTERS) return;
    const pointer = shortPointer(this.#path);
    if (pointers.at(-1) !== pointer) pointers.push(pointer);
    if (typeof shown !== 'string') return;
    for (const match of shown.matchAll(MARK)) {
      if (marks.length >= MAX_POINTERS) return;
      marks.push({ pointer, digits: match[1] ?? '' });
    }
  }
}

/** Finds where a value differs from the same one without its secrets. */
export function compareCleaned(before: unknown, after: unknown): Difference {
  const comparison = new Comparison();
  comparison.walk(before, after);
  return comparison.found;
}
