import { findAssignments } from './detectors/assignments.js';
import { findCells } from './detectors/cells.js';
import { withoutColours } from './detectors/colours.js';
import { findEmails } from './detectors/emails.js';
import { unescapeOnce } from './detectors/escapes.js';
import type { Detector, Finding } from './detectors/finding.js';
import { firstLook, MAX_SHORT } from './detectors/first-look.js';
import type { FirstLook, Numbers } from './detectors/first-look.js';
import { findFlags } from './detectors/flags.js';
import { mergeFindings } from './detectors/merge-findings.js';
import { createPackDetector } from './detectors/national-ids.js';
import { findNumbers } from './detectors/numbers.js';
import { findListed } from './detectors/pairs.js';
import { findPrivateKeys } from './detectors/private-keys.js';
import { createTokenDetector } from './detectors/token-runs.js';
import { findUrlPasswords } from './detectors/urls.js';
import { type Window, windowsAround } from './detectors/windows.js';

export type { Finding } from './detectors/finding.js';

/** What is looked for. */
export interface DetectionRules {
  /** Secrets alone, or personal data too. */
  readonly level: 'secrets' | 'all';
  /** The user's own patterns; whatever they match is a secret. */
  readonly patterns?: readonly RegExp[];
  /** Packs of national ids by name, looked for at level `all`; a name that is none is left out. */
  readonly packs?: readonly string[];
}

function createPatternDetector(pattern: RegExp): Detector {
  const everywhere = new RegExp(pattern.source, `${pattern.flags.replaceAll(/[gy]/g, '')}g`);
  return (text, into) => {
    for (const match of text.matchAll(everywhere)) {
      const end = match.index + match[0].length;
      if (end > match.index) into.push({ start: match.index, end, kind: 'pattern', sensitivity: 'secret' });
    }
  };
}

const NOTHING: readonly Finding[] = [];

/** The detectors of a text: `narrow` ones find what lies between two quotes, `wide` ones what may go on across them. */
interface Detectors {
  readonly wide: readonly Detector[];
  readonly narrow: readonly Detector[];
}

function detectAsIs(source: string, { wide, narrow }: Detectors, into: Finding[]): void {
  const text = withoutColours(source);
  for (const detector of wide) detector(text, into);
  for (const detector of narrow) detector(text, into);
}

function detectAmong(text: string, windows: readonly Window[], detectors: readonly Detector[], into: Finding[]): void {
  for (const { start, end } of windows) {
    const part: Finding[] = [];
    for (const detector of detectors) detector(text.slice(start, end), part);
    for (const finding of part) into.push({ ...finding, start: finding.start + start, end: finding.end + start });
  }
}

// What one layer of escapes hides; false where there are none.
function detectUnescaped(text: string, { wide, narrow }: Detectors, into: Finding[]): boolean {
  const unescaped = unescapeOnce(text);
  if (unescaped === undefined) return false;
  const { positions, toSource } = unescaped;
  const plain = withoutColours(unescaped.text);
  const inside: Finding[] = [];
  for (const detector of wide) detector(plain, inside);
  detectAmong(plain, windowsAround(plain, positions) ?? [{ start: 0, end: plain.length }], narrow, inside);
  for (const finding of inside) into.push({ ...finding, start: toSource(finding.start), end: toSource(finding.end) });
  return true;
}

// Forms and queries write a blank as a plus.
const hasPluses = (text: string): boolean =>
  text.includes('+') && text.includes('=') && (text.includes('%') || text.includes('&'));

/** Makes a function that finds what should not be kept of a text, in order and without overlaps. */
export function createDetection(rules: DetectionRules): (text: string) => readonly Finding[] {
  const patterns = (rules.patterns ?? []).map(createPatternDetector);
  const wide: Detector[] = [
    ...patterns,
    findPrivateKeys,
    findUrlPasswords,
    findAssignments,
    findCells,
    findFlags,
    findListed,
  ];
  const narrow: Detector[] = [];
  let numbers: Numbers = 'none';
  if (rules.level === 'all') {
    const packs = (rules.packs ?? []).map(createPackDetector).filter((pack) => pack !== undefined);
    wide.push(findEmails, ...packs);
    narrow.push(findNumbers);
    numbers = packs.length > 0 ? 'packs' : 'common';
  }
  // Whatever the user's patterns match may be anywhere.
  const look = (text: string): FirstLook =>
    text.length > MAX_SHORT || patterns.length > 0 ? 'anything' : firstLook(text, numbers);
  const inBase64: Detectors = { wide, narrow: [...narrow, createTokenDetector()] };
  narrow.push(
    createTokenDetector((text, into) => {
      if (look(text) === 'nothing') return;
      detectAsIs(text, inBase64, into);
      detectUnescaped(text, inBase64, into);
    }),
  );
  const detectors: Detectors = { wide, narrow };
  return (text) => {
    const looked = look(text);
    if (looked === 'nothing') return NOTHING;
    const found: Finding[] = [];
    if (looked === 'narrow') {
      for (const detector of narrow) detector(text, found);
      return found.length === 0 ? NOTHING : mergeFindings(text, found);
    }
    detectAsIs(text, detectors, found);
    detectUnescaped(text, detectors, found);
    if (hasPluses(text)) {
      const blanks = text.replaceAll('+', ' ');
      if (!detectUnescaped(blanks, detectors, found)) detectAsIs(blanks, detectors, found);
    }
    return found.length === 0 ? NOTHING : mergeFindings(text, found);
  };
}
