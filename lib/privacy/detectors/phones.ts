import { CHARACTERS, isOf } from './characters.js';

const MAX_DIGITS = 15;
// Groups of fixed lengths: there is one way to match each. With dashes, dots or parentheses whatever the digits are, as made up
// numbers have any; with blanks those that exist, because a list of numbers has blanks.
const NORTH_AMERICAN = new RegExp(
  [
    '(?:1[ .-])?\\(\\d{3}\\)[ -]?\\d{3}[ .-]',
    '(?:1[ .-])?(?![234]00)(?:[2-9]\\d\\d|123)([.-])\\d{3}\\1',
    '(?:1 )?(?![234]00)(?:[2-9]\\d\\d[ .-][2-9]\\d\\d|555 \\d{3})[ .-]',
  ]
    .map((form) => `${form}\\d{4}(?![\\w@]|[.-]\\d)`)
    .join('|'),
  'y',
);
// France, Britain, Switzerland, Japan, Germany and their likes; in one group it is an order number as well.
const NATIONAL = new RegExp(
  [
    '0[1-9](?!(?:[ .-]0\\d){4})(?:[ .-]\\d\\d){4}',
    '0\\d{2} \\d{3} \\d\\d \\d\\d',
    '0\\d{2,4} \\d{3,4} ?\\d{3,4}',
    '0\\d{1,3}-\\d{2,4}-\\d{4}',
    '0\\d{2,4}[/-]\\d{6,8}',
    '\\(0\\d{1,4}\\)[ -]?\\d{3,4}[ -]?\\d{3,5}',
  ]
    .map((form) => `${form}(?![\\w@]|[.-]\\d)`)
    .join('|'),
  'y',
);

// Blank, parentheses, dash, dot, slash, no-break space
const isSeparator = (code: number): boolean =>
  code === 32 || code === 40 || code === 41 || (code >= 45 && code <= 47) || code === 0xa0;

function endOfPattern(pattern: RegExp, text: string, start: number): number | undefined {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

// Groups of digits with one or two separators between them, as many as a number of E.164 holds.
function endOfInternational(text: string, start: number, least: number): number | undefined {
  let count = 0;
  let end: number | undefined;
  let at = start;
  for (;;) {
    const group = at;
    while (count < MAX_DIGITS && isOf(text.charCodeAt(at), CHARACTERS.digit)) {
      at++;
      count++;
    }
    const next = text.charCodeAt(at);
    if (at === group || isOf(next, CHARACTERS.alnum) || next === 64) return end;
    // The North American plan has one length.
    if (count >= least && (count === 11 || text.charAt(start) !== '1')) end = at;
    // One digit alone is no country, but for these two.
    if (!isSeparator(next) || (count === 1 && !/[17]/.test(text.charAt(start)))) return end;
    at += isSeparator(text.charCodeAt(at + 1)) ? 2 : 1;
  }
}

// Three digits and a separator, `(` or `1`: most numbers are told apart without the expression.
function mayBeNorthAmerican(text: string, start: number): boolean {
  const first = text.charCodeAt(start);
  return first === 40 || first === 49 || isSeparator(text.charCodeAt(start + 3));
}

const LABEL =
  /(?:phone|tel|mobile|cell(?= ?(?:number|no|nr))|fax|whatsapp|sms)(?: ?(?:number|no|nr))?(?: is)?[\s.:#=]{1,3}$/i;

/** Where digits in one group end that a word in front of them calls a phone number; undefined for none. */
export function endOfLabelled(text: string, start: number): number | undefined {
  let end = start;
  while (end - start <= MAX_DIGITS && isOf(text.charCodeAt(end), CHARACTERS.digit)) end++;
  const count = end - start;
  if (count < 7 || count > MAX_DIGITS || isOf(text.charCodeAt(end), CHARACTERS.word)) return undefined;
  return LABEL.test(text.slice(Math.max(0, start - 32), start)) ? end : undefined;
}

// Numbers in a row are a list, unless a word in front says what they are.
const CALL = /(?:phone|tel|mobile|cell|fax|whatsapp|sms|call|dial|ring|reach|text|contact|number)[\w .:#=]{0,12}$/i;
const MADE_UP = /^(?:1 )?(?:555 |\d{3} 555 )/;
const THREE_GROUPS = /^(?:1 )?\d{3} \d{3} \d{4}$/;

// Between blanks and digits of others.
const isAmongNumbers = (text: string, start: number, end: number): boolean =>
  (text[start - 1] === ' ' && isOf(text.charCodeAt(start - 2), CHARACTERS.digit)) ||
  (text[end] === ' ' && isOf(text.charCodeAt(end + 1), CHARACTERS.digit));

function endOutsideOfLists(pattern: RegExp, text: string, start: number): number | undefined {
  const end = endOfPattern(pattern, text, start);
  if (end === undefined) return undefined;
  const shown = text.slice(start, end);
  if (!shown.includes(' ')) return end;
  const isCalled = CALL.test(text.slice(Math.max(0, start - 24), start));
  if (isCalled) return end;
  return isAmongNumbers(text, start, end) || (THREE_GROUPS.test(shown) && !MADE_UP.test(shown)) ? undefined : end;
}

// What a line of a diff adds, and decimals with a sign: `+2026-11-05`, `+20000000`, `+49.123456`.
const SIGNED = /^(?:\d{4}-\d\d-\d\d$|\d{1,3}\.\d{1,7}$|\d*0{5}$)/;

function endOfSigned(text: string, start: number): number | undefined {
  if (/^\d{4}-\d\d-\d\d(?!\d)/.test(text.slice(start, start + 11))) return undefined;
  const end = endOfInternational(text, start, 8);
  return end === undefined || SIGNED.test(text.slice(start, end)) ? undefined : end;
}

/** Where the phone number ends that begins at `start`; undefined for none. */
export function endOfPhone(text: string, start: number): number | undefined {
  const first = text.charAt(start);
  if (first === '+') return text[start + 1] === '0' ? undefined : endOfSigned(text, start + 1);
  if (first === '(' && text.charAt(start + 1) === '0') return endOfPattern(NATIONAL, text, start);
  if (first !== '0')
    return mayBeNorthAmerican(text, start) ? endOutsideOfLists(NORTH_AMERICAN, text, start) : undefined;
  if (text[start + 1] !== '0') return endOutsideOfLists(NATIONAL, text, start);
  // In one group it is an order number as well as a phone number.
  const country = isSeparator(text.charCodeAt(start + 2)) ? start + 3 : start + 2;
  const end = text[country] === '0' ? undefined : endOfInternational(text, country, 9);
  return end !== undefined && /\D/.test(text.slice(start, end)) ? end : undefined;
}
