import { types } from 'node:util';
import { isPlain, snapshot } from '../core/snapshot.js';

const PLACEHOLDER = '[REDACTED]';
// Shorter texts are words that any message has.
const MIN_CHARS = 8;
// Whoever quotes a long text quotes its beginning; so much of it tells that it is one.
const PREFIX_CHARS = 16;
const MAX_TEXTS = 2000;
const MAX_FIELDS = 100;
// What a provider's message names so that its reader finds the fault.
const NAMES = new Set(['id', 'model', 'modelId', 'name', 'object', 'role', 'status', 'type']);

function addTexts(value: unknown, into: Set<string>): void {
  if (into.size >= MAX_TEXTS) return;
  if (typeof value === 'string') {
    for (const line of value.split('\n')) {
      const text = line.trim();
      if (text.length >= MIN_CHARS && into.size < MAX_TEXTS) into.add(text);
    }
  } else if (Array.isArray(value)) {
    for (const item of value) addTexts(item, into);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) if (!NAMES.has(key)) addTexts(item, into);
  }
}

// An instance of a class is copied as its name; what its own fields hold may be quoted all the same.
function withFields(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || types.isProxy(value) || Array.isArray(value)) return value;
  if (isPlain(value)) return value;
  const fields = Object.entries<PropertyDescriptor>(Object.getOwnPropertyDescriptors(value));
  return Object.fromEntries(fields.slice(0, MAX_FIELDS).map(([key, own]) => [key, own.value as unknown]));
}

function spread(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || types.isProxy(value) || !('length' in value))
    return withFields(value);
  return Array.from(value as ArrayLike<unknown>)
    .slice(0, MAX_FIELDS)
    .map(withFields);
}

/** The texts of a value, line by line, the longest first; ids and names of models are none. No code of the value runs. */
export function textsIn(value: unknown): readonly string[] {
  const texts = new Set<string>();
  addTexts(snapshot(spread(value), { maxDepth: 24 }), texts);
  return [...texts].toSorted((one, other) => other.length - one.length);
}

// How far the two texts go on alike, from where one of them was found in the other.
function lengthOfMatch(text: string, at: number, quoted: string): number {
  let length = PREFIX_CHARS;
  while (length < quoted.length && text[at + length] === quoted[length]) length++;
  return length;
}

function hideOne(text: string, quoted: string): string {
  if (quoted.length <= PREFIX_CHARS) return text.replaceAll(quoted, PLACEHOLDER);
  const prefix = quoted.slice(0, PREFIX_CHARS);
  let rest = text;
  let hidden = '';
  for (let at = rest.indexOf(prefix); at >= 0; at = rest.indexOf(prefix)) {
    hidden += `${rest.slice(0, at)}${PLACEHOLDER}`;
    rest = rest.slice(at + lengthOfMatch(rest, at, quoted));
  }
  return `${hidden}${rest}`;
}

/** A text in which nothing stands that it quotes of others, as they are or as JSON writes them. */
export function hideQuoted(text: string, quoted: readonly string[]): string {
  let shown = text;
  for (const each of quoted) {
    // What is longer than the text is not in it whole.
    const part = each.slice(0, shown.length);
    if (part.length < MIN_CHARS) continue;
    shown = hideOne(shown, part);
    const escaped = JSON.stringify(part).slice(1, -1);
    if (escaped !== part) shown = hideOne(shown, escaped);
  }
  return shown;
}
