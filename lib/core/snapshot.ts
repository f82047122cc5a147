import { types } from 'node:util';

/** Bounds of a structural copy. */
export interface SnapshotLimits {
  /** Levels of nesting that are copied. Default 8. */
  readonly maxDepth?: number;
  /** Arrays, objects and values that are copied. Default 4,000. */
  readonly maxNodes?: number;
  /** Characters of keys and strings that are kept. Default 1,048,576. */
  readonly maxBytes?: number;
}

interface Budget {
  nodes: number;
  bytes: number;
  readonly depth: number;
  readonly path: object[];
}

const CUT = '[cut]';

// What a copied value takes besides its text: its slot, and its share of the object that holds it.
const NODE_BYTES = 32;

let copied = 0;

/** Bytes of memory that copies took so far, as an estimate; the difference of two calls is what was copied between them. */
export function copiedBytes(): number {
  return copied;
}

/** The name of an object's type in brackets, by the `constructor` of its prototypes; no code of it runs. */
export function typeName(value: object): string {
  let holder: object | null = value;
  while (holder !== null) {
    if (types.isProxy(holder)) return '[Proxy]';
    const own = Object.getOwnPropertyDescriptor(holder, 'constructor');
    if (own !== undefined) {
      const owner: unknown = own.value;
      const name = typeof owner === 'function' ? nameOf(owner) : undefined;
      return typeof name === 'string' && name !== '' ? `[${name}]` : '[Object]';
    }
    holder = Object.getPrototypeOf(holder) as object | null;
  }
  return '[Object]';
}

function nameOf(fn: object): unknown {
  return types.isProxy(fn) ? undefined : Object.getOwnPropertyDescriptor(fn, 'name')?.value;
}

// A slice of a string keeps the whole alive; a copy through bytes lets a 10 MB prompt go.
function cutString(text: string, length: number): string {
  const head = Buffer.from(text.slice(0, Math.max(0, length)), 'utf16le').toString('utf16le');
  return `${head}…[cut, ${text.length} characters]`;
}

function copyString(text: string, budget: Budget): string {
  if (text.length <= budget.bytes) {
    budget.bytes -= text.length;
    return text;
  }
  const cut = cutString(text, budget.bytes);
  budget.bytes = 0;
  return cut;
}

function copyPrimitive(value: unknown, budget: Budget): unknown {
  switch (typeof value) {
    case 'string':
      return copyString(value, budget);
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'bigint':
      return copyString(`${value}n`, budget);
    case 'symbol':
      return value.toString();
    default:
      return value;
  }
}

function copyTagged(value: object): unknown {
  if (types.isDate(value)) {
    const time = Date.prototype.getTime.call(value);
    return Number.isNaN(time) ? '[Invalid Date]' : Date.prototype.toISOString.call(value);
  }
  if (ArrayBuffer.isView(value)) return `${typeName(value).slice(0, -1)} ${value.byteLength} bytes]`;
  if (types.isAnyArrayBuffer(value)) return `[ArrayBuffer ${value.byteLength} bytes]`;
  return typeName(value);
}

// By its descriptor, so that no getter runs; what most values are is told here, because each function on the way costs.
function copyOwn(own: PropertyDescriptor, budget: Budget): unknown {
  const { value } = own as { value: unknown };
  if (typeof value === 'string' && value.length <= budget.bytes) {
    budget.nodes--;
    budget.bytes -= value.length;
    return value;
  }
  // A descriptor of an accessor has no value; one of data may have `undefined`.
  return value === undefined && !('value' in own) ? '[Getter]' : copyValue(value, budget);
}

function copyArray(source: readonly unknown[], budget: Budget): unknown[] {
  const copy: unknown[] = [];
  const { length } = source;
  for (let index = 0; index < length; index++) {
    if (budget.nodes <= 0 || budget.bytes <= 0) {
      copy.push(`${CUT.slice(0, -1)}, ${length} items]`);
      break;
    }
    const own = Object.getOwnPropertyDescriptor(source, index);
    // A hole costs as well: an array of a length that nobody filled must not be walked to its end.
    if (own === undefined) budget.nodes--;
    const item = own === undefined ? null : copyOwn(own, budget);
    copy.push(item === undefined ? null : item);
  }
  return copy;
}

function copyObject(source: object, budget: Budget): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  // Walks the keys without an array of them; what the prototype has is no own property.
  for (const key in source) {
    const own = Object.getOwnPropertyDescriptor(source, key);
    if (own === undefined) continue;
    if (budget.nodes <= 0 || budget.bytes <= 0) {
      copy['…'] = CUT;
      break;
    }
    budget.bytes -= key.length;
    const value = copyOwn(own, budget);
    if (value === undefined) continue;
    if (key === '__proto__') Object.defineProperty(copy, key, { value, enumerable: true });
    else copy[key] = value;
  }
  return copy;
}

/** Tells whether an object, no proxy, is a plain one; also those of another realm, whose prototype is the end of a chain of one. */
export function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === Object.prototype || prototype === null) return true;
  return !types.isProxy(prototype) && Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'toString');
}

function copyValue(value: unknown, budget: Budget): unknown {
  budget.nodes--;
  if (typeof value === 'function') return types.isProxy(value) ? '[Proxy]' : '[Function]';
  if (typeof value !== 'object' || value === null) return copyPrimitive(value, budget);
  if (types.isProxy(value)) return '[Proxy]';
  const isArray = Array.isArray(value);
  if (!isArray && !isPlain(value)) return copyTagged(value);
  if (budget.path.includes(value)) return '[Circular]';
  if (budget.path.length >= budget.depth) return isArray ? '[Array]' : '[Object]';
  budget.path.push(value);
  const copy = isArray ? copyArray(value as unknown[], budget) : copyObject(value, budget);
  budget.path.pop();
  return copy;
}

/**
 * Copies the structure of a value within bounds, so that it stays what it was when it was seen.
 * Plain objects and arrays are copied, strings shared; dates become ISO strings, bytes their length, everything else the
 * name of its type in brackets. No getter, `toJSON`, iterator or proxy trap of the value runs. The copy is JSON-safe.
 */
export function snapshot(value: unknown, limits: SnapshotLimits = {}): unknown {
  const maxNodes = limits.maxNodes ?? 4000;
  const maxBytes = limits.maxBytes ?? 1_048_576;
  const budget = { nodes: maxNodes, bytes: maxBytes, depth: limits.maxDepth ?? 8, path: [] };
  const copy = copyValue(value, budget);
  copied += maxBytes - budget.bytes + (maxNodes - budget.nodes) * NODE_BYTES;
  return copy;
}
