import { endOfCard } from './cards.js';
import { CHARACTERS, endOf, isOf } from './characters.js';
import type { Finding } from './finding.js';
import { endOfIban } from './ibans.js';
import { endOfLabelled, endOfPhone } from './phones.js';

// Two digits behind a country's letters, or with five more of a phone number or a card; dates without a year, times,
// versions and amounts have fewer. The engine skips the rest of a text faster than a loop here could.
const PAIR = /\d{2}(?:(?<=[A-Za-z]{2}..)|(?=(?:[ .()/\u00A0-]{0,2}\d){5}))/g;

const personal = (start: number, end: number, kind: string): Finding => ({ start, end, kind, sensitivity: 'personal' });

// From the first pair of digits back to what a phone number may begin with: `+1 (`, `+`, `1-(`, `(`.
function startOfPhone(text: string, pair: number): number {
  let at = pair;
  if (text.charAt(at - 1) === '(') at--;
  if (text.charAt(at - 1) === '+') return at - 1;
  const digit = isOf(text.charCodeAt(at - 2), CHARACTERS.digit) ? at - 2 : at - 1;
  if (digit < at && isOf(text.charCodeAt(digit), CHARACTERS.digit)) {
    if (text.charAt(digit - 1) === '+') return digit - 1;
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
  const phone = endOfPhone(text, start) ?? endOfLabelled(text, start);
  return phone === undefined ? undefined : personal(start, phone, 'phone');
}

/** Adds card numbers, phone numbers and IBANs. */
export function findNumbers(text: string, into: Finding[]): void {
  PAIR.lastIndex = 0;
  while (PAIR.test(text)) {
    const pair = PAIR.lastIndex - 2;
    const found = numberAt(text, pair);
    if (found !== undefined) into.push(found);
    PAIR.lastIndex = found?.end ?? endOf(text, pair, CHARACTERS.digit);
  }
}
