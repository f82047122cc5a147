import { types } from 'node:util';
import { isPlain, snapshot } from '../core/snapshot.js';

/** Bounds of a canonical text. */
export interface CanonicalLimits {
  /** Arrays, objects and values that are written. Default 1,048,576. */
  readonly maxNodes?: number;
  /** Characters of keys and strings that are written. Default 67,108,864. */
  readonly maxChars?: number;
}

interface Frame {
  readonly source: object;
  /** None for an array. */
  readonly keys: readonly string[] | undefined;
  readonly length: number;
  next: number;
  isEmpty: boolean;
}

interface Writer {
  text: string;
  nodes: number;
  chars: number;
  readonly frames: Frame[];
  readonly path: Set<object>;
}

// Of ES2024; Node has it since 20.
const wholeCharacters = (text: string): string => (text as unknown as { toWellFormed(): string }).toWellFormed();

function writeText(text: string, writer: Writer): void {
  const kept = text.length <= writer.chars ? text : `${text.slice(0, writer.chars)}…[cut, ${text.length} characters]`;
  writer.chars = Math.max(0, writer.chars - text.length);
  writer.text += JSON.stringify(wholeCharacters(kept));
}

function writeContainer(source: object, writer: Writer): void {
  const keys = Array.isArray(source) ? undefined : Object.keys(source);
  const length = keys?.length ?? (source as unknown[]).length;
  // As a whole: which of its members would be written must not depend on their order.
  if (length > writer.nodes) {
    writer.text += `"[cut, ${length} ${keys === undefined ? 'items' : 'keys'}]"`;
    return;
  }
  // The default order of sort() is the one of UTF-16 code units.
  keys?.sort();
  writer.text += keys === undefined ? '[' : '{';
  writer.path.add(source);
  writer.frames.push({ source, keys, length, next: 0, isEmpty: true });
}

function writeObject(value: object, writer: Writer): void {
  if (types.isProxy(value)) writer.text += '"[Proxy]"';
  else if (!Array.isArray(value) && !isPlain(value)) writeText(String(snapshot(value)), writer);
  else if (writer.path.has(value)) writer.text += '"[Circular]"';
  else writeContainer(value, writer);
}

function writeValue(value: unknown, writer: Writer): void {
  writer.nodes--;
  if (typeof value === 'string') writeText(value, writer);
  else if (value === undefined || value === null) writer.text += 'null';
  else if (typeof value === 'object') writeObject(value, writer);
  else if (typeof value === 'boolean' || Number.isFinite(value)) writer.text += JSON.stringify(value);
  else writeText(String(snapshot(value)), writer);
}

// By its descriptor, so that no getter runs.
function memberOf(source: object, key: string | number): unknown {
  const own = Object.getOwnPropertyDescriptor(source, key);
  return own === undefined || 'value' in own ? own?.value : '[Getter]';
}

function writeNext(frame: Frame, writer: Writer): void {
  const index = frame.next++;
  const key = frame.keys?.[index];
  const member = memberOf(frame.source, key ?? index);
  if (key !== undefined && member === undefined) return;
  if (!frame.isEmpty) writer.text += ',';
  frame.isEmpty = false;
  if (key !== undefined) {
    writeText(key, writer);
    writer.text += ':';
  }
  writeValue(member, writer);
}

/**
 * Writes a JSON-like value so that equal values make equal texts, whatever the order of their keys.
 *
 * As RFC 8785 says: no blanks (§3.2.1), literals, strings and numbers as ECMAScript writes them (§3.2.2), keys in the
 * order of their UTF-16 code units (§3.2.3), to be encoded as UTF-8 (§3.2.4).
 *
 * What the RFC refuses is written all the same, since what was captured needs a digest whatever it is: a lone surrogate
 * becomes U+FFFD (two keys may become equal so), and what is not JSON becomes what `snapshot` makes of it (`NaN`, `1n`
 * and dates as strings, instances as the name of their type). Members that are `undefined` are left out; elsewhere
 * it is `null`. A record that must not be ambiguous has to be checked before.
 *
 * Needs no stack for what is nested, so depth has no bound; no code of the value runs. Beyond the limits a string is cut
 * and marked, and an array or object is written as the count of its members.
 */
export function canonicalJson(value: unknown, limits: CanonicalLimits = {}): string {
  const { maxNodes = 1_048_576, maxChars = 67_108_864 } = limits;
  const writer: Writer = { text: '', nodes: maxNodes, chars: maxChars, frames: [], path: new Set() };
  writeValue(value, writer);
  for (let frame = writer.frames.at(-1); frame !== undefined; frame = writer.frames.at(-1)) {
    if (frame.next < frame.length) {
      writeNext(frame, writer);
    } else {
      writer.text += frame.keys === undefined ? ']' : '}';
      writer.path.delete(frame.source);
      writer.frames.pop();
    }
  }
  return writer.text;
}
