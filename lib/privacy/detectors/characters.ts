const ALNUM = 1;
const DIGIT = 2;
const HEX = 4;
const UPPER = 8;
const DASH = 16;
const BASE64 = 32;
const DOT = 64;

/** Sets of ASCII characters that tokens are made of, as bits to ask {@link isOf} for. */
export const CHARACTERS = {
  alnum: ALNUM,
  digit: DIGIT,
  hex: HEX,
  /** `A-Z0-9` */
  upper: UPPER | DIGIT,
  /** `A-Za-z0-9_-` */
  word: ALNUM | DASH,
  /** `A-Za-z0-9+/_-` */
  base64: ALNUM | DASH | BASE64,
  /** `A-Za-z0-9._-` */
  dotted: ALNUM | DASH | DOT,
  /** Whatever an opaque token, a path or a host is made of. */
  run: ALNUM | DASH | BASE64 | DOT,
} as const;

const bits = new Uint8Array(128);
const mark = (characters: string, bit: number): void => {
  for (const character of characters) bits[character.charCodeAt(0)] = (bits[character.charCodeAt(0)] ?? 0) | bit;
};
const UPPER_CASE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
mark(`${UPPER_CASE}${UPPER_CASE.toLowerCase()}0123456789`, ALNUM);
mark('0123456789', DIGIT);
mark('0123456789abcdefABCDEF', HEX);
mark(UPPER_CASE, UPPER);
mark('_-', DASH);
mark('+/', BASE64);
mark('.~', DOT);

/** Whether the code unit is of the set; false for NaN, so that the ends of a text need no check. */
export function isOf(code: number, set: number): boolean {
  return code < 128 && ((bits[code] ?? 0) & set) !== 0;
}

/** The first position from `from` on whose code unit is not of the set, `limit` at most. */
export function endOf(text: string, from: number, set: number, limit = text.length): number {
  const last = Math.min(limit, text.length);
  let at = from;
  while (at < last && isOf(text.charCodeAt(at), set)) at++;
  return at;
}

/** The first position of the stretch of the set that ends before `end`, `limit` at least. */
export function startOf(text: string, end: number, set: number, limit = 0): number {
  let at = end;
  while (at > limit && isOf(text.charCodeAt(at - 1), set)) at--;
  return at;
}
