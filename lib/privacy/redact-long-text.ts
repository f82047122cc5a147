import type { Finding } from './detect.js';

/** Characters that are looked at in one go. */
export const WINDOW_CHARS = 65_536;
// What begins in a window is read so far behind it, so that no half of a secret is kept; a long one, as far as any goes.
const AHEAD_CHARS = 4096;
const MAX_AHEAD_CHARS = 65_536;
// A name stands in front of its value.
const BEHIND_CHARS = 512;
const BOUNDARY_CHARS = 2048;

/** What is done in a window. */
export interface LongTextRules {
  readonly detect: (text: string) => readonly Finding[];
  readonly mark: (found: string, kind: string) => string;
  /** Asked between two windows; what lies behind one where it says no is cut. */
  readonly mayGoOn?: (() => boolean) | undefined;
}

const isHigh = (code: number): boolean => (code & 0xfc_00) === 0xd8_00;

const wholeCharacters = (text: string, at: number): number =>
  at < text.length && isHigh(text.charCodeAt(at - 1)) ? at - 1 : at;

// Between two words where there are some: a window that ends inside of a code cannot read it.
function boundaryAt(text: string, at: number): number {
  for (let before = at; before > at - BOUNDARY_CHARS && before > 0; before--) {
    const code = text.charCodeAt(before - 1);
    if (code === 32 || code === 10) return before;
  }
  return wholeCharacters(text, at);
}

function findIn(text: string, from: number, to: number, detect: LongTextRules['detect']): readonly Finding[] {
  const find = (ahead: number): readonly Finding[] => detect(text.slice(from, to + ahead));
  const found = find(AHEAD_CHARS);
  const seen = to + AHEAD_CHARS - from;
  const goesOn = found.some(({ start, end }) => from + start < to && end >= seen);
  return goesOn ? find(MAX_AHEAD_CHARS) : found;
}

/** Redacts the first `end` characters of a text, window by window. Gives how far it came: what lies behind is to be cut. */
export function redactLongText(text: string, end: number, rules: LongTextRules): { shown: string; readTo: number } {
  const last = wholeCharacters(text, end);
  let shown = '';
  let at = 0;
  while (at < last) {
    if (at > 0 && rules.mayGoOn?.() === false) break;
    const to = at + WINDOW_CHARS < last ? boundaryAt(text, at + WINDOW_CHARS) : last;
    const from = Math.max(0, at - BEHIND_CHARS);
    for (const { start, end: stop, kind } of findIn(text, from, to, rules.detect)) {
      const begin = Math.max(from + start, at);
      const after = from + stop;
      if (after <= at || from + start >= to) continue;
      shown += text.slice(at, begin) + rules.mark(text.slice(begin, after), kind);
      at = after;
    }
    if (at >= to) continue;
    shown += text.slice(at, to);
    at = to;
  }
  return { shown, readTo: at };
}
