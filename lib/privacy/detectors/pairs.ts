import { strengthInText, mayEndSensitiveName } from '../sensitive-names.js';
import { afterBlanks, valueAt } from './assigned-value.js';
import { CHARACTERS, startOf } from './characters.js';
import type { Finding } from './finding.js';

const MAX_NAME_CHARS = 64;
const MAX_BEFORE = 160;
const QUOTES = new Set(['"', "'"]);
// The name that stands before a `value`, with no more between them than a comma.
const NAMED =
  /["'](?:name|key|header)["'][ \t\n\r]{0,8}:[ \t\n\r]{0,8}["']([\w. -]{1,64})["'][ \t\n\r]{0,16},[ \t\n\r]{0,32}$/i;

const secret = (start: number, end: number): Finding => ({ start, end, kind: 'assignment', sensitivity: 'secret' });

// `{"name":"cookie","value":"…"}`, as archives of HTTP and settings are written.
function findNamedValues(text: string, word: string, into: Finding[]): void {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    const colon = afterBlanks(text, at + word.length + 1);
    if (!QUOTES.has(text.charAt(at - 1)) || text.charAt(at - 1) !== text.charAt(at + word.length)) continue;
    if (text.charAt(colon) !== ':') continue;
    const name = NAMED.exec(text.slice(Math.max(0, at - 1 - MAX_BEFORE), at - 1))?.[1];
    if (name === undefined || strengthInText(name) === undefined) continue;
    const value = valueAt(text, colon + 1);
    if (value !== undefined && value.start < value.end) into.push(secret(value.start, value.end));
  }
}

// What is no word of a list: `["password", "secret"]` says nothing.
const isValue = (value: string): boolean => value.length >= 3 && /[\d=]/.test(value);

// `["cookie", "sid=…"]`, as headers are written in lists.
function findNextItems(text: string, separator: '",' | "',", into: Finding[]): void {
  for (let at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, at + 2)) {
    if (!mayEndSensitiveName(text, at)) continue;
    const start = startOf(text, at, CHARACTERS.dotted, at - MAX_NAME_CHARS);
    // A name begins the list or stands behind another item; a member of an object stands behind a colon.
    if (text.charAt(start - 1) !== separator.charAt(0) || strengthInText(text.slice(start, at)) === undefined) continue;
    const next = afterBlanks(text, at + 2);
    if (text.charAt(next) !== separator.charAt(0)) continue;
    const value = valueAt(text, next);
    if (value === undefined || text.charAt(afterBlanks(text, value.end + 1)) === ':') continue;
    if (isValue(text.slice(value.start, value.end))) into.push(secret(value.start, value.end));
  }
}

/** Adds values that stand beside their sensitive names: `{"name":"cookie","value":"…"}`, `["x-api-key","…"]`. */
export function findPairs(text: string, into: Finding[]): void {
  findNamedValues(text, 'value', into);
  findNamedValues(text, 'Value', into);
  findNextItems(text, '",', into);
  findNextItems(text, "',", into);
}
