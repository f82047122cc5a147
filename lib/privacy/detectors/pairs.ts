import { strengthInText, mayEndSensitiveName } from '../sensitive-names.js';
import { afterBlanks, valueAt } from './assigned-value.js';
import { CHARACTERS, startOf } from './characters.js';
import type { Finding } from './finding.js';

const MAX_NAME_CHARS = 64;
const MAX_BEFORE = 160;
const QUOTES = new Set(['"', "'"]);
// The name that stands before a `value`, with no more between them than a comma.
const NAMED =
  /["'](?:name|key|header|label|field|param)["'][ \t\n\r]{0,8}:[ \t\n\r]{0,8}["']([\w. -]{1,64})["'][ \t\n\r]{0,16},[ \t\n\r]{0,32}$/i;

const secret = (start: number, end: number): Finding => ({ start, end, kind: 'assignment', sensitivity: 'secret' });

// The same in an element, with other attributes between them.
const NAMED_ATTRIBUTE = /[ \t\n](?:name|key)=["']([\w. -]{1,64})["'][^<>]{0,100}$/i;

// Of a quoted member, or of an attribute.
function nameOfValue(text: string, start: number, end: number, separator: number): string | undefined {
  const quote = text.charAt(end);
  const isMember = QUOTES.has(quote) && text.charAt(start - 1) === quote;
  if (isMember) return NAMED.exec(text.slice(Math.max(0, start - 1 - MAX_BEFORE), start - 1))?.[1];
  if (end !== separator || text.charAt(end) !== '=' || !QUOTES.has(text.charAt(end + 1))) return undefined;
  return NAMED_ATTRIBUTE.exec(text.slice(Math.max(0, start - MAX_BEFORE), start))?.[1];
}

/**
 * The value of `{"name":"cookie","value":"…"}` or `<input name="password" value="…">`, as archives of HTTP and settings are
 * written: `value` ends before `end`.
 */
export function namedValueAt(text: string, end: number, separator: number): Finding | undefined {
  const word = /(?:value|val)$/i.exec(text.slice(Math.max(0, end - 5), end))?.[0];
  if (word === undefined) return undefined;
  const name = nameOfValue(text, end - word.length, end, separator);
  if (name === undefined || strengthInText(name) === undefined) return undefined;
  const value = valueAt(text, separator + 1);
  return value === undefined || value.start >= value.end ? undefined : secret(value.start, value.end);
}

// What is no word of a list: `["password", "secret"]` says nothing.
const isValue = (value: string): boolean => value.length >= 3 && /[\d=]/.test(value);

// The name ends before the quote at `quote`, which a comma follows.
function nextItem(text: string, quote: number): Finding | undefined {
  if (!mayEndSensitiveName(text, quote)) return undefined;
  const mark = text.charAt(quote);
  const start = startOf(text, quote, CHARACTERS.dotted, quote - MAX_NAME_CHARS);
  if (text.charAt(start - 1) !== mark || strengthInText(text.slice(start, quote)) === undefined) return undefined;
  const next = afterBlanks(text, quote + 2);
  const value = text.charAt(next) === mark ? valueAt(text, next) : undefined;
  // The next member of an object is no value.
  if (value === undefined || text.charAt(afterBlanks(text, value.end + 1)) === ':') return undefined;
  return isValue(text.slice(value.start, value.end)) ? secret(value.start, value.end) : undefined;
}

/** Adds values that stand behind their sensitive names in lists, as headers and arguments do: `["x-api-key","…"]`, `set('password', '…')`. */
export function findListed(text: string, into: Finding[]): void {
  if (!text.includes('[') && !text.includes('(')) return;
  for (let at = text.indexOf(','); at >= 0; at = text.indexOf(',', at + 1)) {
    const before = text.charCodeAt(at - 1);
    // A quote of either kind
    if (before !== 34 && before !== 39) continue;
    const found = nextItem(text, at - 1);
    if (found !== undefined) into.push(found);
  }
}
