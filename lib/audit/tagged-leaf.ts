import { createHash } from 'node:crypto';
import { types } from 'node:util';
import { typeName } from '../core/snapshot.js';
import { isWellFormed, quote } from './json-text.js';
import { dateText, regexpText, type HeldBytes } from './slots.js';

/** What writing a value has left of its limits, and what it met. */
export interface TaggedWalk {
  nodes: number;
  chars: number;
  /** Bytes that may still be hashed. */
  hashable: number;
  /** Instances of classes around what is written. */
  instances: number;
  readonly maxDepth: number;
  readonly maxInlineBytes: number;
  /** The objects around what is written, the outermost first. */
  readonly sources: object[];
  /** Writes a value that is inside of another. */
  readonly write: (value: unknown, walk: TaggedWalk) => string;
  isTagged: boolean;
  isCut: boolean;
}

const MAX_NAME_CHARS = 256;
const MAX_DECIMAL_BITS = 4096;

/** An object that says what JSON has no word for; the keys of `rest` are sorted and come after `$`. */
export function tag(walk: TaggedWalk, name: string, rest = ''): string {
  walk.isTagged = true;
  return `{"$al":"${name}"${rest}}`;
}

/** A mark of something that is missing. */
export function cut(walk: TaggedWalk, rest: string): string {
  walk.isCut = true;
  return tag(walk, 'cut', rest);
}

function hashPart(walk: TaggedWalk, data: string | Uint8Array): string {
  walk.hashable -= data.length;
  return walk.hashable < 0 ? '' : `,"sha256":"${createHash('sha256').update(data).digest('hex')}"`;
}

function headOf(text: string, length: number): string {
  const head = text.slice(0, Math.max(0, length));
  return isWellFormed(head) ? head : head.slice(0, -1);
}

function writeWhole(text: string, walk: TaggedWalk): string {
  const isShort = text.length <= walk.chars;
  const written = JSON.stringify(isShort ? text : headOf(text, walk.chars));
  walk.chars -= written.length;
  if (isShort) return written;
  walk.chars = 0;
  return cut(walk, `,"n":${text.length},"of":"chars"${hashPart(walk, text)},"v":${written}`);
}

/** A string. */
export function writeText(text: string, walk: TaggedWalk): string {
  const quoted = text.length <= walk.chars ? quote(text) : undefined;
  if (quoted !== undefined) {
    walk.chars -= quoted.length;
    return quoted;
  }
  if (isWellFormed(text)) return writeWhole(text, walk);
  return tag(walk, 'string', `,"v":${writeWhole(JSON.stringify(text), walk)}`);
}

/** A number. */
export function writeNumber(value: number, walk: TaggedWalk): string {
  if (Number.isFinite(value) && !Object.is(value, -0)) return String(value);
  return tag(walk, 'number', `,"v":"${Object.is(value, -0) ? '-0' : value}"`);
}

/** A bigint: in decimal, or in hexadecimal where that would take long. */
export function writeBigint(value: bigint, walk: TaggedWalk): string {
  const isShort = BigInt.asIntN(MAX_DECIMAL_BITS, value) === value;
  const text = isShort ? String(value) : `${value < 0n ? '-' : ''}0x${(value < 0n ? -value : value).toString(16)}`;
  return tag(walk, 'bigint', `,"v":${writeText(text, walk)}`);
}

/** A symbol: of the registry by its key, else by what describes it. */
export function writeSymbol(value: symbol, walk: TaggedWalk): string {
  const key = Symbol.keyFor(value);
  if (key !== undefined) return tag(walk, 'symbol', `,"for":${writeText(key, walk)}`);
  const { description } = value;
  return tag(walk, 'symbol', description === undefined ? '' : `,"v":${writeText(description, walk)}`);
}

function writeName(name: string): string {
  const short = name.slice(0, MAX_NAME_CHARS);
  return quote(short) ?? JSON.stringify(JSON.stringify(short));
}

/** The part that names the type of an object; nothing where it is the one that the tag says. */
export function typePart(value: object, builtin = ''): string {
  const name = typeName(value).slice(1, -1);
  return name === builtin ? '' : `,"t":${writeName(name)}`;
}

/** A function, by its name. */
export function writeFunction(value: object, walk: TaggedWalk): string {
  if (types.isProxy(value)) return tag(walk, 'proxy');
  const name: unknown = Object.getOwnPropertyDescriptor(value, 'name')?.value;
  return tag(walk, 'function', typeof name === 'string' ? `,"v":${writeName(name)}` : '');
}

/** Bytes: in the text, or their SHA-256 where they are many. */
export function writeBytes(value: object, { kind, bytes }: HeldBytes, walk: TaggedWalk): string {
  const { length } = bytes;
  const type = typePart(value, kind);
  const isInline = length <= walk.maxInlineBytes && length * 2 <= walk.chars;
  if (!isInline) {
    walk.isCut = true;
    return tag(walk, 'bytes', `,"k":"${kind}","n":${length}${hashPart(walk, bytes)}${type}`);
  }
  const text = Buffer.from(bytes).toString('base64');
  walk.chars -= text.length;
  return tag(walk, 'bytes', `,"k":"${kind}"${type},"v":"${text}"`);
}

/** A date or a regular expression; `members` are its own ones, if any. */
export function writeDateOrPattern(value: Date | RegExp, members: string, walk: TaggedWalk): string {
  const text = types.isDate(value) ? dateText(value) : regexpText(value);
  const name = types.isDate(value) ? 'Date' : 'RegExp';
  return tag(walk, name.toLowerCase(), `${members}${typePart(value, name)},"v":${writeText(text, walk)}`);
}

/** An error: its class and its code. Never its message, which quotes content. */
export function writeError(value: object, walk: TaggedWalk): string {
  const code: unknown = Object.getOwnPropertyDescriptor(value, 'code')?.value;
  const isCode = typeof code === 'string' || typeof code === 'number';
  const written = typeof code === 'number' ? writeNumber(code, walk) : isCode ? writeText(String(code), walk) : '';
  return tag(walk, 'error', `${isCode ? `,"code":${written}` : ''}${typePart(value)}`);
}
