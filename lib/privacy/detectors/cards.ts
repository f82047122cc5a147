import { CHARACTERS, isOf } from './characters.js';

const MAX_DIGITS = 19;

// First digits that issuers have, with the lengths that they give: ISO/IEC 7812 ranges of the large networks.
function isIssued(prefix: number, length: number): boolean {
  const two = Math.floor(prefix / 100);
  if (prefix >= 4000 && prefix < 5000) return length === 13 || length === 16 || length === 19;
  if ((two >= 51 && two <= 55) || (prefix >= 2221 && prefix <= 2720)) return length === 16;
  if (two === 34 || two === 37) return length === 15;
  if (two === 36 || two === 38 || two === 39 || (prefix >= 3000 && prefix <= 3059)) return length >= 14;
  if (prefix === 6011 || (prefix >= 6440 && prefix <= 6599) || two === 62 || two === 35) return length >= 16;
  return (prefix === 5018 || prefix === 5020 || prefix === 5038 || two === 63 || two === 67) && length >= 13;
}

/** Whether the last digit checks the others, as of the Luhn algorithm. */
export function isLuhn(digits: readonly number[]): boolean {
  let sum = 0;
  for (let index = digits.length - 1, double = false; index >= 0; index--, double = !double) {
    const digit = digits[index] ?? 0;
    sum += double ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
  }
  return sum % 10 === 0;
}

const isSeparator = (code: number): boolean => code === 32 || code === 45 || code === 46 || code === 0xa0;

/** Where the card number ends whose digits begin at `start`, alone or with separators between groups; undefined for none. */
export function endOfCard(text: string, start: number): number | undefined {
  const first = text.charCodeAt(start) - 48;
  if (first < 2 || first > 6) return undefined;
  const digits: number[] = [];
  let end: number | undefined;
  let at = start;
  for (;;) {
    const group = at;
    while (isOf(text.charCodeAt(at), CHARACTERS.digit) && digits.length <= MAX_DIGITS) {
      digits.push(text.charCodeAt(at) - 48);
      at++;
    }
    // Nobody writes a card digit by digit; so a long list of digits ends here.
    if (at - group < 2 || digits.length > MAX_DIGITS || isOf(text.charCodeAt(at), CHARACTERS.alnum)) return end;
    if (digits.length >= 13 && isIssued(prefixOf(digits), digits.length) && isLuhn(digits)) end = at;
    if (!isSeparator(text.charCodeAt(at))) return end;
    at++;
  }
}

function prefixOf([one = 0, two = 0, three = 0, four = 0]: readonly number[]): number {
  return one * 1000 + two * 100 + three * 10 + four;
}
