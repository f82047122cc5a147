import { cutMark, splitCutMark } from './cut-text.js';
import { createDetection } from './detect.js';
import type { DetectionRules, Finding } from './detect.js';
import { REDACTED } from './marks.js';

/** Characters of a text that are kept where no limit is given. */
export const DEFAULT_MAX_CHARS = 65_536;
// What begins before the cut is read so far behind it, so that no half of a secret is kept.
const READ_AHEAD_CHARS = 4096;

/** What is looked for in a text, and what stands in its place. */
export interface TextRules extends DetectionRules {
  /** The mark that stands for what was found. Default `[REDACTED]`. */
  readonly mark?: (found: string, kind: string) => string;
  /** Characters of a text that are kept at most; a longer one is cut and marked. Default 65,536. */
  readonly maxChars?: number;
}

const placeholder = (): string => REDACTED;

// A mark of the user's that throws shall not cost the text its redaction.
function markOf(mark: (found: string, kind: string) => string, found: string, kind: string): string {
  try {
    return mark(found, kind);
  } catch {
    return REDACTED;
  }
}

function replaceAll(text: string, found: readonly Finding[], mark: (found: string, kind: string) => string): string {
  let kept = '';
  let from = 0;
  for (const { start, end, kind } of found) {
    kept += text.slice(from, start) + markOf(mark, text.slice(start, end), kind);
    from = end;
  }
  return kept + text.slice(from);
}

const isHigh = (code: number): boolean => (code & 0xfc_00) === 0xd8_00;

/** Makes a function that removes what it finds from texts; a text without findings comes back as it is. */
export function createTextRedactor(rules: TextRules): (text: string) => string {
  const { mark = placeholder, maxChars = DEFAULT_MAX_CHARS } = rules;
  const detect = createDetection(rules);
  return (text) => {
    if (text.length <= maxChars) {
      const found = detect(text);
      return found.length === 0 ? text : replaceAll(text, found, mark);
    }
    // What was cut before keeps the count of what it was at first.
    const { count } = splitCutMark(text);
    const found = detect(text.slice(0, maxChars + READ_AHEAD_CHARS)).filter(({ start }) => start < maxChars);
    const kept = Math.max(maxChars, found.at(-1)?.end ?? 0);
    const cut = kept === maxChars && isHigh(text.charCodeAt(kept - 1)) ? kept - 1 : kept;
    return `${replaceAll(text.slice(0, cut), found, mark)}${cutMark(count)}`;
  };
}
