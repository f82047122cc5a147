import { randomFillSync } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_CHARS = 10;
const RANDOM_CHARS = 16;

const LAST = ALPHABET.length - 1;

// Bytes of chance for many at a time.
const pool = Buffer.alloc(RANDOM_CHARS * 256);
let nextInPool = pool.length;
let lastMs = -1;
let time = '';
let digits: number[] = [];
// The first fifteen random characters, which seldom change within a millisecond.
let head = '';

function draw(): number[] {
  if (nextInPool === pool.length) {
    randomFillSync(pool);
    nextInPool = 0;
  }
  nextInPool += RANDOM_CHARS;
  return Array.from(pool.subarray(nextInPool - RANDOM_CHARS, nextInPool), (byte) => byte % ALPHABET.length);
}

function addOne(): void {
  let index = RANDOM_CHARS - 1;
  while (index > 0 && digits[index] === LAST) digits[index--] = 0;
  digits[index] = ((digits[index] ?? 0) + 1) % ALPHABET.length;
  if (index < RANDOM_CHARS - 1) head = textOf(digits.slice(0, -1));
}

function textOf(some: readonly number[]): string {
  return some.map((digit) => ALPHABET[digit]).join('');
}

function timeText(ms: number): string {
  let text = '';
  for (let rest = ms, index = 0; index < TIME_CHARS; index++) {
    text = (ALPHABET[rest % ALPHABET.length] ?? '') + text;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return text;
}

/** Makes a ULID: 26 characters that sort by the time they were made, also within a millisecond of one process. */
export function createUlid(nowMs = Date.now()): string {
  if (nowMs === lastMs) addOne();
  else {
    lastMs = nowMs;
    time = timeText(nowMs);
    digits = draw();
    head = textOf(digits.slice(0, -1));
  }
  return time + head + (ALPHABET[digits[RANDOM_CHARS - 1] ?? 0] ?? '');
}

/** Tells a ULID. */
export function isUlid(text: string): boolean {
  return /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(text);
}
