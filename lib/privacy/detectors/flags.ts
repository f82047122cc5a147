import { strengthInText, mayEndSensitiveName } from '../sensitive-names.js';
import { afterBlanks, valueAt } from './assigned-value.js';
import { CHARACTERS, endOf, isOf } from './characters.js';
import type { Finding } from './finding.js';

const MAX_NAME_CHARS = 64;
const SPACE = 32;
// What sentences go on with, another flag, and what stands for a value.
const NO_VALUE = /^(?:[A-Za-z_-]+[.,;:!?)]*$|[-$<%*])/;

const secret = (start: number, end: number): Finding => ({ start, end, kind: 'assignment', sensitivity: 'secret' });

function flagAt(text: string, dashes: number): Finding | undefined {
  const end = endOf(text, dashes + 2, CHARACTERS.word, dashes + 2 + MAX_NAME_CHARS);
  if (text.charCodeAt(end) !== SPACE || !mayEndSensitiveName(text, end)) return undefined;
  if (strengthInText(text.slice(dashes + 2, end)) === undefined) return undefined;
  const value = valueAt(text, afterBlanks(text, end), true);
  if (value === undefined || value.start >= value.end) return undefined;
  return NO_VALUE.test(text.slice(value.start, value.end)) ? undefined : secret(value.start, value.end);
}

// `-u name:password`, its parts bounded.
const USER = /[ \t\n](?:-u|--user|-U|--proxy-user)[ =]?["']?[^\s:"'-][^\s:"']{0,63}:([^\s"']{1,256})/g;
const MAX_COMMAND_CHARS = 1024;

/** Adds values of flags that are written apart, `--password …`, and the password of `curl -u name:…`. */
export function findFlags(text: string, into: Finding[]): void {
  for (let at = text.indexOf('--'); at >= 0;) {
    const found = isOf(text.charCodeAt(at - 1), CHARACTERS.word) ? undefined : flagAt(text, at);
    if (found !== undefined) into.push(found);
    at = text.indexOf('--', found?.end ?? at + 2);
  }
  // Of the letters of its name texts are full; of a flag they are not.
  if (!text.includes('-u') && !text.includes('-U')) return;
  for (let at = text.indexOf('curl '); at >= 0;) {
    const end = at + MAX_COMMAND_CHARS;
    for (const match of text.slice(at, end).matchAll(USER)) {
      const [whole, password = ''] = match;
      const stop = at + match.index + whole.length;
      if (!password.startsWith('$')) into.push(secret(stop - password.length, stop));
    }
    at = text.indexOf('curl ', end);
  }
}
