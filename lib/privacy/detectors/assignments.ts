import { mayEndSensitiveName, mayEndValue, strengthInText, type NameStrength } from '../sensitive-names.js';
import { afterBlanks, lineAt, valueAt } from './assigned-value.js';
import type { AssignedValue } from './assigned-value.js';
import { CHARACTERS, isOf, startOf } from './characters.js';
import type { Finding } from './finding.js';
import { namedValueAt } from './pairs.js';

const MAX_NAME_CHARS = 64;
// Names of types, absent values and what stands for a secret already.
const NO_VALUE =
  /^(?:string|str|number|int|integer|boolean|bool|bytes|any|unknown|object|none|null|undefined|true|false|nil|optional|required|\*+|x{3,}|\.{3}|\$\{[\w.]{1,64}\}?|\$\([\w ]{1,64}\)|\{\{[\w .]{1,64}\}\}|<[\w -]{1,64}>|process\.env\.\w{1,64}|os\.environ\b.{0,64}|\[REDACTED[\w:-]{0,128}\]?)$/i;
const WORD = /^[A-Za-z]{1,20}[.,!?:]?$/;
const LETTERS = /^[A-Za-z_-]+$/;
// Pieces of an answer are called tokens as well: `"token":" built"`, `"token":"▁built"`.
const PRINTABLE = /^[!-~]+$/;
const SCHEME = /^(?:bearer|basic|digest|token|apikey|negotiate|aws4-hmac-sha256)[ \t]+/i;

// Prose goes on after the word: `password: please help`.
function isProse(text: string, { start, end, isQuoted }: AssignedValue, separator: number): boolean {
  if (isQuoted || start === separator + 1) return false;
  const next = afterBlanks(text, end);
  return next > end && isOf(text.charCodeAt(next), CHARACTERS.alnum) && WORD.test(text.slice(start, end));
}

function isOpaque(value: string): boolean {
  return value.length >= 8 && !value.startsWith('<') && PRINTABLE.test(value) && !LETTERS.test(value);
}

/** What is known of the lines of headers, so that none is read once for each header that it names. */
interface ReadLines {
  /** Up to here stands prose. */
  proseTo: number;
}

const MAX_SCHEME_CHARS = 32;

const isReadProse = (text: string, from: number, read: ReadLines): boolean =>
  from < read.proseTo && !SCHEME.test(text.slice(afterBlanks(text, from), from + MAX_SCHEME_CHARS));

function secretIn(text: string, separator: number, strength: NameStrength, read: ReadLines): Finding | undefined {
  const from = text[separator + 1] === '>' || text[separator + 1] === '=' ? separator + 2 : separator + 1;
  if (strength === 'header' && isReadProse(text, from, read)) return undefined;
  const value = strength === 'header' ? lineAt(text, from) : valueAt(text, from, strength === 'opaque');
  if (value === undefined || value.start >= value.end) return undefined;
  const shown = text.slice(value.start, value.end);
  if (isProse(text, value, separator) || (strength === 'opaque' && !isOpaque(shown))) return undefined;
  const scheme = strength === 'header' ? (SCHEME.exec(shown)?.[0].length ?? 0) : 0;
  const rest = shown.slice(scheme);
  // `Authorization: required` is prose.
  if (strength === 'header' && scheme === 0 && !/[\d=]|[A-Za-z]{12}/.test(rest)) {
    read.proseTo = value.end;
    return undefined;
  }
  if (rest === '' || NO_VALUE.test(rest)) return undefined;
  return { start: value.start + scheme, end: value.end, kind: 'assignment', sensitivity: 'secret' };
}

// Blanks, a quote, an escaped quote or a bracket between a name and its separator.
function endOfName(text: string, separator: number): number {
  let at = separator;
  while (at > separator - 8) {
    const before = text.charCodeAt(at - 1);
    // Space, tab, double quote, quote, backslash, closing bracket, backtick
    if (
      before !== 32 &&
      before !== 9 &&
      before !== 34 &&
      before !== 39 &&
      before !== 92 &&
      before !== 93 &&
      before !== 96
    )
      break;
    at--;
  }
  return at;
}

// `API key: …` is a name of two words.
function nameBefore(text: string, end: number): string {
  const start = startOf(text, end, CHARACTERS.dotted, end - MAX_NAME_CHARS);
  const name = text.slice(start, end);
  if (name.length > 5 || text.charAt(start - 1) !== ' ') return name;
  return text.slice(startOf(text, start - 1, CHARACTERS.dotted, start - 1 - MAX_NAME_CHARS), end);
}

function findAt(text: string, separator: number, read: ReadLines): Finding | undefined {
  const end = endOfName(text, separator);
  if (!mayEndSensitiveName(text, end)) return mayEndValue(text, end) ? namedValueAt(text, end, separator) : undefined;
  const strength = strengthInText(nameBefore(text, end));
  return strength === undefined ? undefined : secretIn(text, separator, strength, read);
}

function findAfter(separator: string, text: string, into: Finding[]): void {
  const read = { proseTo: 0 };
  let at = text.indexOf(separator);
  while (at >= 0) {
    const found = findAt(text, at, read);
    if (found !== undefined) into.push(found);
    at = text.indexOf(separator, found?.end ?? at + 1);
  }
}

// `<password>…</password>`
function findElements(text: string, into: Finding[]): void {
  const read = { proseTo: 0 };
  let at = text.indexOf('>');
  while (at >= 0) {
    const start = mayEndSensitiveName(text, at) ? startOf(text, at, CHARACTERS.dotted, at - MAX_NAME_CHARS) : at;
    const strength = start < at && text.charAt(start - 1) === '<' ? strengthInText(text.slice(start, at)) : undefined;
    const found = strength === undefined ? undefined : secretIn(text, at, strength, read);
    if (found !== undefined) into.push(found);
    at = text.indexOf('>', found?.end ?? at + 1);
  }
}

/** Adds values of sensitive names: `password=…`, `"api_key": "…"`, `Authorization: …`, `Cookie: …`. */
export function findAssignments(text: string, into: Finding[]): void {
  findAfter('=', text, into);
  findAfter(':', text, into);
  findElements(text, into);
}
