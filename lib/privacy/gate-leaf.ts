import { types } from 'node:util';
import { refusePromise } from '../core/guard.js';
import { isPlain } from '../core/snapshot.js';
import { CleanTexts } from './clean-texts.js';
import { withoutCutPiece } from './cut-text.js';
import { REDACTION_FAILED } from './marks.js';
import type { TextRedactor } from './redact-text.js';

/** A function of the user that looks at a text or a number and where it stands; `undefined` leaves it as it is. */
export type UserRedact = (value: unknown, path: readonly string[]) => unknown;

/** What is done about the leaves of a value; none of it throws. */
export interface LeafRules {
  readonly text: TextRedactor;
  /** Tells that a value is a leaf that stays as it is, without a closer look. */
  readonly isKnown: (value: unknown) => boolean;
  readonly number: (value: number) => number | string;
  /** What a text is as JSON, where it is an object or an array. */
  readonly json: (text: string) => object | undefined;
  readonly redact: UserRedact | undefined;
  /** Counts a failure and gives the mark for it. The reason holds no content. */
  readonly failed: (reason: string) => string;
}

// Eleven digits are an amount or an id; card numbers and phone numbers with their country have more.
const LONG_NUMBER = 100_000_000_000;
const MAX_JSON = 65_536;
const MAX_BLANKS = 20;

const isShortNumber = (value: number): boolean => !(value >= LONG_NUMBER || value <= -LONG_NUMBER);

function isJsonLike(value: unknown): boolean {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || types.isProxy(value)) return false;
  return Array.isArray(value) || isPlain(value);
}

const isBlank = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

/** Tells a text that begins like an object or an array and ends so. */
export function mayBeJson(text: string): boolean {
  if (text.length > MAX_JSON) return false;
  let start = 0;
  while (start < MAX_BLANKS && isBlank(text.charCodeAt(start))) start++;
  const first = text.charCodeAt(start);
  if (first !== 123 && first !== 91) return false;
  let end = text.length - 1;
  while (end > start && isBlank(text.charCodeAt(end))) end--;
  return text.charCodeAt(end) === first + 2;
}

function parseJson(text: string): object | undefined {
  if (!mayBeJson(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    // No JSON; it is looked at as a text.
    return undefined;
  }
}

/** Makes the rules of leaves out of what the user and the text rules give; what they throw is counted, never passed on. */
export function createLeafRules(
  text: TextRedactor,
  redact: UserRedact | undefined,
  failed: (reason: string) => string,
): LeafRules {
  const clean = new CleanTexts();
  const checkText = (value: string, mayGoOn?: () => boolean): string => {
    if (clean.has(value)) return value;
    try {
      const checked: unknown = text(value, mayGoOn);
      if (checked === value) clean.add(value);
      return typeof checked === 'string' ? checked : failed('the text rules gave no text');
    } catch {
      return failed('the text rules threw');
    }
  };
  const checkNumber = (value: number): number | string => {
    if (isShortNumber(value) || !Number.isInteger(value)) return value;
    const written = String(value);
    const checked = checkText(written);
    return checked === written ? value : checked;
  };
  const ask = (value: unknown, path: readonly string[]): unknown => {
    try {
      const given = refusePromise(redact?.(value, path));
      if (given === undefined || Object.is(given, value)) return value;
      return isJsonLike(given) ? given : failed('redact gave something that is no JSON value');
    } catch {
      return failed('redact threw or gave a promise');
    }
  };
  return {
    text: (value, mayGoOn) => (value === REDACTION_FAILED ? value : checkText(withoutCutPiece(value), mayGoOn)),
    isKnown: (value) => {
      if (typeof value === 'string') return clean.has(value);
      return typeof value === 'number' ? isShortNumber(value) : typeof value === 'boolean' || value === null;
    },
    number: checkNumber,
    json: parseJson,
    redact: redact === undefined ? undefined : ask,
    failed,
  };
}
