import type { Finding } from './finding.js';

const MAX_CHARS = 1024;
const MAX_BEFORE = 256;
// Where no part of a URL can be, its text ends; where its host ends is another matter.
const OUTSIDE = 1;
const AFTER_HOST = 2;
const ends = new Uint8Array(128);
for (const character of ' \t\n\r"\'`<>\\|') ends[character.charCodeAt(0)] = OUTSIDE;
for (const character of '/?#') ends[character.charCodeAt(0)] = AFTER_HOST;

const AT = '@'.charCodeAt(0);
const COLON = ':'.charCodeAt(0);

interface Authority {
  /** The first colon of the authority, or -1. */
  readonly colon: number;
  /** The last `@` of the authority, or -1. */
  readonly at: number;
  readonly end: number;
}

function readAuthority(text: string, start: number): Authority {
  const last = Math.min(text.length, start + MAX_CHARS);
  let colon = -1;
  let sign = -1;
  let at = start;
  for (; at < last; at++) {
    const code = text.charCodeAt(at);
    const kind = code < 128 ? ends[code] : 0;
    if (kind === OUTSIDE) break;
    if (code === AT) sign = at;
    else if (code === COLON && colon < 0) colon = at;
    // A password of a connection string has slashes and the like, though it should not.
    else if (kind === AFTER_HOST && (sign >= 0 || colon < 0 || isPort(text, colon + 1, at))) break;
  }
  return { colon, at: sign, end: at };
}

function isPort(text: string, start: number, end: number): boolean {
  if (end - start > 5) return false;
  for (let at = start; at < end; at++) if (text.charAt(at) < '0' || text.charAt(at) > '9') return false;
  return true;
}

const MIN_TOKEN_CHARS = 16;

// `https://token@host`: of a user's name it is told by its length and a digit.
const isToken = (text: string, start: number, end: number): boolean =>
  end - start >= MIN_TOKEN_CHARS && /^[\w.~+/=%-]*\d[\w.~+/=%-]*$/.test(text.slice(start, end));

/** Adds the password of URLs and connection strings, or the token: `scheme://user:password@host`, `scheme://token@host`. */
export function findUrlPasswords(text: string, into: Finding[]): void {
  let found = text.indexOf('://');
  while (found >= 0) {
    const start = found + 3;
    const { colon, at, end } = readAuthority(text, start);
    if (colon >= 0 && at > colon + 1)
      into.push({ start: colon + 1, end: at, kind: 'url-password', sensitivity: 'secret' });
    else if (colon < 0 && at >= 0 && isToken(text, start, at))
      into.push({ start, end: at, kind: 'url-password', sensitivity: 'secret' });
    // Nothing that begins before the end has an `@` either, unless the limit is what ended it.
    const read = end - start < MAX_CHARS ? end : start + MAX_CHARS / 2;
    found = text.indexOf('://', at < 0 ? read : at);
  }
}

/** Whether the `@` at `at` ends the user's part of a URL. */
export function isInUrl(text: string, at: number): boolean {
  const least = Math.max(0, at - MAX_BEFORE);
  const scheme = text.slice(least, at).lastIndexOf('://');
  if (scheme < 0) return false;
  const { colon, at: sign } = readAuthority(text, least + scheme + 3);
  return sign === at && (colon >= 0 || isToken(text, least + scheme + 3, sign));
}
