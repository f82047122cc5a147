import { LETTER } from './base64.js';

/** A text without one layer of escapes, and where each of its positions came from. */
export interface Unescaped {
  readonly text: string;
  /** The position in the escaped text; of an end, the one after the escape. */
  toSource(position: number): number;
}

const MAX_CHARS = 65_536;
// Backslashes of any number are one escape: JSON in JSON in a string has three before a quote. They match whatever follows, so
// that a long row of them is read once.
const ESCAPE = /%[0-9a-fA-F]{2}|\\+(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|["'/nrtbf])?/g;
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function charactersOf(escape: string): string {
  if (escape.startsWith('%')) {
    const byte = Number.parseInt(escape.slice(1), 16);
    return String.fromCharCode(byte > 127 ? LETTER : byte);
  }
  const body = escape.slice(escape.lastIndexOf('\\') + 1);
  const [first = ''] = body;
  if (body.length > 1) return String.fromCharCode(Number.parseInt(body.slice(1), 16));
  return CONTROLS[first] ?? first;
}

function hasEscapes(text: string): boolean {
  return text.includes('\\') || text.includes('%');
}

/** Decodes the escapes of URLs and of JSON; undefined where there are none. */
export function unescapeOnce(whole: string): Unescaped | undefined {
  if (!hasEscapes(whole)) return undefined;
  const source = whole.length > MAX_CHARS ? whole.slice(0, MAX_CHARS) : whole;
  const pieces: string[] = [];
  // Of each escape: where its character stands, and how much longer the source is up to there.
  const positions: number[] = [];
  const shifts: number[] = [];
  let from = 0;
  let shift = 0;
  for (const match of source.matchAll(ESCAPE)) {
    if (match[0].endsWith('\\')) continue;
    pieces.push(source.slice(from, match.index), charactersOf(match[0]));
    positions.push(match.index - shift);
    shift += match[0].length - 1;
    shifts.push(shift);
    from = match.index + match[0].length;
  }
  if (positions.length === 0) return undefined;
  pieces.push(source.slice(from));
  return { text: pieces.join(''), toSource: (position) => position + shiftAt(position, positions, shifts) };
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
