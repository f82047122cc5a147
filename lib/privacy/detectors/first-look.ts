import { CHARACTERS, isOf } from './characters.js';

/** What can be in a short text: nothing, what a number or a token is, or anything. */
export type FirstLook = 'nothing' | 'narrow' | 'anything';

/** Characters of a text that is looked at so, at most. */
export const MAX_SHORT = 64;

// Longer stretches may be tokens.
const MIN_TOKEN = 16;
// Of a phone number behind a word that calls it one; other numbers have more. IBANs may have two, behind two letters.
const LEAST_OF_NUMBER = 7;
// `uk-nino` has six; the other packs have more.
const LEAST_OF_PACK = 6;

const SIGN = 1;
const RUN = 2;
const kinds = new Uint8Array(128);
for (let code = 0; code < 128; code++) if (isOf(code, CHARACTERS.run)) kinds[code] = RUN;
// Of an address, of a name with its value, of a cell, of an escape or of a colour.
for (const sign of '@:=>%\\[+|') kinds[sign.charCodeAt(0)] = SIGN;
const WIDE_COLON = 0xff_1a;

const DOUBLE_QUOTE = 34;
const QUOTE = 39;
const COMMA = 44;
const DASH = 45;

// The last four characters, two bits each: two letters and two digits.
const DIGIT_BITS = 1;
const LETTER_BITS = 2;
const HEAD_OF_IBAN = 0b1010_0101;

function shapeOf(code: number): number {
  if (code >= 48 && code <= 57) return DIGIT_BITS;
  const letter = code | 32;
  return letter >= 97 && letter <= 122 ? LETTER_BITS : 0;
}

/** Which numbers are looked for. */
export type Numbers = 'none' | 'common' | 'packs';

/**
 * Tells by its characters what can be found in a text. Without any of the signs only numbers and tokens can; no number that
 * is found has fewer digits in all than are counted here, and no token is shorter.
 */
export function firstLook(text: string, numbers: Numbers): FirstLook {
  let run = 0;
  let isLong = false;
  let digits = 0;
  let shape = 0;
  let mayBeIban = false;
  let before = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const kind = code < 128 ? kinds[code] : code === WIDE_COLON ? SIGN : 0;
    if (kind === SIGN || (code === DASH && before === DASH)) return 'anything';
    if (code === COMMA && (before === DOUBLE_QUOTE || before === QUOTE)) return 'anything';
    run = kind === RUN ? run + 1 : 0;
    if (run === MIN_TOKEN) isLong = true;
    const bits = shapeOf(code);
    if (bits === DIGIT_BITS) digits++;
    shape = ((shape << 2) | bits) & 0xff;
    if (shape === HEAD_OF_IBAN) mayBeIban = true;
    before = code;
  }
  if (numbers === 'packs' && digits >= LEAST_OF_PACK) return 'anything';
  const mayBeNumber = numbers !== 'none' && (mayBeIban || digits >= LEAST_OF_NUMBER);
  return isLong || mayBeNumber ? 'narrow' : 'nothing';
}
