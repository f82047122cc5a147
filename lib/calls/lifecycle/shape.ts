import { types } from 'node:util';

/** What a returned object is to us. `opaque` is everything that has no life of its own. */
export type Shape =
  | 'opaque'
  | 'thenable'
  | 'api-promise'
  | 'generator'
  | 'async-generator'
  | 'async-iterable'
  | 'event-stream'
  | 'web-stream'
  | 'node-stream'
  | 'observable';

/** Tells whether an object has a method; found by descriptors and never by reading, so that no getter of it runs. */
export function hasMethod(value: object, key: PropertyKey): boolean {
  let holder: object | null = value;
  while (holder !== null && !types.isProxy(holder)) {
    const own = Object.getOwnPropertyDescriptor(holder, key);
    if (own !== undefined) return typeof own.value === 'function';
    holder = Object.getPrototypeOf(holder) as object | null;
  }
  return false;
}

function hasMethods(value: object, ...keys: PropertyKey[]): boolean {
  return keys.every((key) => hasMethod(value, key));
}

function readShape(value: object): Shape {
  if (hasMethod(value, 'then')) return hasMethods(value, 'parse', 'asResponse') ? 'api-promise' : 'thenable';
  if (hasMethods(value, 'getReader', 'tee', 'cancel', 'pipeTo')) return 'web-stream';
  if (hasMethods(value, 'on', 'emit')) return hasMethods(value, 'pipe', 'read') ? 'node-stream' : 'opaque';
  if (hasMethods(value, 'subscribe', 'pipe')) {
    return hasMethod(value, 'next') || hasMethod(value, 'connect') ? 'opaque' : 'observable';
  }
  // A page of the generated SDKs is complete as it is; iterating it fetches further ones.
  if (hasMethods(value, 'getNextPage', 'hasNextPage')) return 'opaque';
  if (hasMethods(value, Symbol.asyncIterator, 'on', 'done', '_emit')) return 'event-stream';
  if (hasMethod(value, Symbol.asyncIterator)) return hasMethod(value, 'next') ? 'async-generator' : 'async-iterable';
  return 'opaque';
}

// One decision per class: most calls return objects of a few classes.
const byPrototype = new WeakMap<object, Shape>();

function shapeOfClass(value: object, prototype: object): Shape {
  let shape = byPrototype.get(prototype);
  if (shape === undefined) {
    shape = readShape(value);
    byPrototype.set(prototype, shape);
  }
  return shape;
}

function hasOwnLife(value: object): boolean {
  return Object.hasOwn(value, 'then') || Object.hasOwn(value, Symbol.asyncIterator);
}

/** Tells what a returned object is, by its class where that decides and by its own properties where they do. */
export function shapeOf(value: object): Shape {
  if (types.isProxy(value)) return 'opaque';
  if (types.isGeneratorObject(value)) return hasMethod(value, Symbol.asyncIterator) ? 'async-generator' : 'generator';
  if (hasOwnLife(value)) return readShape(value);
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null || prototype === Object.prototype || prototype === Array.prototype) return 'opaque';
  return shapeOfClass(value, prototype);
}
