import { findAssignments } from './detectors/assignments.js';
import { findEmails } from './detectors/emails.js';
import { type Unescaped, unescapeOnce } from './detectors/escapes.js';
import type { Detector, Finding } from './detectors/finding.js';
import { createPackDetector } from './detectors/national-ids.js';
import { findNumbers } from './detectors/numbers.js';
import { findPrivateKeys } from './detectors/private-keys.js';
import { createTokenDetector } from './detectors/token-runs.js';
import { findUrlPasswords } from './detectors/urls.js';
import { windowsAround } from './detectors/windows.js';

export type { Finding, Sensitivity } from './detectors/finding.js';

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

const isHigh = (code: number): boolean => (code & 0xfc_00) === 0xd8_00;
const isLow = (code: number): boolean => (code & 0xfc_00) === 0xdc_00;

const isSplit = (text: string, at: number): boolean => isHigh(text.charCodeAt(at - 1)) && isLow(text.charCodeAt(at));

// A cut inside `\n` or in the middle of a character would leave a text that no reader takes.
function atWholeCharacters(text: string, finding: Finding): Finding {
  let { start, end } = finding;
  if (isSplit(text, start)) start--;
  if (isSplit(text, end)) end++;
  if (text[start - 1] === '\\') {
    let first = start - 1;
    while (first > start - 64 && text[first - 1] === '\\') first--;
    if ((start - first) % 2 === 1 && /[nrtbfu]/.test(text.charAt(start))) start += text[start] === 'u' ? 5 : 1;
  }
  return { ...finding, start, end };
}

const longer = (one: Finding, other: Finding): Finding =>
  one.end - one.start >= other.end - other.start ? one : other;

// Those that overlap become one, which is named by the longest; a secret stays one.
function merge(text: string, found: readonly Finding[]): Finding[] {
  const sorted = found
    .map((finding) => atWholeCharacters(text, finding))
    .filter(({ start, end }) => start < end)
    .sort((one, other) => one.start - other.start);
  const merged: Finding[] = [];
  for (const finding of sorted) {
    const last = merged.at(-1);
    if (last === undefined || finding.start >= last.end) {
      merged.push(finding);
      continue;
    }
    const { kind } = longer(last, finding);
    const sensitivity = last.sensitivity === 'secret' ? 'secret' : finding.sensitivity;
    merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, finding.end), kind, sensitivity };
  }
  return merged;
}

const NOTHING: readonly Finding[] = [];

/** Makes a function that finds what should not be kept of a text, in order and without overlaps. */
export function createDetection(rules: DetectionRules): (text: string) => readonly Finding[] {
  const wide: Detector[] = [
    ...(rules.patterns ?? []).map(createPatternDetector),
    findPrivateKeys,
    findUrlPasswords,
    findAssignments,
  ];
  if (rules.level === 'all') {
    const packs = (rules.packs ?? []).map(createPackDetector).filter((pack) => pack !== undefined);
    wide.push(findEmails, ...packs);
  }
  // What they find lies between two quotes.
  const narrow: Detector[] = rules.level === 'all' ? [findNumbers] : [];
  const tokensAlone = createTokenDetector();
  narrow.push(
    createTokenDetector((text, into) => {
      for (const detector of wide) detector(text, into);
      if (rules.level === 'all') findNumbers(text, into);
      tokensAlone(text, into);
    }),
  );
  return (text) => {
    const found: Finding[] = [];
    for (const detector of wide) detector(text, found);
    for (const detector of narrow) detector(text, found);
    const unescaped = unescapeOnce(text);
    if (unescaped !== undefined) findUnescaped(unescaped, wide, narrow, found);
    return found.length === 0 ? NOTHING : merge(text, found);
  };
}

function findUnescaped(
  { text, positions, toSource }: Unescaped,
  wide: readonly Detector[],
  narrow: readonly Detector[],
  into: Finding[],
): void {
  const inside: Finding[] = [];
  for (const detector of wide) detector(text, inside);
  for (const { start, end } of windowsAround(text, positions) ?? [{ start: 0, end: text.length }]) {
    const from = inside.length;
    const part = text.slice(start, end);
    for (const detector of narrow) detector(part, inside);
    for (let index = from; index < inside.length; index++) {
      const finding = inside[index];
      if (finding !== undefined) inside[index] = { ...finding, start: finding.start + start, end: finding.end + start };
    }
  }
  for (const finding of inside) into.push({ ...finding, start: toSource(finding.start), end: toSource(finding.end) });
}
