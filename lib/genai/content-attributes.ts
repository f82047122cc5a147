import type { Attributes } from '@opentelemetry/api';
import { contentSideOf } from './foreign-content.js';
import { contentOfAttribute, isContentKey } from './read-content.js';
import { GEN_AI_ALIASES } from './vocabularies/gen-ai-names.js';

/** The attributes of a span, with the content among them apart. */
export interface SplitAttributes {
  readonly facts: Attributes;
  /** By its key, in the form in which content stands beside a span; undefined where there is none. */
  readonly content: Readonly<Record<string, unknown>> | undefined;
  /** No fact stands there under an older or another name. */
  readonly isCanonical: boolean;
}

type KeySort = 'ours' | 'foreign' | 'alias' | 'fact';

const ALIASES: ReadonlySet<string> = new Set(Object.values(GEN_AI_ALIASES));
const MAX_REMEMBERED = 2000;
const MAX_REMEMBERED_CHARS = 128;
// Instrumentations write the same names again and again.
const known = new Map<string, KeySort>();

function readSort(key: string): KeySort {
  if (isContentKey(key)) return 'ours';
  if (contentSideOf(key) !== undefined) return 'foreign';
  return ALIASES.has(key) ? 'alias' : 'fact';
}

function sortOf(key: string): KeySort {
  let sort = known.get(key);
  if (sort !== undefined) return sort;
  sort = readSort(key);
  if (known.size >= MAX_REMEMBERED) known.clear();
  if (key.length <= MAX_REMEMBERED_CHARS) known.set(key, sort);
  return sort;
}

function put(attributes: Attributes, key: string, value: Attributes[string]): void {
  if (key === '__proto__') Object.defineProperty(attributes, key, { value, enumerable: true });
  else attributes[key] = value;
}

// Deleting from a copy would make it an object that is slow to read.
function before(attributes: Attributes, end: string): Attributes {
  const facts: Attributes = {};
  for (const key in attributes) {
    if (key === end) break;
    put(facts, key, attributes[key]);
  }
  return facts;
}

/**
 * Takes content out of attributes; the object given stays as it is, and is the result where it holds none. Content in
 * another tool's words stays among the facts only where `keepsForeign` says so.
 */
export function splitAttributes(attributes: Attributes, keepsForeign: boolean): SplitAttributes {
  let facts: Attributes | undefined;
  let content: Record<string, unknown> | undefined;
  let isCanonical = true;
  for (const key in attributes) {
    const sort = sortOf(key);
    const found = sort === 'ours' ? contentOfAttribute(key, attributes[key]) : undefined;
    if (sort === 'alias') isCanonical = false;
    // What cannot be understood stays an attribute, for those who may see content.
    const isFact = sort === 'fact' || sort === 'alias' || (keepsForeign && found === undefined);
    if (isFact) {
      if (facts !== undefined) put(facts, key, attributes[key]);
      continue;
    }
    facts ??= before(attributes, key);
    if (found !== undefined) (content ??= {})[key] = found;
  }
  return { facts: facts ?? attributes, content, isCanonical };
}
