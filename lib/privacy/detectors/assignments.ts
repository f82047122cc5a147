import { mayEndSensitiveName, mayEndValue, strengthInText } from '../sensitive-names.js';
import { afterBlanks, lineAt, valueAt, valueOnNextLine } from './assigned-value.js';
import type { AssignedValue } from './assigned-value.js';
import { CHARACTERS, isOf, startOf } from './characters.js';
import type { Finding } from './finding.js';
import { MAX_NAME_CHARS, nameBefore } from './name-before.js';
import { namedValueAt } from './pairs.js';
import { isCode, isOtherMeaning, isStandIn } from './stand-ins.js';

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

// `=>` and `==`, and the end of a name in bold: `**Password:** …`.
function startBehind(text: string, separator: number): number {
  const next = text.charAt(separator + 1);
  if (next === '>' || next === '=') return separator + 2;
  return next === '*' && text.startsWith('** ', separator + 1) ? separator + 3 : separator + 1;
}

// `password: string = '…'`
function valueOfTyped(text: string, typed: AssignedValue): Finding | undefined {
  const sign = afterBlanks(text, typed.end);
  const value = text.charAt(sign) === '=' ? valueAt(text, sign + 1) : undefined;
  return value?.isQuoted === true && value.start < value.end ? secret(value.start, value.end) : undefined;
}

const secret = (start: number, end: number): Finding => ({ start, end, kind: 'assignment', sensitivity: 'secret' });

function secretIn(text: string, separator: number, name: string, read: ReadLines): Finding | undefined {
  const strength = strengthInText(name);
  if (strength === undefined) return undefined;
  const from = startBehind(text, separator);
  if (strength === 'header' && isReadProse(text, from, read)) return undefined;
  const isHeader = strength === 'header';
  const value = isHeader
    ? lineAt(text, from)
    : (valueAt(text, from, strength === 'opaque') ?? valueOnNextLine(text, from));
  if (value === undefined || value.start >= value.end) return undefined;
  const shown = text.slice(value.start, value.end);
  if (isProse(text, value, separator) || (strength === 'opaque' && !isOpaque(shown))) return undefined;
  const scheme = isHeader ? (SCHEME.exec(shown)?.[0].length ?? 0) : 0;
  const rest = shown.slice(scheme);
  // `Authorization: required` is prose.
  if (isHeader && scheme === 0 && !/[\d=]|[A-Za-z]{12}/.test(rest)) {
    read.proseTo = value.end;
    return undefined;
  }
  if (isStandIn(rest)) return value.isQuoted ? undefined : valueOfTyped(text, value);
  if (rest === '' || isOtherMeaning(name, rest) || (!isHeader && !value.isQuoted && isCode(rest))) return undefined;
  return secret(value.start + scheme, value.end);
}

// Blanks, a quote, an escaped quote or a bracket between a name and its separator.
function endOfName(text: string, separator: number): number {
  let at = separator;
  while (at > separator - 8) {
    const before = text.charCodeAt(at - 1);
    // Space, tab, double quote, quote, backslash, closing bracket, backtick, asterisk
    if (
      before !== 32 &&
      before !== 9 &&
      before !== 34 &&
      before !== 39 &&
      before !== 92 &&
      before !== 93 &&
      before !== 96 &&
      before !== 42
    )
      break;
    at--;
  }
  return at;
}

function findAt(text: string, separator: number, read: ReadLines): Finding | undefined {
  const end = endOfName(text, separator);
  if (!mayEndSensitiveName(text, end)) return mayEndValue(text, end) ? namedValueAt(text, end, separator) : undefined;
  return secretIn(text, separator, nameBefore(text, end), read);
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
    const isElement = start < at && text.charAt(start - 1) === '<';
    const found = isElement ? secretIn(text, at, text.slice(start, at), read) : undefined;
    if (found !== undefined) into.push(found);
    at = text.indexOf('>', found?.end ?? at + 1);
  }
}

/** Adds values of sensitive names: `password=…`, `"api_key": "…"`, `Authorization: …`, `Cookie: …`. */
export function findAssignments(text: string, into: Finding[]): void {
  findAfter('=', text, into);
  findAfter(':', text, into);
  findAfter('：', text, into);
  findElements(text, into);
}
