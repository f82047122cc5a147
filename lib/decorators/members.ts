import type { Facet } from '../calls/facet.js';
import { ANONYMOUS } from '../calls/subject.js';
import type { AnyFunction } from '../calls/wrap.js';
import { isWrapped, wrapFunction } from '../calls/wrap.js';
import type { MemberFilter } from './options.js';

/** What a class decorator puts on the members. */
export interface MemberDecoration {
  readonly facet: Facet;
  readonly prefix?: string;
  readonly include?: MemberFilter;
  readonly exclude?: MemberFilter;
}

/** The name of a member as it is shown: symbols in brackets. */
export function memberName(key: PropertyKey | undefined): string {
  if (typeof key === 'symbol') return `[${key.description ?? ''}]`;
  return key === undefined ? ANONYMOUS : String(key);
}

/** The name of a class; a static getter called `name` does not run. */
export function nameOfClass(target: object): string | undefined {
  const name: unknown = Object.getOwnPropertyDescriptor(target, 'name')?.value;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** Tells a class from another function: its `prototype` cannot be written. */
export function isClass(value: unknown): boolean {
  if (typeof value !== 'function') return false;
  return Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false;
}

function matches(filter: MemberFilter, key: string | symbol): boolean {
  if (Array.isArray(filter)) return filter.includes(key);
  const name = typeof key === 'symbol' ? (key.description ?? '') : key;
  // `test` of a global pattern remembers where it stopped; `search` does not.
  return name.search(filter as RegExp) >= 0;
}

function isChosen(decoration: MemberDecoration, key: string | symbol): boolean {
  const { include, exclude } = decoration;
  return (include === undefined || matches(include, key)) && (exclude === undefined || !matches(exclude, key));
}

function decorateHolder(holder: object, className: string | undefined, decoration: MemberDecoration): void {
  for (const key of Reflect.ownKeys(holder)) {
    const own = Object.getOwnPropertyDescriptor(holder, key);
    const method: unknown = own?.value;
    if (own === undefined || typeof method !== 'function' || key === 'constructor') continue;
    // A static that is a class is a value, and a method with a plan of its own said more than the class does.
    if (isClass(method) || isWrapped(method) || !isChosen(decoration, key)) continue;
    // A static field is set before a legacy class decorator runs and after a standard one; it is no method in either.
    if (typeof holder === 'function' && own.enumerable === true) continue;
    if (own.configurable !== true && own.writable !== true) continue;
    const wrapper = wrapFunction(method as AnyFunction, decoration.facet, {
      functionName: memberName(key),
      className,
      isMethod: true,
    });
    Object.defineProperty(holder, key, { ...own, value: wrapper });
  }
}

/**
 * Decorates the own methods and statics of a class in place, so that the class stays the same object for whoever holds it.
 * Getters and accessors are left alone: reading one may be expensive, and they can be decorated themselves.
 */
export function decorateMembers(target: AnyFunction, decoration: MemberDecoration): void {
  const className = decoration.prefix ?? nameOfClass(target);
  decorateHolder(target.prototype as object, className, decoration);
  decorateHolder(target, className, decoration);
}
