import { types } from 'node:util';
import type { Attributes, AttributeValue } from '@opentelemetry/api';
import type { GuardCode } from '../core/guard.js';
import { countGuarded, guarded, refusePromise } from '../core/guard.js';
import { snapshot } from '../core/snapshot.js';

function isPrimitive(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

// Longer ones become JSON of their beginning: an array may be all holes, and looking at each takes minutes.
const MAX_ITEMS = 65_536;

function isHomogeneous(value: readonly unknown[]): boolean {
  if (value.length > MAX_ITEMS) return false;
  const first = value.find((item) => item !== null && item !== undefined);
  return (
    first === undefined ||
    (isPrimitive(first) && value.every((item) => item === null || item === undefined || typeof item === typeof first))
  );
}

/**
 * Turns a value into one that both SDK lines keep: primitives and homogeneous arrays as they are, big integers as
 * strings, dates and structures as JSON. `undefined` and `null` mean "no attribute"; functions and symbols are counted.
 */
export function toAttributeValue(key: string, value: unknown): AttributeValue | undefined {
  if (isPrimitive(value)) return value;
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'symbol' || typeof value === 'function') {
    countGuarded('ATTRIBUTE_VALUE', new TypeError(`attribute "${key}" is a ${typeof value}`));
    return undefined;
  }
  if (types.isProxy(value)) return '[Proxy]';
  if (Array.isArray(value) && isHomogeneous(value)) return Array.from<unknown>(value) as AttributeValue;
  const copy = snapshot(value);
  return typeof copy === 'string' ? copy : JSON.stringify(copy);
}

/**
 * Makes attributes out of whatever a hook returned; an entry that cannot be read is counted and left out.
 * `code` is what such an entry counts as. Throws `TypeError` for a promise and for what is no object.
 */
export function toAttributes(source: unknown, code: GuardCode = 'HOOK_ATTRIBUTES'): Attributes | undefined {
  if (source === undefined || source === null) return undefined;
  refusePromise(source);
  if (typeof source !== 'object') throw new TypeError(`got ${typeof source}, expected an object of attributes`);
  const attributes: Attributes = {};
  for (const key of Object.keys(source)) {
    const value = guarded(code, () => toAttributeValue(key, refusePromise((source as Record<string, unknown>)[key])));
    if (value !== undefined) attributes[key] = value;
  }
  return attributes;
}
