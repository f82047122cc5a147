import { isUtf8 } from 'node:buffer';
import { canonicalText } from './canonical.js';
import type { Cleaned, Cleaner } from './clean.js';
import { compareCleaned } from './compare.js';
import type { EntryPayload, EntrySecret } from './entry-fields.js';
import type { Captured } from './ledger.js';
import type { TaggedText } from './tagged.js';
import { taggedText } from './tagged.js';

/** Media type of canonical JSON. */
export const JSON_MEDIA = 'application/json';
/** The same where values that JSON cannot say are tagged. */
export const TAGGED_MEDIA = 'application/vnd.spanwright.tagged+json';

// As much as the gate looks at.
const LIMITS = { maxDepth: 64, maxNodes: 1_048_576, maxChars: 16_777_216 };
// Tags add levels, and marks characters.
const AGAIN_LIMITS = { maxDepth: 256, maxKeys: 1_048_576, maxChars: 67_108_864 };

/** The bytes that stand for something captured, without its secrets. */
export interface Plain {
  readonly bytes: Buffer;
  readonly media: string;
  readonly hk: EntryPayload['hk'];
  readonly removed: readonly string[];
  readonly secrets: readonly EntrySecret[];
}

/** Canonical text of a value, cleaned. */
export interface CleanText {
  readonly text: string;
  readonly isTagged: boolean;
  readonly removed: readonly string[];
  readonly secrets: readonly EntrySecret[];
}

/** Writes what was read from a canonical text and is still JSON data: what was tagged there is not tagged again. */
export function writeAgain(value: unknown): string {
  return canonicalText(value, AGAIN_LIMITS);
}

function write(cleaned: unknown, isTagged: boolean): Omit<TaggedText, 'isCut'> {
  if (!isTagged) return taggedText(cleaned, LIMITS);
  try {
    return { text: writeAgain(cleaned), isTagged };
  } catch {
    // A function of the user's may give back anything.
    return taggedText(cleaned, LIMITS);
  }
}

/** Writes a value as canonical text without its secrets. Never throws. */
export function toCleanText(value: unknown, cleaner: Cleaner): CleanText {
  const { text, isTagged, isCut } = taggedText(value, LIMITS);
  // The gate must see what is written, and not what a value would say of itself later.
  const source: unknown = isTagged || isCut ? JSON.parse(text) : value;
  const cleaned = cleaner.value(source);
  const { removed, secrets } = cleaned;
  if (cleaned.value === source) return { text, isTagged, removed, secrets };
  return { ...write(cleaned.value, isTagged || isCut), removed, secrets };
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function textOf(cleaned: unknown): string {
  return typeof cleaned === 'string' ? cleaned : (JSON.stringify(cleaned) ?? '');
}

/** Removes the secrets of bytes; the same bytes where there are none. */
export function toCleanBytes(
  source: Uint8Array,
  cleaner: Cleaner,
): { readonly bytes: Buffer } & Omit<Cleaned, 'value'> {
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  // Of other bytes each is looked at as a character, which is enough to find what is written in ASCII.
  const encoding = isUtf8(bytes) ? 'utf8' : 'latin1';
  const text = bytes.toString(encoding);
  const { value, removed, secrets } = cleaner.value(text);
  if (value === text) return { bytes, removed, secrets };
  const shown = textOf(value);
  const [before, after] = [tryParse(text), tryParse(shown)];
  const isJson = typeof before === 'object' && before !== null && after !== undefined;
  const pointers = isJson && removed.length > 0 ? compareCleaned(before, after).pointers : removed;
  return { bytes: Buffer.from(shown, encoding), removed: pointers, secrets };
}

/** Makes the bytes that stand for something captured, as it is now. Never throws. */
export function toPlain(captured: Captured, cleaner: Cleaner): Plain {
  if ('bytes' in captured) {
    const { bytes, removed, secrets } = toCleanBytes(captured.bytes, cleaner);
    return { bytes, media: cleaner.fact(captured.media), hk: 'raw', removed, secrets };
  }
  const { text, isTagged, removed, secrets } = toCleanText(captured.value, cleaner);
  const media = isTagged ? TAGGED_MEDIA : JSON_MEDIA;
  return { bytes: Buffer.from(text), media, hk: 'canonical', removed, secrets };
}
