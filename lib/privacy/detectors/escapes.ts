import { LETTER } from './base64.js';
import { CHARACTERS, isOf } from './characters.js';

/** A text without one layer of escapes, and where each of its positions came from. */
export interface Unescaped {
  readonly text: string;
  /** Where in it the characters stand that were escaped. */
  readonly positions: readonly number[];
  /** The position in the escaped text; of an end, the one after the escape. */
  readonly toSource: (position: number) => number;
}

const CONTROLS: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  '"': '"',
  "'": "'",
  '/': '/',
};
const BACKSLASH = 92;

// The value of so many hexadecimal digits, below zero where they are not all.
function hexAt(text: string, at: number, digits: number): number {
  let value = 0;
  for (let index = at; index < at + digits; index++) {
    const code = text.charCodeAt(index);
    if (!isOf(code, CHARACTERS.hex)) return -1;
    value = value * 16 + (code < 58 ? code - 48 : (code & 31) + 9);
  }
  return value;
}

/** Collects the pieces of a text between its escapes. */
class Unescaping {
  // Of each escape: where its character stands, and how much longer the source is up to there.
  readonly positions: number[] = [];
  readonly shifts: number[] = [];
  readonly #source: string;
  readonly #pieces: string[] = [];
  #from = 0;
  #shift = 0;

  constructor(source: string) {
    this.#source = source;
  }

  replace(start: number, end: number, character: string): void {
    this.#pieces.push(this.#source.slice(this.#from, start), character);
    this.positions.push(start - this.#shift);
    this.#shift += end - start - 1;
    this.shifts.push(this.#shift);
    this.#from = end;
  }

  // Joined, it is one piece to the engine; what `+` makes is slow to read.
  finish(): string {
    this.#pieces.push(this.#source.slice(this.#from));
    return this.#pieces.join('');
  }
}

function replacePercent(text: string, at: number, into: Unescaping): number {
  const byte = hexAt(text, at + 1, 2);
  if (byte < 0) return at + 1;
  into.replace(at, at + 3, String.fromCharCode(byte > 127 ? LETTER : byte));
  return at + 3;
}

// Backslashes of any number are one escape: JSON in JSON in a string has three before a quote. They match whatever follows,
// so that a long row of them is read once.
function replaceBackslash(text: string, at: number, into: Unescaping): number {
  let letter = at + 1;
  while (text.charCodeAt(letter) === BACKSLASH) letter++;
  const first = text.charAt(letter);
  const digits = first === 'u' ? 4 : first === 'x' ? 2 : 0;
  if (digits > 0) {
    const code = hexAt(text, letter + 1, digits);
    if (code < 0) return letter;
    into.replace(at, letter + 1 + digits, String.fromCharCode(code));
    return letter + 1 + digits;
  }
  const character = CONTROLS[first];
  if (character === undefined) return letter;
  into.replace(at, letter + 1, character);
  return letter + 1;
}

/** Decodes the escapes of URLs and of JSON; undefined where there are none. */
export function unescapeOnce(source: string): Unescaped | undefined {
  let percent = source.indexOf('%');
  let backslash = source.indexOf('\\');
  if (percent < 0 && backslash < 0) return undefined;
  const into = new Unescaping(source);
  while (percent >= 0 || backslash >= 0) {
    const isPercent = backslash < 0 || (percent >= 0 && percent < backslash);
    const next = isPercent ? replacePercent(source, percent, into) : replaceBackslash(source, backslash, into);
    if (percent >= 0 && percent < next) percent = source.indexOf('%', next);
    if (backslash >= 0 && backslash < next) backslash = source.indexOf('\\', next);
  }
  const { positions, shifts } = into;
  if (positions.length === 0) return undefined;
  return { text: into.finish(), positions, toSource: (position) => position + shiftAt(position, positions, shifts) };
}

// What the last escape before the position shifts by.
function shiftAt(position: number, positions: readonly number[], shifts: readonly number[]): number {
  let low = 0;
  let high = positions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((positions[middle] ?? 0) < position) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : (shifts[low - 1] ?? 0);
}
