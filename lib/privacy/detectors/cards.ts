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

const isSeparator = (code: number): boolean => code === 32 || code === 45 || code === 46 || code === 0xa0;

// `49.67746639251709`: groups of a card are short where dots stand between them.
const isDecimal = (text: string, group: number, end: number): boolean =>
  end - group > 6 && text.charCodeAt(group - 1) === 46 && isOf(text.charCodeAt(group - 2), CHARACTERS.digit);

/**
 * Where the card number ends whose digits begin at `start`, alone or with separators between groups; undefined for none.
 * The last digit checks the others, as of the Luhn algorithm, which doubles every second one from the end: both sums are
 * kept, because the end is not known.
 */
export function endOfCard(text: string, start: number): number | undefined {
  const first = text.charCodeAt(start) - 48;
  if (first < 2 || first > 6) return undefined;
  let count = 0;
  let prefix = 0;
  let evenDoubled = 0;
  let oddDoubled = 0;
  let end: number | undefined;
  let at = start;
  for (;;) {
    const group = at;
    while (count <= MAX_DIGITS && isOf(text.charCodeAt(at), CHARACTERS.digit)) {
      const value = text.charCodeAt(at) - 48;
      const doubled = value > 4 ? value * 2 - 9 : value * 2;
      evenDoubled += count % 2 === 0 ? doubled : value;
      oddDoubled += count % 2 === 0 ? value : doubled;
      if (count < 4) prefix = prefix * 10 + value;
      count++;
      at++;
    }
    // Nobody writes a card digit by digit; so a long list of digits ends here.
    if (isDecimal(text, group, at)) return end;
    if (at - group < 2 || count > MAX_DIGITS || isOf(text.charCodeAt(at), CHARACTERS.alnum)) return end;
    const sum = count % 2 === 0 ? evenDoubled : oddDoubled;
    if (count >= 13 && sum % 10 === 0 && isIssued(prefix, count)) end = at;
    if (!isSeparator(text.charCodeAt(at))) return end;
    at++;
  }
}
