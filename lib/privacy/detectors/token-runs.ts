import { textOfBase64 } from './base64.js';
import { CHARACTERS, endOf, isOf, startOf } from './characters.js';
import { earliestRun, MIN_CHARS, readyBytes } from './earliest-run.js';
import type { Detector, Finding } from './finding.js';
import { shapedTokenAt } from './shaped-tokens.js';
import { VENDORS, vendorTokenAt } from './vendor-tokens.js';

const { alnum, digit, hex, word, base64, run } = CHARACTERS;

const SPACE = 32;
const DOT = 46;
const COLON = 58;
const MAX_JWT_CHARS = 16_384;

const secret = (start: number, end: number, kind: string): Finding => ({ start, end, kind, sensitivity: 'secret' });

// `header.payload.signature`, the header's end being known; an unsigned one ends with the dot, an encrypted one has five parts.
function jwtAt(text: string, at: number, header: number): Finding | undefined {
  if (header - at < 12 || text.charCodeAt(header) !== DOT) return undefined;
  const payload = endOf(text, header + 1, word, header + MAX_JWT_CHARS);
  // `e30` is an empty payload; the second part of an encrypted one may be empty.
  const isOdd = payload - header < 9 && text.charAt(header + 1) !== 'e';
  if (isOdd && (payload > header + 1 || text.charCodeAt(payload) !== DOT)) return undefined;
  let end = text.charCodeAt(payload) === DOT ? endOf(text, payload + 1, word, payload + MAX_JWT_CHARS) : payload;
  for (let part = 0; part < 2 && text.charCodeAt(end) === DOT; part++) {
    const next = endOf(text, end + 1, word, end + MAX_JWT_CHARS);
    if (next < end + 9) break;
    end = next;
  }
  return secret(at, end, 'jwt');
}

// `<bot id>:<35 characters>`, the colon being no part of the run.
function telegramAt(text: string, start: number, end: number): Finding | undefined {
  if (end - start < 34 || text.charCodeAt(start - 1) !== COLON || endOf(text, start, word, end) < start + 34)
    return undefined;
  const id = startOf(text, start - 1, digit, start - 12);
  return start - 1 - id >= 8 ? secret(id, endOf(text, start, word, end), 'telegram-token') : undefined;
}

// `1/<id>:<32 digits>`, the colon being no part of the run.
function asanaAt(text: string, start: number, end: number): Finding | undefined {
  if (end - start < 32 || text.charCodeAt(start - 1) !== COLON || endOf(text, start, hex, end) < start + 32)
    return undefined;
  const before = /[012]\/\d{10,20}(?:\/\d{10,20})?:$/.exec(text.slice(Math.max(0, start - 48), start));
  return before === null ? undefined : secret(start - before[0].length, start + 32, 'asana-token');
}

const DISCORD = /[MNO][\w-]{22,27}\.[\w-]{6}\.[\w-]{27,40}/y;

function discordAt(text: string, at: number): Finding | undefined {
  const first = text[at];
  if (first !== 'M' && first !== 'N' && first !== 'O') return undefined;
  DISCORD.lastIndex = at;
  return DISCORD.test(text) ? secret(at, DISCORD.lastIndex, 'discord-token') : undefined;
}

const hasDigit = (text: string, start: number, end: number): boolean => {
  for (let at = start; at < end; at++) if (isOf(text.charCodeAt(at), digit)) return true;
  return false;
};

const withPadding = (text: string, end: number): number => {
  let at = end;
  while (at < end + 2 && text[at] === '=') at++;
  return at;
};

// What follows `Bearer ` or `Basic `, wherever it stands.
function credentialsAt(text: string, start: number, end: number): Finding | undefined {
  // The last letter of `Bearer` or `Basic`.
  const last = text.charCodeAt(start - 2) | 32;
  if (text.charCodeAt(start - 1) !== SPACE || (last !== 114 && last !== 99)) return undefined;
  const scheme = text.slice(Math.max(0, start - 7), start - 1).toLowerCase();
  if (scheme === 'bearer' && (end - start >= 32 || hasDigit(text, start, end))) {
    return secret(start, withPadding(text, end), 'bearer');
  }
  if (!scheme.endsWith('basic') || textOfBase64(text, start, end)?.includes(':') !== true) return undefined;
  return secret(start, withPadding(text, end), 'basic-auth');
}

// Lines of MIME and PEM.
const LEAST_WIDTH = 60;
const MOST_WIDTH = 76;

// Where base64 ends that is folded into lines of one width, of which the last may be shorter, and its text without line ends.
function unfold(text: string, start: number, end: number): { code: string; end: number } | undefined {
  const width = end - start;
  if (width < LEAST_WIDTH || width > MOST_WIDTH) return undefined;
  const lines = [text.slice(start, end)];
  let last = end;
  for (let length = width; length === width;) {
    const line = text.charCodeAt(last) === 13 ? last + 1 : last;
    if (text.charCodeAt(line) !== 10) break;
    const next = endOf(text, line + 1, base64, line + 2 + width);
    length = next - line - 1;
    if (length === 0 || length > width) break;
    lines.push(text.slice(line + 1, next));
    last = next;
  }
  return lines.length === 1 ? undefined : { code: lines.join(''), end: last };
}

