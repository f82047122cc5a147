/** A value as it stands in a text: `[start, end)` without its quotes. */
export interface AssignedValue {
  readonly start: number;
  readonly end: number;
  readonly isQuoted: boolean;
}

const MAX_CHARS = 8192;
const QUOTES = new Set(['"', "'", '`']);
const ENDS_OF_WORD = new Set([' ', '\t', '\n', '\r', '"', "'", '`', '<', '>']);
// Of a query, a connection string or a literal: what is written after a blank is a word of its own.
const ENDS = new Set([...ENDS_OF_WORD, ',', ';', '&', ')', ']', '}', '|']);
const TRAILING = new Set([',', ';', ')', ']', '}', '|']);
const ESCAPED = new Set(['n', 'r', 't', 'u', '"', "'", '\\', '/']);

const isSpace = (character: string): boolean => character === ' ' || character === '\t';

/** Skips blanks, a few at most. */
export function afterBlanks(text: string, from: number): number {
  let at = from;
  while (at < from + 8 && isSpace(text.charAt(at))) at++;
  return at;
}

function endOfQuoted(text: string, start: number, quote: string): number {
  const last = Math.min(text.length, start + MAX_CHARS);
  let at = start;
  while (at < last && text[at] !== quote) at += text[at] === '\\' ? 2 : 1;
  return Math.min(at, last);
}

function endOfPlain(text: string, start: number, ends: ReadonlySet<string>): number {
  const last = Math.min(text.length, start + MAX_CHARS);
  let end = start;
  while (end < last && !ends.has(text.charAt(end))) {
    if (text[end] === '\\' && ESCAPED.has(text.charAt(end + 1))) break;
    end++;
  }
  while (end > start && TRAILING.has(text.charAt(end - 1))) end--;
  return end;
}

/** The value that begins at `from`, blanks before it left out; undefined where an object or nothing begins. */
export function valueAt(text: string, from: number): AssignedValue | undefined {
  let start = afterBlanks(text, from);
  // `Headers` of Node: a list of values for a name.
  if (text[start] === '[') start = afterBlanks(text, start + 1);
  const first = text.charAt(start);
  if (QUOTES.has(first)) {
    return { start: start + 1, end: endOfQuoted(text, start + 1, first), isQuoted: true };
  }
  const end = endOfPlain(text, start, start > from ? ENDS_OF_WORD : ENDS);
  return end === start || first === '{' ? undefined : { start, end, isQuoted: false };
}

/** The rest of a header's line, or of the quoted text it stands in. */
export function lineAt(text: string, from: number): AssignedValue | undefined {
  let start = afterBlanks(text, from);
  if (text[start] === '[') start = afterBlanks(text, start + 1);
  const first = text.charAt(start);
  if (QUOTES.has(first)) return { start: start + 1, end: endOfQuoted(text, start + 1, first), isQuoted: true };
  const last = Math.min(text.length, start + MAX_CHARS);
  let end = start;
  while (end < last && text[end] !== '\n' && text[end] !== '\r' && text[end] !== '"' && text[end] !== '\\') end++;
  return end === start || first === '{' ? undefined : { start, end, isQuoted: false };
}
