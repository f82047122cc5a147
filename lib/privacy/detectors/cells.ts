import { mayEndSensitiveName, strengthInText } from '../sensitive-names.js';
import { afterBlanks, valueAt } from './assigned-value.js';
import type { Finding } from './finding.js';
import { nameBefore } from './name-before.js';

const MAX_BLANKS = 32;
// A word of a heading says nothing.
const VALUE = /^(?=.{3})(?=.*[\d=])/;

const isBlank = (text: string, at: number): boolean => text[at] === ' ' || text[at] === '*';

function beforeBlanks(text: string, end: number): number {
  let at = end;
  while (at > end - MAX_BLANKS && isBlank(text, at - 1)) at--;
  return at;
}

// A single word that has a digit.
function valueBehind(text: string, from: number): { start: number; end: number; next: string } | undefined {
  const value = valueAt(text, from, true);
  if (value === undefined || !VALUE.test(text.slice(value.start, value.end))) return undefined;
  const { start, end, isQuoted } = value;
  return { start, end, next: text.charAt(afterBlanks(text, isQuoted ? end + 1 : end)) };
}

function findAt(text: string, at: number, isRow: boolean, behind: number): Finding | undefined {
  const end = beforeBlanks(text, at);
  if (!mayEndSensitiveName(text, end)) return undefined;
  const name = nameBefore(text, end);
  if (
    strengthInText(name) === undefined ||
    (isRow ? text.charAt(beforeBlanks(text, end - name.length) - 1) !== '|' : end === at)
  )
    return undefined;
  const value = valueBehind(text, behind);
  if (value === undefined || (isRow && value.next !== '|')) return undefined;
  return { start: value.start, end: value.end, kind: 'assignment', sensitivity: 'secret' };
}

/** Adds values that stand in the cell behind their name, `| password | … |`, or behind an arrow, `password -> …`. */
export function findCells(text: string, into: Finding[]): void {
  for (const sign of ['|', '-> ']) {
    for (let at = text.indexOf(sign); at >= 0;) {
      const found = findAt(text, at, sign === '|', at + sign.trimEnd().length);
      if (found !== undefined) into.push(found);
      at = text.indexOf(sign, found?.end ?? at + 1);
    }
  }
}
