import type { Finding } from './finding.js';
import { isInUrl } from './urls.js';

const MAX_LOCAL = 64;
const MAX_DOMAIN = 255;

const local = new Uint8Array(128);
const domain = new Uint8Array(128);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.') {
  local[character.charCodeAt(0)] = 1;
  domain[character.charCodeAt(0)] = 1;
}
for (const character of "!#$%&'*+_~") local[character.charCodeAt(0)] = 1;

// Past the no-break space.
const isLocal = (code: number): boolean => code > 160 || local[code] === 1;
// Past punctuation of the scripts that write addresses: an ideographic full stop or quote ends one.
const isDomain = (code: number): boolean =>
  (code >= 192 && (code < 0x20_00 || code > 0x20_6f) && !isCjkMark(code)) || domain[code] === 1;
const isCjkMark = (code: number): boolean =>
  (code >= 0x30_00 && code <= 0x30_20) || (code >= 0xff_00 && code <= 0xff_0f);
const isLetter = (code: number): boolean => code >= 192 || (code >= 97 && code <= 122) || (code >= 65 && code <= 90);

// Names of files and of git's remotes look like addresses: `icon@2x.png`, `git@host:path`.
const NO_TLD = /\.(?:png|jpe?g|gif|svg|webp|css|[cm]?[jt]sx?|json|md|html?|py|zip)$/i;

// Before the last part of a password that a URL holds; a blank never is.
const BEFORE_IN_URL = new Set([':', '/', '@', '=', '?', '&', '^', '(', ')', ',', ';']);

// A remote of git, and labels of Kotlin: `this@Activity.context`.
const NO_LOCAL = new Set(['git', 'this', 'super', 'return']);

const QUOTE = 34;
const MAX_TLD = 24;

// `"Ann Other"@example.com`
function startOfQuoted(text: string, at: number, least: number): number {
  let start = at - 2;
  while (start >= least && text.charCodeAt(start) !== QUOTE && text.charCodeAt(start) >= 32) start--;
  return start >= least && text.charCodeAt(start) === QUOTE && start < at - 2 ? start : at;
}

function startOfLocal(text: string, at: number): number {
  const least = Math.max(0, at - MAX_LOCAL);
  if (text.charCodeAt(at - 1) === QUOTE) return startOfQuoted(text, at, least);
  let start = at;
  while (start > least && isLocal(text.charCodeAt(start - 1))) start--;
  while (start < at && !isLetter(text.charCodeAt(start)) && !(text.charAt(start) >= '0' && text.charAt(start) <= '9'))
    start++;
  return start;
}

// With two labels and letters in the last, a dot behind it belonging to the sentence.
function endOfDomain(text: string, at: number): number | undefined {
  const most = Math.min(text.length, at + 1 + MAX_DOMAIN);
  let end = at + 1;
  while (end < most && isDomain(text.charCodeAt(end))) end++;
  while (end > at + 1 && (text[end - 1] === '.' || text[end - 1] === '-')) end--;
  const name = text.slice(at + 1, end);
  const dot = name.lastIndexOf('.');
  const last = name.slice(dot + 1);
  if (dot < 1 || last.length < 2 || name.includes('..')) return undefined;
  if (/^xn--/i.test(last)) return end;
  for (let index = 0; index < last.length; index++) if (!isLetter(last.charCodeAt(index))) return undefined;
  // `a@b.call()`
  return last.length > MAX_TLD || text[end] === '(' || NO_TLD.test(name) ? undefined : end;
}

/** Adds email addresses, with tags and of any script. */
export function findEmails(text: string, into: Finding[]): void {
  let at = text.indexOf('@');
  while (at >= 0) {
    const start = startOfLocal(text, at);
    const end = start < at ? endOfDomain(text, at) : undefined;
    if (
      end !== undefined &&
      !NO_LOCAL.has(text.slice(start, at)) &&
      !(BEFORE_IN_URL.has(text.charAt(start - 1)) && isInUrl(text, at))
    ) {
      into.push({ start, end, kind: 'email', sensitivity: 'personal' });
    }
    at = text.indexOf('@', end ?? at + 1);
  }
}
