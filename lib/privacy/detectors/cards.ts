import { CHARACTERS, isOf } from './characters.js';

const MAX_DIGITS = 19;

// First digits that issuers have, with the lengths that they give: ISO/IEC 7812 ranges of the large networks.
// Ids of many systems have 17 or 18.
function isIssued(prefix: number, length: number): boolean {
  if (length === 17 || length === 18) return false;
  const two = Math.floor(prefix / 100);
  if (prefix >= 4000 && prefix < 5000) return length === 13 || length === 16 || length === 19;
  if ((two >= 51 && two <= 55) || (prefix >= 2221 && prefix <= 2720)) return length === 16;
  if (two === 34 || two === 37) return length === 15;
  if (two === 36 || two === 38 || two === 39 || (prefix >= 3000 && prefix <= 3059)) return length >= 14;
  if (prefix === 6011 || (prefix >= 6440 && prefix <= 6599) || two === 62 || two === 35) return length >= 16;
  return (prefix === 5018 || prefix === 5020 || prefix === 5038 || two === 63 || two === 67) && length >= 13;
}

const isSeparator = (code: number): boolean => code === 32 || code === 45 || code === 46 || code === 0xa0;

const DASH = 45;

// As cards print their digits: 4-4-4-4 and what is left, 4-6-5, 4-6-4, 4-3-3-3, 6-13, or in one group. Lists of numbers differ.
function mayFollow(size: number, index: number, first: number, second: number): boolean {
  if (index === 0) return size === 4 || size === 6 || size >= 13;
  if (index === 1) return first === 4 ? size === 3 || size === 4 || size === 6 : first === 6 && size === 13;
  if (second === 6) return index === 2 && (size === 4 || size === 5);
  return second === 3 ? size === 3 : second === 4 && size <= 4;
}

const isDigit = (code: number): boolean => isOf(code, CHARACTERS.digit);

// A part of a longer id or of a decimal: `1-4111-1111-…`, `9.67746639251709`.
const isInside = (text: string, start: number): boolean => {
  const before = text.charCodeAt(start - 1);
  return (before === DASH || before === 46 || before === 44) && isDigit(text.charCodeAt(start - 2));
};

/**
 * Where the card number ends whose digits begin at `start`, alone or with separators between groups; undefined for none.
 * The last digit checks the others, as of the Luhn algorithm, which doubles every second one from the end: both sums are
 * kept, because the end is not known.
 */
export function endOfCard(text: string, start: number): number | undefined {
  const lead = text.charCodeAt(start) - 48;
  if (lead < 2 || lead > 6 || isInside(text, start)) return undefined;
  let count = 0;
  let prefix = 0;
  let evenDoubled = 0;
  let oddDoubled = 0;
  let [first, second] = [0, 0];
  let end: number | undefined;
  let at = start;
  let separator = 0;
  for (let index = 0; ; index++) {
    const group = at;
    for (; count < MAX_DIGITS && isDigit(text.charCodeAt(at)); at++, count++) {
      const value = text.charCodeAt(at) - 48;
      const doubled = value > 4 ? value * 2 - 9 : value * 2;
      evenDoubled += count % 2 === 0 ? doubled : value;
      oddDoubled += count % 2 === 0 ? value : doubled;
      if (count < 4) prefix = prefix * 10 + value;
    }
    const size = at - group;
    const next = text.charCodeAt(at);
    if (size === 0 || isOf(next, CHARACTERS.alnum) || !mayFollow(size, index, first, second)) {
      return separator === DASH && size > 0 ? undefined : end;
    }
    if (index === 0) first = size;
    if (index === 1) second = size;
    const sum = count % 2 === 0 ? evenDoubled : oddDoubled;
    if (count >= 13 && sum % 10 === 0 && isIssued(prefix, count)) end = at;
    // What is left of 4-4-4-4 ends it.
    if (index > 1 && second === 4 && size < 4)
      return next === DASH && isDigit(text.charCodeAt(at + 1)) ? undefined : end;
    if (!isSeparator(next) || (separator !== 0 && next !== separator)) return end;
    separator = next;
    at++;
  }
}
