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
const LINE_ENDS = new Set(['\n', '\r', '"', '\\']);
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

// In ASCII alone it ends where it begins once another character stands in it: nobody has to read on.
function endOfPlain(text: string, start: number, ends: ReadonlySet<string>, isAscii: boolean): number {
  const last = Math.min(text.length, start + MAX_CHARS);
  let end = start;
  while (end < last && !ends.has(text.charAt(end))) {
    if (text[end] === '\\' && ESCAPED.has(text.charAt(end + 1))) break;
    if (isAscii && text.charCodeAt(end) > 126) return start;
    end++;
  }
  while (end > start && TRAILING.has(text.charAt(end - 1))) end--;
  return end;
}

// `Headers` of Node: a list of values for a name.
function startOfValue(text: string, from: number): number {
  const start = afterBlanks(text, from);
  const first = text[start] === '[' ? afterBlanks(text, start + 1) : start;
  return QUOTES.has(text.charAt(first)) ? first : start;
}

/** The value that begins at `from`, blanks before it left out; undefined where an object or nothing begins, or one that `isAscii` forbids. */
export function valueAt(text: string, from: number, isAscii = false): AssignedValue | undefined {
  const start = startOfValue(text, from);
  const first = text.charAt(start);
  if (QUOTES.has(first)) {
    return { start: start + 1, end: endOfQuoted(text, start + 1, first), isQuoted: true };
  }
  if (first === '{') return undefined;
  const end = endOfPlain(text, start, start > from ? ENDS_OF_WORD : ENDS, isAscii);
  return end === start ? undefined : { start, end, isQuoted: false };
}

// A line end before a line that is indented, of YAML, with or without the sign of a block.
const NEXT_LINE = /[ \t]{0,8}(?:([>|])[+-]?[ \t]{0,8})?\r?\n[ \t]{1,32}(?=[^\s#-])/y;
const REST_OF_LINE = /[ \t]{0,8}(?:\r?\n|$)/y;

function isWholeLine(text: string, end: number): boolean {
  REST_OF_LINE.lastIndex = end;
  return REST_OF_LINE.test(text);
}

/** The value on the line behind a name, as of YAML: one word that no other follows, and no plain one without the sign of a block. */
export function valueOnNextLine(text: string, from: number): AssignedValue | undefined {
  NEXT_LINE.lastIndex = from;
  const sign = NEXT_LINE.exec(text)?.[1];
  const start = NEXT_LINE.lastIndex;
  if (start === 0) return undefined;
  const end = endOfPlain(text, start, ENDS_OF_WORD, true);
  if (end === start || text.charAt(end - 1) === ':' || !isWholeLine(text, end)) return undefined;
  return sign === undefined && !/\d/.test(text.slice(start, end)) ? undefined : { start, end, isQuoted: false };
}

// `'Cookie: a=b' https://…`: an apostrophe before what no value goes on with.
const isClosing = (text: string, at: number): boolean => text[at] === "'" && !/[\w=;%]/.test(text.charAt(at + 1));

/** The rest of a header's line, or of the quoted text it stands in. */
export function lineAt(text: string, from: number): AssignedValue | undefined {
  const start = startOfValue(text, from);
  const first = text.charAt(start);
  if (QUOTES.has(first)) return { start: start + 1, end: endOfQuoted(text, start + 1, first), isQuoted: true };
  if (first === '{') return undefined;
  const last = Math.min(text.length, start + MAX_CHARS);
  let end = start;
  while (end < last && !LINE_ENDS.has(text.charAt(end)) && !isClosing(text, end)) end++;
  return end === start ? undefined : { start, end, isQuoted: false };
}
