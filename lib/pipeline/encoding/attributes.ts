import { putInt64, putVarint, varintSize } from './varint.js';
import { ProtobufWriter } from './writer.js';

// Fields of AnyValue, KeyValue, ArrayValue and KeyValueList: number and wire type in a byte.
const STRING = 0x0a;
const BOOL = 0x10;
const INT = 0x18;
const DOUBLE = 0x21;
const ARRAY = 0x2a;
const LIST = 0x32;
const BYTES = 0x3a;
const KEY = 0x0a;
const VALUE = 0x12;
const ITEM = 0x0a;

const MOST_KEYS = 512;
const LONGEST_KEY = 128;
/** Characters up to which a text that comes again is copied from where it stood. */
const LONGEST_REPEATED = 64;
const LEAST_INT = -(2 ** 63);
const PAST_INTS = 2 ** 63;

type Primitive = string | number | boolean;

/** What is known of a key: its bytes, and those of the pair with the value that it had last. */
interface KnownKey {
  /** The field of the key and the tag of the value behind it. */
  readonly head: Uint8Array;
  value: Primitive | undefined;
  /** The pair behind its tag, once the value came twice. */
  pair: Uint8Array | undefined;
}

function isOwn(object: object, key: string): boolean {
  return Object.prototype.hasOwnProperty.call(object, key);
}

/** Writes attributes: lists of key and value in the messages of OTLP. */
export class AttributeWriter {
  readonly #writer: ProtobufWriter;
  readonly #aside = new ProtobufWriter();
  readonly #keys = new Map<string, KnownKey>();

  constructor(writer: ProtobufWriter) {
    this.#writer = writer;
  }

  /** Drops the values that were kept in case they come again. */
  forgetValues(): void {
    for (const known of this.#keys.values()) {
      known.value = undefined;
      known.pair = undefined;
    }
  }

  /** Writes each attribute as a field of this tag. */
  write(tag: number, attributes: object): void {
    const values = attributes as Record<string, unknown>;
    // The keys of a plain object without a list of them.
    for (const key in values) if (isOwn(values, key)) this.#attribute(tag, this.#keyOf(key), values[key]);
  }

  #keyOf(key: string): KnownKey {
    return this.#keys.get(key) ?? this.#learn(key);
  }

  #learn(key: string): KnownKey {
    const aside = this.#aside;
    aside.text(KEY, key);
    const head = Buffer.allocUnsafeSlow(aside.at + 1);
    head.set(aside.since(0));
    head[aside.at] = VALUE;
    aside.clear();
    const known = { head, value: undefined, pair: undefined };
    if (key.length > LONGEST_KEY) return known;
    if (this.#keys.size >= MOST_KEYS) this.#keys.clear();
    this.#keys.set(key, known);
    return known;
  }

  #attribute(tag: number, known: KnownKey, value: unknown): void {
    if (typeof value === 'string') {
      if (value.length <= LONGEST_REPEATED) this.#perhapsAgain(tag, known, value);
      else this.#text(tag, known.head, value);
    } else if (typeof value === 'number' || typeof value === 'boolean') this.#perhapsAgain(tag, known, value);
    else this.#pair(tag, known.head, value);
  }

  #perhapsAgain(tag: number, known: KnownKey, value: Primitive): void {
    const writer = this.#writer;
    const isAgain = known.value === value;
    if (isAgain && known.pair !== undefined) {
      writer.reserve(writer.at + 1 + known.pair.length);
      writer.bytes[writer.at++] = tag;
      writer.raw(known.pair);
      return;
    }
    const start = writer.at;
    if (typeof value === 'string') this.#text(tag, known.head, value);
    else if (typeof value === 'number' && Number.isInteger(value)) this.#integer(tag, known.head, value);
    else this.#pair(tag, known.head, value);
    if (isAgain) known.pair = writer.since(start + 1);
    else {
      known.value = value;
      known.pair = undefined;
    }
  }

  // Three lengths stand before a text. They are written when its bytes are known, which are put where they belong if it is ASCII.
  #text(tag: number, head: Uint8Array, value: string): void {
    const writer = this.#writer;
    const start = writer.at;
    const before = this.#before(head, value.length);
    const size = writer.putText(value, start + before);
    if (size !== value.length) writer.moveTo(start + this.#before(head, size), start + before, size);
    const inner = 1 + varintSize(size) + size;
    this.#putHead(tag, head, inner);
    const { bytes } = writer;
    bytes[writer.at++] = STRING;
    writer.at = putVarint(bytes, writer.at, size) + size;
  }

  #before(head: Uint8Array, size: number): number {
    const inner = 1 + varintSize(size) + size;
    const pair = head.length + varintSize(inner) + inner;
    return 1 + varintSize(pair) + pair - size;
  }

  // The room is there.
  #putHead(tag: number, head: Uint8Array, inner: number): void {
    const writer = this.#writer;
    const { bytes } = writer;
    bytes[writer.at++] = tag;
    writer.at = putVarint(bytes, writer.at, head.length + varintSize(inner) + inner);
    bytes.set(head, writer.at);
    writer.at = putVarint(bytes, writer.at + head.length, inner);
  }

  #integer(tag: number, head: Uint8Array, value: number): void {
    if (value < 0 || value > 0xffff_ffff) {
      this.#pair(tag, head, value);
      return;
    }
    const writer = this.#writer;
    writer.reserve(writer.at + head.length + 18);
    this.#putHead(tag, head, 1 + varintSize(value));
    writer.bytes[writer.at++] = INT;
    writer.at = putInt64(writer.bytes, writer.at, value);
  }

  #pair(tag: number, head: Uint8Array, value: unknown): void {
    const writer = this.#writer;
    writer.reserve(writer.at + 1);
    writer.bytes[writer.at++] = tag;
    const start = writer.open(1);
    writer.raw(head);
    this.#framed(value);
    writer.close(start, 1);
  }

  #framed(value: unknown): void {
    const start = this.#writer.open(1);
    this.#value(value);
    this.#writer.close(start, 1);
  }

  // Nothing for what OTLP has no word for: undefined, null, functions, symbols, big integers.
  #value(value: unknown): void {
    const writer = this.#writer;
    if (typeof value === 'string') writer.text(STRING, value);
    else if (typeof value === 'boolean') writer.uint32(BOOL, value ? 1 : 0);
    else if (typeof value === 'number') {
      const isInt = Number.isInteger(value) && value >= LEAST_INT && value < PAST_INTS;
      if (isInt) writer.int64(INT, value);
      else writer.double(DOUBLE, value);
    } else if (typeof value === 'object' && value !== null) this.#structure(value);
  }

  #structure(value: object): void {
    const writer = this.#writer;
    if (value instanceof Uint8Array) {
      writer.blob(BYTES, value);
      return;
    }
    const isArray = Array.isArray(value);
    writer.reserve(writer.at + 1);
    writer.bytes[writer.at++] = isArray ? ARRAY : LIST;
    const start = writer.open(1);
    if (isArray) this.#items(value as readonly unknown[]);
    else this.#fields(value as Record<string, unknown>);
    writer.close(start, 1);
  }

  #items(values: readonly unknown[]): void {
    const writer = this.#writer;
    for (const value of values) {
      writer.reserve(writer.at + 1);
      writer.bytes[writer.at++] = ITEM;
      this.#framed(value);
    }
  }

  #fields(values: Record<string, unknown>): void {
    for (const key in values) if (isOwn(values, key)) this.#pair(ITEM, this.#keyOf(key).head, values[key]);
  }
}
