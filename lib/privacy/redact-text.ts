import { cutMark, splitCutMark } from './cut-text.js';
import { createDetection } from './detect.js';
import type { DetectionRules, Finding } from './detect.js';
import { REDACTED } from './marks.js';
import { redactLongText, WINDOW_CHARS } from './redact-long-text.js';

/** Characters of a text that are kept where no limit is given. */
export const DEFAULT_MAX_CHARS = 65_536;

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
    kept += text.slice(from, start) + mark(text.slice(start, end), kind);
    from = end;
  }
  return kept + text.slice(from);
}

/** Redacts a text. `mayGoOn` is asked now and then while a long one is read; where it says no, the rest is cut. */
export interface TextRedactor {
  (text: string, mayGoOn?: () => boolean): string;
  /** What is found in a text, in order, each with the mark that stands for it; absent where it cannot be told. */
  readonly find?: (text: string) => readonly MarkedFinding[];
}

/** A stretch of a text, and the mark in its place. */
export interface MarkedFinding {
  readonly start: number;
  readonly end: number;
  readonly mark: string;
}

/** Makes a function that removes what it finds from texts; a text without findings comes back as it is. */
export function createTextRedactor(rules: TextRules): TextRedactor {
  const { mark = placeholder, maxChars = DEFAULT_MAX_CHARS } = rules;
  const detect = createDetection(rules);
  const safeMark = (found: string, kind: string): string => markOf(mark, found, kind);
  const redact = (text: string, mayGoOn?: () => boolean): string => {
    if (text.length <= maxChars && text.length <= WINDOW_CHARS) {
      const found = detect(text);
      return found.length === 0 ? text : replaceAll(text, found, safeMark);
    }
    const { shown, readTo } = redactLongText(text, Math.min(maxChars, text.length), {
      detect,
      mark: safeMark,
      mayGoOn,
    });
    // What was cut before keeps the count of what it was at first.
    return readTo >= text.length ? shown : `${shown}${cutMark(splitCutMark(text).count)}`;
  };
  const find = (text: string): readonly MarkedFinding[] =>
    detect(text).map(({ start, end, kind }) => ({ start, end, mark: safeMark(text.slice(start, end), kind) }));
  return Object.assign(redact, { find });
}
