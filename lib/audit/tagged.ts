import { types } from 'node:util';
import { isPlain } from '../core/snapshot.js';
import { isArrayPrototype } from './canonical.js';
import { bytesOf, isErrorObject, itemsOf, unboxed, urlText } from './slots.js';
import {
  cut,
  tag,
  typePart,
  writeBigint,
  writeBytes,
  writeDateOrPattern,
  writeError,
  writeFunction,
  writeNumber,
  writeSymbol,
  writeText,
  type TaggedWalk,
} from './tagged-leaf.js';
import { membersPart, symbolsOf, writeArray, writeItems, writeMembers } from './tagged-members.js';

/** Bounds of a tagged text. */
export interface TaggedLimits {
  /** Levels of nesting. Default 64. */
  readonly maxDepth?: number;
  /** Arrays, objects and values. Default 200,000. */
  readonly maxNodes?: number;
  /** Characters of text, about. Default 16,777,216. */
  readonly maxChars?: number;
  /** Bytes of one buffer that stand in the text; of a longer one its SHA-256 does. Default 65,536. */
  readonly maxInlineBytes?: number;
}

/** A value as canonical JSON. */
export interface TaggedText {
  readonly text: string;
  /** Whether it says something that JSON has no word for. */
  readonly isTagged: boolean;
  /** Whether something is missing. What says so stands in its place. */
  readonly isCut: boolean;
}

const MAX_HASHED_BYTES = 268_435_456;
// What hangs on an instance is often the whole program.
const MAX_INSTANCES = 4;

function writeCollection(source: object, walk: TaggedWalk): string {
  const isMap = types.isMap(source);
  const name = isMap ? 'Map' : 'Set';
  const members = membersPart(source, Object.keys(source), walk);
  const { size, items } = itemsOf(source, Math.max(0, walk.nodes));
  const written = writeItems(items, size, walk);
  return tag(walk, name.toLowerCase(), `${members}${typePart(source, name)},"v":${written}`);
}

function writeBoxed(source: object, walk: TaggedWalk): string {
  const value = unboxed(source);
  const kind = typeof value;
  const name = kind === 'bigint' ? 'BigInt' : `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
  // The characters of a string are members of it, too.
  const members = kind === 'string' ? '' : membersPart(source, Object.keys(source), walk);
  return tag(walk, 'boxed', `${members}${typePart(source, name)},"v":${writeValue(value, walk)}`);
}

function writeInstance(source: object, walk: TaggedWalk): string {
  const type = typePart(source);
  if (walk.instances >= MAX_INSTANCES) {
    walk.isCut = true;
    return tag(walk, 'instance', type);
  }
  walk.instances++;
  const isArray = Array.isArray(source);
  const data = isArray
    ? writeArray(source as unknown[], walk)
    : writeMembers(source, Object.keys(source), symbolsOf(source, walk), walk);
  walk.instances--;
  return tag(walk, 'instance', `${type},"v":${data}`);
}

function writeOdd(source: object, walk: TaggedWalk): string {
  const held = bytesOf(source);
  if (held !== undefined) return writeBytes(source, held, walk);
  if (types.isDate(source) || types.isRegExp(source)) {
    return writeDateOrPattern(source, membersPart(source, Object.keys(source), walk), walk);
  }
  if (types.isMap(source) || types.isSet(source)) return writeCollection(source, walk);
  if (types.isBoxedPrimitive(source)) return writeBoxed(source, walk);
  if (isErrorObject(source)) return writeError(source, walk);
  const url = urlText(source);
  return url === undefined ? writeInstance(source, walk) : tag(walk, 'url', `,"v":${writeText(url, walk)}`);
}

function writeWithin(source: object, walk: TaggedWalk): string {
  const isArray = Array.isArray(source);
  const isData = isArray ? isArrayPrototype(Object.getPrototypeOf(source)) : isPlain(source);
  if (!isData) return writeOdd(source, walk);
  if (isArray) return writeArray(source as unknown[], walk);
  return writeMembers(source, Object.keys(source), symbolsOf(source, walk), walk);
}

function writeObject(source: object, walk: TaggedWalk): string {
  if (types.isProxy(source)) return tag(walk, 'proxy');
  const { length } = walk.sources;
  const above = walk.sources.lastIndexOf(source);
  if (above !== -1) return tag(walk, 'cycle', `,"up":${length - above}`);
  if (length >= walk.maxDepth) return cut(walk, `,"n":${length},"of":"levels"`);
  const { instances } = walk;
  walk.sources.push(source);
  try {
    return writeWithin(source, walk);
  } catch {
    // The namespace of a module that is still loading throws when its members are looked at.
    walk.isCut = true;
    return tag(walk, 'unreadable');
  } finally {
    walk.sources.length = length;
    walk.instances = instances;
  }
}

function writeValue(value: unknown, walk: TaggedWalk): string {
  walk.nodes--;
  switch (typeof value) {
    case 'string':
      return writeText(value, walk);
    case 'number':
      return writeNumber(value, walk);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      return value === null ? 'null' : writeObject(value, walk);
    case 'undefined':
      return tag(walk, 'undefined');
    case 'bigint':
      return writeBigint(value, walk);
    case 'symbol':
      return writeSymbol(value, walk);
    default:
      return writeFunction(value as object, walk);
  }
}

/**
 * Writes any value as canonical JSON: what JSON has no word for as a tagged object, so that different values make
 * different texts. Never throws, and no code of the value runs. Source of the tags: docs/reference/ledger-format.md.
 *
 * What has no data that can be seen is told by its kind and name alone: functions, symbols, proxies, private members;
 * errors by class and code. Beyond the limits, and in instances more than 4 deep, a mark says what is missing.
 */
export function taggedText(value: unknown, limits: TaggedLimits = {}): TaggedText {
  const { maxDepth = 64, maxNodes = 200_000, maxChars = 16_777_216, maxInlineBytes = 65_536 } = limits;
  const walk: TaggedWalk = {
    nodes: maxNodes,
    chars: maxChars,
    hashable: MAX_HASHED_BYTES,
    instances: 0,
    maxDepth,
    maxInlineBytes,
    sources: [],
    write: writeValue,
    isTagged: false,
    isCut: false,
  };
  try {
    const text = writeValue(value, walk);
    return { text, isTagged: walk.isTagged, isCut: walk.isCut };
  } catch {
    return { text: '{"$al":"unreadable"}', isTagged: true, isCut: true };
  }
}
