import { CHARACTERS, startOf } from './characters.js';

/** Characters of a name at most. */
export const MAX_NAME_CHARS = 64;

/** The name that ends before `end`, of two words where the last is short: `API key`. */
export function nameBefore(text: string, end: number): string {
  const start = startOf(text, end, CHARACTERS.dotted, end - MAX_NAME_CHARS);
  const name = text.slice(start, end);
  if (name.length > 5 || text.charAt(start - 1) !== ' ') return name;
  return text.slice(startOf(text, start - 1, CHARACTERS.dotted, start - 1 - MAX_NAME_CHARS), end);
}
