import type { Json } from './endpoint.js';

/** Lists of facts are short; a longer one is no list of facts. */
const MAX_FACTS = 128;

/** The value where it is an object and no array. */
export function asObject(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

/** The value where it is an array, else an empty one. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** The objects of an array; anything else in it is passed over. */
export function asObjects(value: unknown): Json[] {
  return asList(value).flatMap((item): Json[] => {
    const object = asObject(item);
    return object === undefined ? [] : [object];
  });
}

/** The value where it is a string. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The value where it is a string with something in it. */
export function asName(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The value where it is a finite number. */
export function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The value where it can count something: a whole number from 0. */
export function asCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** The strings of an array, 128 at most; undefined where there is none. */
export function asNames(value: unknown): string[] | undefined {
  const names: string[] = [];
  for (const item of asList(value).slice(0, MAX_FACTS)) if (typeof item === 'string') names.push(item);
  return names.length > 0 ? names : undefined;
}

/** The strings of a list, or a string alone; undefined where there are none. */
export function asTexts(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return [value];
  const texts = asList(value).filter((item) => typeof item === 'string');
  return texts.length === 0 ? undefined : texts;
}

/** A number of choices where it is not the default of one. */
export function asChoiceCount(value: unknown): number | undefined {
  const count = asCount(value);
  return count === 1 ? undefined : count;
}

/** The fields that have a value; an absent fact has no key. */
export function present<T extends object>(fields: { [Key in keyof T]: T[Key] | undefined }): T {
  const kept: Partial<T> = {};
  for (const key in fields) if (fields[key] !== undefined) kept[key] = fields[key];
  return kept as T;
}

/** The fields that have a value; undefined where none has. */
export function presentAny<T extends object>(fields: { [Key in keyof T]: T[Key] | undefined }): T | undefined {
  const kept = present<T>(fields);
  for (const key in kept) if (Object.hasOwn(kept, key)) return kept;
  return undefined;
}

/** What a JSON text says; the text itself where it is none, as the arguments of a call that was cut are. */
export function parsedOrText(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** The kind of content that a MIME type names. */
export function modalityOf(mimeType: string | undefined): 'image' | 'video' | 'audio' | 'document' {
  const kind = mimeType?.slice(0, mimeType.indexOf('/'));
  return kind === 'image' || kind === 'video' || kind === 'audio' ? kind : 'document';
}
