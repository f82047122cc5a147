import { textOfBase64 } from './base64.js';
import { CHARACTERS, endOf, isOf, startOf } from './characters.js';
import type { Detector, Finding } from './finding.js';
import { VENDORS, vendorTokenAt } from './vendor-tokens.js';

const { alnum, digit, word, base64, run } = CHARACTERS;

// Tokens are longer than words: shorter stretches are not looked at.
const MIN_CHARS = 16;
const SPACE = 32;
const COLON = 58;
const MAX_JWT_CHARS = 16_384;

const secret = (start: number, end: number, kind: string): Finding => ({ start, end, kind, sensitivity: 'secret' });

// `header.payload.signature`, the header's end being known; an unsigned one ends with the dot.
function jwtAt(text: string, at: number, header: number): Finding | undefined {
  if (header - at < 12 || text[header] !== '.') return undefined;
  const payload = endOf(text, header + 1, word, header + MAX_JWT_CHARS);
  if (payload - header < 9) return undefined;
  const end = text[payload] === '.' ? endOf(text, payload + 1, word, payload + MAX_JWT_CHARS) : payload;
  return secret(at, end, 'jwt');
}

// `<bot id>:<35 characters>`, the colon being no part of the run.
function telegramAt(text: string, start: number, end: number): Finding | undefined {
  if (end - start < 34 || text.charCodeAt(start - 1) !== COLON || endOf(text, start, word, end) < start + 34)
    return undefined;
  const id = startOf(text, start - 1, digit, start - 12);
  return start - 1 - id >= 8 ? secret(id, endOf(text, start, word, end), 'telegram-token') : undefined;
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

// A stretch of base64 in which `inside` finds something is a finding as a whole.
function addEncoded(text: string, start: number, end: number, inside: Detector, into: Finding[]): boolean {
  if (end - start < MIN_CHARS) return false;
  const decoded = textOfBase64(text, start, end);
  if (decoded === undefined) return false;
  const found: Finding[] = [];
  inside(decoded, found);
  const [first] = found;
  if (first === undefined) return false;
  const { sensitivity = 'personal' } = found.find((each) => each.sensitivity === 'secret') ?? {};
  into.push({ start, end: withPadding(text, end), kind: first.kind, sensitivity });
  return true;
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
  while (at < end) {
    let found: Finding | undefined;
    if (mayStart(text.charCodeAt(at)) && !isOf(text.charCodeAt(at - 1), alnum)) {
      found = vendorTokenAt(text, at) ?? discordAt(text, at);
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
  const whole = telegramAt(text, start, end) ?? credentialsAt(text, start, end);
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
    let start = nextRun(text, 0);
    while (start >= 0) {
      const end = endOf(text, start + MIN_CHARS, run);
      addRun(text, start, end, inside, into);
      start = nextRun(text, end + 1);
    }
  };
}
