import { CHARACTERS, isOf } from './characters.js';

/** Tokens are longer than words: shorter stretches are not looked at. */
export const MIN_CHARS = 16;

const LEAST = 256;
const MOST = 16_384;
const bytes = Buffer.allocUnsafeSlow(MOST);
const words = new Int32Array(bytes.buffer, 0, MOST / 4);

const inRun = new Uint8Array(256);
for (let code = 0; code < 128; code++) if (isOf(code, CHARACTERS.run)) inRun[code] = 1;

// Three words that are whole inside of a stretch: sixteen characters hold three, wherever they begin.
const THREE = 7;

// Where the stretch begins that holds the byte at `at`, or -1 where it is too short.
function startOfRun(at: number, length: number): number {
  let start = at;
  while (start > 0 && inRun[bytes[start - 1] as number] === 1) start--;
  let end = at;
  while (end < length && inRun[bytes[end] as number] === 1) end++;
  return end - start >= MIN_CHARS ? start : -1;
}

let copies = 0;

/** Makes the bytes of a text ready to be read; gives the number that they are asked for by, 0 for a text that is too short or too long. */
export function readyBytes(text: string): number {
  const { length } = text;
  // What lies beyond Latin-1 is cut to its low byte: that may make a stretch longer and never shorter.
  if (length < LEAST || length > MOST || bytes.write(text, 0, length, 'latin1') !== length) return 0;
  return ++copies;
}

/**
 * Where from `from` on the first stretch of the characters of tokens may begin that is long enough: none begins before; `from`
 * where the bytes are those of another text by now. Reads four bytes at a time, which is several times as fast as the characters
 * of a text; prose has few words of three times four.
 */
export function earliestRun(ready: number, from: number, length: number): number {
  if (ready === 0 || ready !== copies) return from;
  let last = 0;
  for (let at = (from + 3) >> 2; at < length >> 2; at++) {
    const word = words[at] as number;
    // Zero where none of the four is a blank or a control character.
    const blanks = (word - 0x21_21_21_21) & ~word & 0x80_80_80_80;
    last = (last << 1) | (((blanks | -blanks) >>> 31) ^ 1);
    if ((last & THREE) !== THREE) continue;
    const start = startOfRun((at - 2) * 4, length);
    if (start >= 0) return Math.max(start, from);
  }
  return length;
}
