import type { Json } from './endpoint.js';

const NOTHING: Json = Object.freeze({});
const NO_ITEMS: readonly unknown[] = Object.freeze([]);

/** True for an object that is no list. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of the first of two names that has one; clients differ in how they spell a field. */
export function fieldOf(value: Json, name: string, otherName?: string): unknown {
  return value[name] ?? (otherName === undefined ? undefined : value[otherName]);
}

/** A text that is not empty. */
export function textOf(value: Json, name: string, otherName?: string): string | undefined {
  const field = fieldOf(value, name, otherName);
  return typeof field === 'string' && field !== '' ? field : undefined;
}

/** A finite number. */
export function numberOf(value: Json, name: string, otherName?: string): number | undefined {
  const field = fieldOf(value, name, otherName);
  return typeof field === 'number' && Number.isFinite(field) ? field : undefined;
}

/** A finite number from 0. */
export function countOf(value: Json, name: string, otherName?: string): number | undefined {
  const count = numberOf(value, name, otherName);
  return count !== undefined && count >= 0 ? count : undefined;
}

/** An object; an empty one where there is none, so that its fields can be asked for. */
export function objectOf(value: Json, name: string, otherName?: string): Json {
  const field = fieldOf(value, name, otherName);
  return isJson(field) ? field : NOTHING;
}

/** A list; an empty one where there is none. */
export function listOf(value: Json, name: string, otherName?: string): readonly unknown[] {
  const field = fieldOf(value, name, otherName);
  return Array.isArray(field) ? field : NO_ITEMS;
}

/** The objects of a list. */
export function objectsOf(value: Json, name: string, otherName?: string): readonly Json[] {
  return listOf(value, name, otherName).filter(isJson);
}

/** The texts of a list, or the one text that stands in its place. */
export function textsOf(value: Json, name: string, otherName?: string): readonly string[] {
  const field = fieldOf(value, name, otherName);
  if (typeof field === 'string') return [field];
  return Array.isArray(field) ? field.filter((item): item is string => typeof item === 'string') : [];
}

/** The fields that are defined. */
export function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept: { [K in keyof T]?: Exclude<T[K], undefined> } = {};
  for (const name of Object.keys(fields) as (keyof T)[]) {
    const field = fields[name];
    if (field !== undefined) kept[name] = field as Exclude<T[typeof name], undefined>;
  }
  return kept;
}
