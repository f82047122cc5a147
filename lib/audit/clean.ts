import { REDACTION_FAILED } from '../privacy/marks.js';
import { CleanTexts } from '../privacy/clean-texts.js';
import { plainForm } from '../privacy/fingerprint.js';
import { privacyParts } from '../privacy/known-parts.js';
import type { Gate } from '../privacy/gate.js';
import { compareCleaned, MAX_POINTERS } from './compare.js';
import type { EntrySecret } from './entry-fields.js';
import type { LedgerKey } from './keys.js';
import type { LedgerOptions } from './ledger.js';

/** A value without its secrets. */
export interface Cleaned {
  /** The same value where nothing was found. */
  readonly value: unknown;
  readonly removed: readonly string[];
  readonly secrets: readonly EntrySecret[];
}

/** Removes secrets from what is kept. Nothing of it throws. */
export interface Cleaner {
  value(value: unknown): Cleaned;
  /** A name of the program, cut at 128 characters; what is no text is told by its type. */
  fact(value: unknown): string;
}

// A payload is looked at whole, or it would not be the record of the call; so much takes the loop about a second.
const LIMITS = { maxDepth: 256, maxNodes: 1_048_576, maxChars: 16_777_216, maxMs: 5000 };
const MAX_FACT_CHARS = 128;
const MAX_REMEMBERED = 1024;
const SHORT_DIGITS = 8;
const NONE: readonly never[] = [];

// Of ES2024; Node has it since 20.
const wholeCharacters = (text: string): string => (text as unknown as { toWellFormed(): string }).toWellFormed();

/** The gate at tier `full`, with a fingerprint of each secret in its mark. */
class StandardCleaner implements Cleaner {
  readonly #key: LedgerKey;
  readonly #gate: Gate;
  readonly #fingerprints = new Map<string, string>();
  readonly #clean = new CleanTexts();

  constructor(key: LedgerKey) {
    this.#key = key;
    const mark = (found: string, kind: string): string => {
      const digits = this.#key.fingerprint('secret', plainForm(found, kind));
      const short = digits.slice(0, SHORT_DIGITS);
      if (this.#fingerprints.size >= MAX_REMEMBERED) this.#fingerprints.clear();
      this.#fingerprints.set(short, digits);
      return `[REDACTED:${short}]`;
    };
    this.#gate = privacyParts().createPrivacy({ mark, limits: LIMITS }).full;
  }

  value(value: unknown): Cleaned {
    const cleaned = this.#gate.value(value);
    if (cleaned === value) return { value, removed: NONE, secrets: NONE };
    const { pointers, marks } = compareCleaned(value, cleaned);
    const secrets = marks.flatMap(({ pointer, digits }) => {
      const fp = this.#fingerprints.get(digits);
      return fp === undefined ? [] : [{ name: pointer, fp, kid: this.#key.kid }];
    });
    return { value: cleaned, removed: pointers, secrets };
  }

  fact(text: unknown): string {
    if (typeof text !== 'string') return `[${typeof text}]`;
    if (this.#clean.has(text)) return text;
    const shown = wholeCharacters(this.#gate.text(text));
    if (shown === text && text.length <= MAX_FACT_CHARS) {
      this.#clean.add(text);
      return text;
    }
    return wholeCharacters(shown.slice(0, MAX_FACT_CHARS));
  }
}

/** Makes what removes secrets: the function of the options, or the gate. */
export function createCleaner(key: LedgerKey, clean: LedgerOptions['clean']): Cleaner {
  const standard = new StandardCleaner(key);
  if (clean === undefined) return standard;
  return {
    fact: (text) => standard.fact(text),
    value(value) {
      try {
        const { value: cleaned, removed } = clean(value);
        const pointers = removed.map((pointer) => wholeCharacters(pointer.slice(0, MAX_FACT_CHARS)));
        return { value: cleaned, removed: pointers.slice(0, MAX_POINTERS), secrets: NONE };
      } catch {
        return { value: REDACTION_FAILED, removed: [''], secrets: NONE };
      }
    },
  };
}