// A stretch of base64 in which `inside` finds something is a finding as a whole.
function addEncoded(text: string, start: number, end: number, inside: Detector, into: Finding[]): boolean {
  if (end - start < MIN_CHARS) return false;
  const found = findingIn(textOfBase64(text, start, end), inside);
  if (found !== undefined) into.push({ ...found, start, end: withPadding(text, end) });
  return found !== undefined;
}

function findingIn(decoded: string | undefined, inside: Detector): Omit<Finding, 'start' | 'end'> | undefined {
  if (decoded === undefined) return undefined;
  const found: Finding[] = [];
  inside(decoded, found);
  const [first] = found;
  if (first === undefined) return undefined;
  const { sensitivity = 'personal' } = found.find((each) => each.sensitivity === 'secret') ?? {};
  return { kind: first.kind, sensitivity };
}

// Behind a host or in a path the code begins after a slash.
function addPieces(text: string, start: number, end: number, inside: Detector, into: Finding[]): void {
  let from = start;
  for (let at = start; at <= end; at++) {
    if (at < end && text[at] !== '/') continue;
    if (from !== start || at !== end) addEncoded(text, from, at, inside, into);
    from = at + 1;
  }
}

function addBase64(text: string, start: number, end: number, inside: Detector, into: Finding[]): void {
  let from = start;
  while (from < end) {
    const to = endOf(text, from, base64, end);
    if (!addEncoded(text, from, to, inside, into)) addPieces(text, from, to, inside, into);
    from = to + 1;
  }
}

const STARTS = new Uint8Array(128);
for (const { prefixes } of VENDORS) for (const prefix of prefixes) STARTS[prefix.charCodeAt(0)] = 1;
for (const first of 'eMNO') STARTS[first.charCodeAt(0)] = 1;
const mayStart = (code: number): boolean => code < 128 && STARTS[code] === 1;

function addTokens(text: string, start: number, end: number, into: Finding[]): void {
  let at = start;
  // Read once for all the heads that one stretch may have.
  let wordEnd = start;
  let lastDigit = end - 1;
  while (lastDigit >= start && !isOf(text.charCodeAt(lastDigit), digit)) lastDigit--;
  while (at < end) {
    let found: Finding | undefined;
    if (mayStart(text.charCodeAt(at)) && !isOf(text.charCodeAt(at - 1), alnum)) {
      found = vendorTokenAt(text, at, lastDigit) ?? discordAt(text, at);
      if (found === undefined && text[at] === 'e' && text.startsWith('eyJ', at)) {
        if (wordEnd <= at) wordEnd = endOf(text, at, word, end);
        found = jwtAt(text, at, wordEnd);
      }
    }
    if (found !== undefined) into.push(found);
    at = found?.end ?? at + 1;
  }
}

function addRun(text: string, start: number, end: number, inside: Detector | undefined, into: Finding[]): void {
  const before = into.length;
  const whole =
    telegramAt(text, start, end) ??
    asanaAt(text, start, end) ??
    credentialsAt(text, start, end) ??
    shapedTokenAt(text, start, end);
  if (whole !== undefined) into.push(whole);
  else addTokens(text, start, end, into);
  if (into.length === before && inside !== undefined) addBase64(text, start, end, inside, into);
}

// By code unit, so that the loop below has no second case.
const IN_RUN = new Uint8Array(65_536);
for (let code = 0; code < 128; code++) if (isOf(code, run)) IN_RUN[code] = 1;

// The start of the next stretch that is long enough, or -1. Every such stretch covers one of the positions that are jumped
// to, so most characters of prose are never read.
function nextRun(text: string, start: number): number {
  const last = text.length - MIN_CHARS;
  let from = start;
  while (from <= last) {
    let at = from + MIN_CHARS - 1;
    while (at >= from && IN_RUN[text.charCodeAt(at)] === 1) at--;
    if (at < from) return from;
    from = at + 1;
  }
  return -1;
}

/** Makes a detector of opaque tokens: vendors' keys, JWTs, what follows `Bearer`, and base64 in which `inside` finds something. */
export function createTokenDetector(inside?: Detector): Detector {
  return (text, into) => {
    // Lines that are folded are read together once, and each of them as any other stretch.
    let unfolded = 0;
    const { length } = text;
    const ready = readyBytes(text);
    let start = nextRun(text, earliestRun(ready, 0, length));
    while (start >= 0) {
      const end = endOf(text, start + MIN_CHARS, run);
      const folded = inside === undefined || start < unfolded ? undefined : unfold(text, start, end);
      const found = folded && inside && findingIn(textOfBase64(folded.code, 0, folded.code.length), inside);
      if (folded !== undefined) unfolded = folded.end;
      if (found === undefined) addRun(text, start, end, inside, into);
      else into.push({ ...found, start, end: withPadding(text, unfolded) });
      start = nextRun(text, earliestRun(ready, (found === undefined ? end : unfolded) + 1, length));
    }
  };
}
