import { createHmac } from 'node:crypto';
import { REDACTED } from './marks.js';

/** Makes the mark that stands for what was found; `kind` says what it was. */
export type Mark = (found: string, kind: string) => string;

const KNOWN = /^\[REDACTED(?::[0-9a-f]{8})?\]$/;

/** Tells whether a text is a mark already: one of a mark would be another one. */
export function isMark(text: string): boolean {
  return text.length <= 20 && KNOWN.test(text);
}

const SCHEME = /^(?:bearer|basic|token)[ \t]+/i;
const TRAILING = new Set(['-', '.', ',', ';']);

function unescaped(found: string): string {
  try {
    return found.includes('%') ? decodeURIComponent(found) : found;
  } catch {
    return found;
  }
}

function withoutTrailing(text: string): string {
  let end = text.length;
  while (end > 0 && TRAILING.has(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** Takes away what people and programs write differently of one value, by what it is; never gives nothing. */
export function plainForm(found: string, kind: string): string {
  const text = unescaped(found);
  if (kind === 'email') return text.toLowerCase() || found;
  if (kind === 'iban') return text.replaceAll(/[^A-Za-z0-9]/g, '').toUpperCase() || found;
  if (kind === 'card' || kind === 'phone')
    return `${text.startsWith('+') ? '+' : ''}${text.replaceAll(/\D/g, '')}` || found;
  return withoutTrailing(text.replace(SCHEME, '')) || found;
}

/** How marks are made. */
export interface MarkOptions {
  /** Key of the fingerprints; without one every mark is `[REDACTED]`. */
  readonly key?: string | Uint8Array;
}

const HEX_CHARS = 8;
const MAX_REMEMBERED = 1000;
// A longer text costs more to look up than it is worth, and would be kept alive.
const MAX_REMEMBERED_CHARS = 256;

/**
 * Makes marks: `[REDACTED]`, or with a key `[REDACTED:8hex]`, equal for equal values however they were found and written (HMAC-SHA-256):
 * schemes of authorization, escapes of URLs, punctuation behind them, and the case or the groups of personal data do not count.
 * Throws `TypeError` on an empty key.
 */
export function createMark(options: MarkOptions = {}): Mark {
  const { key } = options;
  if (key === undefined) return () => REDACTED;
  if (key.length === 0) throw new TypeError('got an empty key for fingerprints, expected at least one byte');
  const known = new Map<string, string>();
  const digitsOf = (found: string): string => createHmac('sha256', key).update(found).digest('hex').slice(0, HEX_CHARS);
  return (shown, kind) => {
    const found = plainForm(shown, kind);
    let digits = known.get(found);
    if (digits === undefined) {
      digits = digitsOf(found);
      // Forgotten all at once: keeping an order costs every look-up, and what is common is soon there again.
      if (known.size >= MAX_REMEMBERED) known.clear();
      if (found.length <= MAX_REMEMBERED_CHARS) known.set(found, digits);
    }
    return `[REDACTED:${digits}]`;
  };
}
