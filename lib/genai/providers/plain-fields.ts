import type { Json } from '../endpoint.js';

/** A list without items, for fields that hold no list. */
const NO_ITEMS: readonly unknown[] = Object.freeze([]);

/** The value where it is an object with fields; an array is none. */
export function objectOf(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

/** The value where it is an array, else an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : NO_ITEMS;
}

/** The value where it is a string that says something. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The value where it is a finite number. */
export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The value where it is a whole number that counts something. */
export function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** The strings of a list, or a string alone; undefined where there are none. */
export function textsOf(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return [value];
  const texts = listOf(value).filter((item) => typeof item === 'string');
  return texts.length === 0 ? undefined : texts;
}

/** The objects of a list. */
export function objectsOf(value: unknown): readonly Json[] {
  return listOf(value).filter((item) => objectOf(item) !== undefined) as readonly Json[];
}

/** The same object without the fields that are undefined. */
export function defined<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T {
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(fields)) {
    const value = (fields as Record<string, unknown>)[key];
    if (value !== undefined) kept[key] = value;
  }
  return kept as T;
}

/** An object of counts, or undefined where none of them is known. */
export function knownCounts<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T | undefined {
  const counts = defined<T>(fields);
  return Object.keys(counts).length === 0 ? undefined : counts;
}

/** What a JSON text says; the text itself where it is no JSON. Arguments of tools come as text. */
export function parsedOf(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    // A stream that was cut leaves half of the arguments.
    return value;
  }
}
