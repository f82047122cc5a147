import { endOfCard } from './cards.js';
import { CHARACTERS, endOf, isOf } from './characters.js';
import type { Finding } from './finding.js';
import { endOfIban } from './ibans.js';
import { endOfPhone } from './phones.js';

// All that is looked for has two digits side by side; the engine skips the rest of a text faster than a loop here could.
const PAIR = /\d{2}/g;

const isAlnum = (code: number): boolean => isOf(code, CHARACTERS.alnum);

const personal = (start: number, end: number, kind: string): Finding => ({ start, end, kind, sensitivity: 'personal' });

// From the first pair of digits back to what a phone number may begin with: `+1 (`, `+`, `1-(`, `(`.
function startOfPhone(text: string, pair: number): number {
  let at = pair;
  if (text[at - 1] === '(') at--;
  if (text[at - 1] === '+') return at - 1;
  const digit = isOf(text.charCodeAt(at - 2), CHARACTERS.digit) ? at - 2 : at - 1;
  if (digit < at && isOf(text.charCodeAt(digit), CHARACTERS.digit)) {
    if (text[digit - 1] === '+') return digit - 1;
    if (text[digit] === '1' && digit === at - 2 && !isOf(text.charCodeAt(digit - 1), CHARACTERS.alnum)) return digit;
  }
  return at;
}

function numberAt(text: string, pair: number): Finding | undefined {
  const before = text.charCodeAt(pair - 1);
  if (isOf(before, CHARACTERS.alnum)) {
    if (pair < 2 || isOf(before, CHARACTERS.digit)) return undefined;
    const end = endOfIban(text, pair - 2);
    return end === undefined ? undefined : personal(pair - 2, end, 'iban');
  }
  const card = endOfCard(text, pair);
  if (card !== undefined) return personal(pair, card, 'card');
  const start = startOfPhone(text, pair);
  // Part of a longer number, a version or a decimal: `3.14`, `_12`
  const outside = text.charCodeAt(start - 1);
  if (
    isOf(outside, CHARACTERS.word) ||
    ((outside === 46 || outside === 44) && isOf(text.charCodeAt(start - 2), CHARACTERS.digit))
  ) {
    return undefined;
  }
  const phone = endOfPhone(text, start);
  return phone === undefined ? undefined : personal(start, phone, 'phone');
}

// Of a phone number, without what may stand before its first two digits side by side.
const LEAST_DIGITS = 7;
const IN_STRETCH = new Uint8Array(65_536);
for (const character of '0123456789 +-./()\u00a0') IN_STRETCH[character.charCodeAt(0)] = 1;
for (const character of '0123456789') IN_STRETCH[character.charCodeAt(0)] = 2;

/** How far digits go on from a position, with what may stand between those of one number, and how many they are. */
function readStretch(text: string, from: number): { end: number; count: number } {
  let count = 0;
  let at = from;
  for (let kind = 2; kind !== 0 && at < text.length;) {
    if (kind === 2) count++;
    kind = IN_STRETCH[text.charCodeAt(++at)] ?? 0;
  }
  return { end: at, count };
}

/** Adds card numbers, phone numbers and IBANs. */
export function findNumbers(text: string, into: Finding[]): void {
  PAIR.lastIndex = 0;
  let read = 0;
  while (PAIR.test(text)) {
    const pair = PAIR.lastIndex - 2;
    if (pair >= read) {
      const { end, count } = readStretch(text, pair);
      read = end;
      // Dates, times, versions and amounts; an IBAN has letters in front, and is long.
      if (count < LEAST_DIGITS && !isAlnum(text.charCodeAt(pair - 1))) {
        PAIR.lastIndex = end;
        continue;
      }
    }
    const found = numberAt(text, pair);
    if (found !== undefined) into.push(found);
    PAIR.lastIndex = found?.end ?? endOf(text, pair, CHARACTERS.digit);
  }
}
