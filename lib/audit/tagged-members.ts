import { quote, sortKeys } from './json-text.js';
import { cut, tag, writeSymbol, writeText, type TaggedWalk } from './tagged-leaf.js';

// A key that would read as the one of a tag gets one more `$`.
const TAG_KEY = /^\$+al$/;
const ESCAPED_KEY = /^\$\$+al$/;
const DOLLAR = 36;

const isSpent = (walk: TaggedWalk): boolean => walk.nodes <= 0 || walk.chars <= 0;

// By its descriptor, so that no getter runs.
function writeOwn(source: object, key: PropertyKey, walk: TaggedWalk): string {
  const own = Object.getOwnPropertyDescriptor(source, key);
  if (own === undefined) return tag(walk, 'hole', ',"n":1');
  const { value } = own as { value: unknown };
  // A descriptor of an accessor has no value; one of data may have `undefined`.
  if (value !== undefined || 'value' in own) return walk.write(value, walk);
  walk.nodes--;
  return tag(walk, 'accessor');
}

function cutItems(text: string, length: number, of: string, walk: TaggedWalk): string {
  return cut(walk, `,"n":${length},"of":"${of}","v":${text}`);
}

/** Items: of an array, or the first of a map or a set, which has `length`. */
export function writeItems(source: readonly unknown[], length: number, walk: TaggedWalk): string {
  let text = '';
  let index = 0;
  while (index < length && !isSpent(walk)) {
    let holes = 0;
    while (index + holes < length && walk.nodes > 0 && !Object.hasOwn(source, index + holes)) {
      walk.nodes--;
      holes++;
    }
    walk.chars--;
    text += index === 0 ? '' : ',';
    text += holes > 0 ? tag(walk, 'hole', `,"n":${holes}`) : writeOwn(source, index, walk);
    index += holes > 0 ? holes : 1;
  }
  return index < length ? cutItems(`[${text}]`, length, 'items', walk) : `[${text}]`;
}

// Where a key is no text that JSON may have: as pairs.
function writePairs(source: object, keys: readonly PropertyKey[], walk: TaggedWalk): string {
  const pairs: string[] = [];
  const named: string[] = [];
  for (const key of keys) {
    if (isSpent(walk)) break;
    const isSymbol = typeof key === 'symbol';
    const name = isSymbol ? writeSymbol(key, walk) : writeText(String(key), walk);
    (isSymbol ? named : pairs).push(`[${name},${writeOwn(source, key, walk)}]`);
  }
  const text = tag(walk, 'object', `,"v":[${[...pairs, ...sortKeys(named)].join(',')}]`);
  return pairs.length + named.length < keys.length ? cutItems(text, keys.length, 'keys', walk) : text;
}

function writeKeyed(source: object, keys: string[], walk: TaggedWalk): string | undefined {
  const names = sortKeys(
    keys.map((key) => (key.charCodeAt(0) === DOLLAR && TAG_KEY.test(key) ? escapeKey(key, walk) : key)),
  );
  const quoted = names.map(quote);
  if (quoted.includes(undefined)) return undefined;
  let text = '{';
  for (let index = 0; index < names.length; index++) {
    if (isSpent(walk)) return cutItems(`${text}}`, names.length, 'keys', walk);
    const name = names[index] ?? '';
    const key = name.charCodeAt(0) === DOLLAR && ESCAPED_KEY.test(name) ? name.slice(1) : name;
    walk.chars -= name.length + 4;
    text += `${index === 0 ? '' : ','}${quoted[index]}:${writeOwn(source, key, walk)}`;
  }
  return `${text}}`;
}

function escapeKey(key: string, walk: TaggedWalk): string {
  walk.isTagged = true;
  return `$${key}`;
}

/** The symbols by which an object has members. */
export function symbolsOf(source: object, walk: TaggedWalk): symbol[] {
  const symbols = Object.getOwnPropertySymbols(source);
  if (symbols.length === 0) return symbols;
  walk.nodes -= symbols.length;
  return symbols.filter((symbol) => Object.prototype.propertyIsEnumerable.call(source, symbol));
}

/** Members, sorted by their keys. */
export function writeMembers(source: object, keys: string[], symbols: readonly symbol[], walk: TaggedWalk): string {
  const length = keys.length + symbols.length;
  if (length > walk.nodes) {
    // What was looked through is paid for, else many references to one giant would not end.
    walk.nodes = 0;
    return cut(walk, `,"n":${length},"of":"keys"`);
  }
  const keyed = symbols.length === 0 ? writeKeyed(source, keys, walk) : undefined;
  return keyed ?? writePairs(source, [...sortKeys(keys), ...symbols], walk);
}

/** The part that says members beside what an object is made of, if any. */
export function membersPart(source: object, keys: string[], walk: TaggedWalk): string {
  const symbols = symbolsOf(source, walk);
  return keys.length + symbols.length === 0 ? '' : `,"m":${writeMembers(source, keys, symbols, walk)}`;
}

function namedKeys(source: readonly unknown[]): string[] {
  const keys = Object.keys(source);
  const { length } = source;
  // Indices come first and in order, so this tells an array that has all of them and nothing else.
  if (keys.length === length && (length === 0 || keys[length - 1] === String(length - 1))) return [];
  return keys.filter((key) => String(Number(key) >>> 0) !== key || Number(key) >= length);
}

/** An array. */
export function writeArray(source: readonly unknown[], walk: TaggedWalk): string {
  const { length } = source;
  // An array too long for the limits is not looked through for names.
  const members = length > walk.nodes ? '' : membersPart(source, namedKeys(source), walk);
  const items = writeItems(source, length, walk);
  return members === '' ? items : tag(walk, 'array', `${members},"v":${items}`);
}
