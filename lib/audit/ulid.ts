import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_CHARS = 10;
const RANDOM_CHARS = 16;

let lastMs = -1;
let lastRandom: number[] = [];

function addOne(digits: readonly number[]): number[] {
  const next = [...digits];
  for (let index = next.length - 1; index >= 0; index--) {
    const digit = ((next[index] ?? 0) + 1) % ALPHABET.length;
    next[index] = digit;
    if (digit !== 0) break;
  }
  return next;
}

/** Makes a ULID: 26 characters that sort by the time they were made, also within a millisecond of one process. */
export function createUlid(nowMs = Date.now()): string {
  const isSame = nowMs === lastMs;
  lastMs = nowMs;
  lastRandom = isSame ? addOne(lastRandom) : Array.from(randomBytes(RANDOM_CHARS), (byte) => byte % ALPHABET.length);
  let time = '';
  for (let rest = nowMs, index = 0; index < TIME_CHARS; index++) {
    time = (ALPHABET[rest % ALPHABET.length] ?? '') + time;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return time + lastRandom.map((digit) => ALPHABET[digit]).join('');
}

/** Tells a ULID. */
export function isUlid(text: string): boolean {
  return /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(text);
}
