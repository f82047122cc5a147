import type { Cleaner } from './clean.js';

// What is longer is no token of a model's answer, and was looked at on its own.
const MAX_PART_CHARS = 256;
const MIN_PARTS = 2;

interface Part {
  readonly holder: object;
  readonly key: string | number;
  readonly text: string;
}

function gather(value: unknown, path: string, parts: Map<string, Part[]>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    const member: unknown = (value as Record<string, unknown>)[key];
    const at = `${path}/${key}`;
    if (typeof member !== 'string') gather(member, at, parts);
    else if (member.length > 0 && member.length <= MAX_PART_CHARS) {
      const known = parts.get(at);
      if (known === undefined) parts.set(at, [{ holder: value, key, text: member }]);
      else known.push({ holder: value, key, text: member });
    }
  }
}

function replaceParts(parts: readonly Part[], shown: string, joined: string): void {
  // Where the whole is the same from both ends, the parts there stay as they are.
  let start = 0;
  while (start < shown.length && shown[start] === joined[start]) start++;
  let end = 0;
  while (end < shown.length - start && shown.at(-1 - end) === joined.at(-1 - end)) end++;
  const until = joined.length - end;
  let at = 0;
  let rest = shown.slice(start, shown.length - end);
  for (const { holder, key, text } of parts) {
    const from = Math.max(start - at, 0);
    const to = Math.min(until - at, text.length);
    if (from < text.length && to > from) {
      Object.defineProperty(holder, key, {
        value: text.slice(0, from) + rest + text.slice(to),
        enumerable: true,
        writable: true,
        configurable: true,
      });
      rest = '';
    }
    at += text.length;
  }
}

/**
 * Removes secrets that the items of a stream hold only together, as an answer of a model comes in pieces of words. Changes the
 * items; gives the pointers of what was changed.
 */
export function cleanJoined(items: readonly unknown[], cleaner: Cleaner): string[] {
  const places = new Map<string, Part[]>();
  for (const item of items) gather(item, '', places);
  const changed: string[] = [];
  for (const [pointer, parts] of places) {
    if (parts.length < MIN_PARTS) continue;
    const joined = parts.map(({ text }) => text).join('');
    const { value } = cleaner.value(joined);
    if (value === joined || typeof value !== 'string') continue;
    replaceParts(parts, value, joined);
    changed.push(pointer);
  }
  return changed;
}
