import type { Attributes } from '@opentelemetry/api';
import { contentSideOf } from './foreign-content.js';
import { contentOfAttribute, isContentKey } from './read-content.js';

/** The attributes of a span, with the content among them apart. */
export interface SplitAttributes {
  readonly facts: Attributes;
  /** By its key, in the form in which content stands beside a span; undefined where there is none. */
  readonly content: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Takes content out of attributes; the object given stays as it is, and is the result where it holds none. Content in
 * another tool's words stays among the facts only where `keepsForeign` says so.
 */
export function splitAttributes(attributes: Attributes, keepsForeign: boolean): SplitAttributes {
  let facts: Attributes | undefined;
  let content: Record<string, unknown> | undefined;
  for (const key in attributes) {
    const isOurs = isContentKey(key);
    if (!isOurs && (keepsForeign || contentSideOf(key) === undefined)) continue;
    const found = isOurs ? contentOfAttribute(key, attributes[key]) : undefined;
    // What cannot be understood stays an attribute, for those who may see content.
    if (found === undefined && keepsForeign) continue;
    facts ??= { ...attributes };
    delete facts[key];
    if (found !== undefined) (content ??= {})[key] = found;
  }
  return { facts: facts ?? attributes, content };
}
