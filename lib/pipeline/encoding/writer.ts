import type { HrTime } from '@opentelemetry/api';
import { putInt64, putVarint, varintSize } from './varint.js';

const LEAST_BYTES = 16 * 1024;
const MOST_KEPT_BYTES = 4 * 1024 * 1024;
const MOST_EXPECTED_BYTES = 16 * 1024 * 1024;
/** Characters up to which a loop beats the way into native code. */
const SHORT_TEXT = 32;
/** Characters from which measuring a text first pays: ASCII is then written without looking at it again. */
const LONG_TEXT = 4096;
const SAMPLES = 16;
const NO_DIGIT = 0xff;
const NANOSECONDS = 1e9;
const TWO_16 = 0x1_0000;
const TWO_32 = 0x1_0000_0000;

const DIGITS = new Uint8Array(128).fill(NO_DIGIT);
for (let digit = 0; digit < 16; digit++) {
  DIGITS[digit.toString(16).charCodeAt(0)] = digit;
  DIGITS[digit.toString(16).toUpperCase().charCodeAt(0)] = digit;
}

function digitOf(code: number): number {
  return DIGITS[code] ?? NO_DIGIT;
}

// Measuring a text of wide characters costs almost what writing it does, so the likely ones are not measured.
function looksWide(text: string): boolean {
  const step = text.length / SAMPLES;
  for (let index = 0; index < SAMPLES; index++) if (text.charCodeAt((index * step) | 0) > 0x7f) return true;
  return false;
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`a text of a span is of type ${typeof value}`);
}

/** A growing buffer for fields of protobuf messages; a tag is written as its one or two bytes stand in the request. */
export class ProtobufWriter {
  /** What is written, up to `at`; another object after it grew. */
  bytes = Buffer.allocUnsafeSlow(LEAST_BYTES);
  /** Where the next byte goes. */
  at = 0;
  #view = new DataView(this.bytes.buffer);
  /** What the last request took: growing there in one step touches each page once, and pages that stay untouched are free. */
  #expected = LEAST_BYTES;

  /** Makes room up to a place. */
  reserve(end: number): void {
    if (end > this.bytes.length) this.#resize(Math.max(end, this.bytes.length * 2, this.#expected));
  }

  #resize(size: number): void {
    const before = this.bytes;
    this.bytes = Buffer.allocUnsafeSlow(size);
    this.#view = new DataView(this.bytes.buffer);
    before.copy(this.bytes);
  }

  /** Forgets what is written, and gives back memory that a larger request than usual took. */
  clear(): void {
    const used = this.at;
    this.at = 0;
    this.#expected = Math.min(used, MOST_EXPECTED_BYTES);
    const size = this.bytes.length;
    if (size > MOST_KEPT_BYTES) this.#resize(LEAST_BYTES);
    else if (used < size / 4 && size > LEAST_BYTES) this.#resize(Math.max(LEAST_BYTES, size >> 1));
  }

  /** A copy of what is written from a place on. */
  since(start: number): Uint8Array {
    return Uint8Array.prototype.slice.call(this.bytes, start, this.at);
  }

  /** Bytes as they are. */
  raw(source: Uint8Array): void {
    this.reserve(this.at + source.length);
    this.bytes.set(source, this.at);
    this.at += source.length;
  }

  /** A field of bytes. */
  blob(tag: number, source: Uint8Array): void {
    this.#start(tag, source.length);
    this.raw(source);
  }

  #start(tag: number, length: number): void {
    this.reserve(this.at + 6);
    this.bytes[this.at++] = tag;
    this.at = putVarint(this.bytes, this.at, length);
  }

  /** A field of an unsigned number of 32 bits. */
  uint32(tag: number, value: number): void {
    this.#start(tag, value);
  }

  /** A field of an integer of 64 bits. */
  int64(tag: number, value: number): void {
    this.reserve(this.at + 11);
    this.bytes[this.at++] = tag;
    this.at = putInt64(this.bytes, this.at, value);
  }

  /** A field of a number as IEEE 754 has it. */
  double(tag: number, value: number): void {
    this.reserve(this.at + 9);
    this.bytes[this.at++] = tag;
    this.#view.setFloat64(this.at, value, true);
    this.at += 8;
  }

  /** Four bytes, the lowest first. */
  fixed32(value: number): void {
    this.reserve(this.at + 4);
    this.#view.setUint32(this.at, value, true);
    this.at += 4;
  }

  /** A field of nanoseconds since the epoch. */
  time(tag: number, time: HrTime): void {
    this.reserve(this.at + 9);
    this.bytes[this.at++] = tag;
    const [seconds, nanoseconds] = [time[0], time[1]];
    // Seconds by halves: the product of all their bits is past what a double holds exactly.
    const lower = (seconds & 0xffff) * NANOSECONDS;
    const upper = ((seconds / TWO_16) >>> 0) * NANOSECONDS;
    const low = (lower >>> 0) + (((upper & 0xffff) * TWO_16) >>> 0) + nanoseconds;
    const high = Math.floor(lower / TWO_32) + ((upper / TWO_16) >>> 0) + Math.floor(low / TWO_32);
    this.#view.setUint32(this.at, low >>> 0, true);
    this.#view.setUint32(this.at + 4, high >>> 0, true);
    this.at += 8;
  }

  /** A field of an id of `size` bytes in hexadecimal digits. A decoder refuses the whole request for one of another size. */
  id(tag: number, digits: string, size: number): void {
    if (digits.length !== size * 2) throw new TypeError(`an id has ${digits.length} digits instead of ${size * 2}`);
    this.#start(tag, size);
    this.reserve(this.at + size);
    const { bytes, at } = this;
    let seen = 0;
    for (let index = 0; index < size; index++) {
      const high = digitOf(digits.charCodeAt(index * 2));
      const low = digitOf(digits.charCodeAt(index * 2 + 1));
      seen |= high | low;
      bytes[at + index] = (high << 4) | low;
    }
    if (seen > 0xf) throw new TypeError('an id has other characters than hexadecimal digits');
    this.at += size;
  }

  /** A field of text. */
  text(tag: number, value: string): void {
    const guess = 1 + varintSize(asText(value).length);
    const size = this.putText(value, this.at + guess);
    this.moveTo(this.at + 1 + varintSize(size), this.at + guess, size);
    this.#start(tag, size);
    this.at += size;
  }

  /** Puts a text at a place past `at` without moving on; gives its bytes. Lone surrogates become U+FFFD. */
  putText(value: string, place: number): number {
    const { length } = value;
    if (length > SHORT_TEXT) return length < LONG_TEXT ? this.#putAny(value, place) : this.#putLong(value, place);
    this.reserve(place + length);
    const { bytes } = this;
    for (let index = 0; index < length; index++) {
      const code = value.charCodeAt(index);
      if (code > 0x7f) return this.#putAny(value, place);
      bytes[place + index] = code;
    }
    return length;
  }

  #putLong(value: string, place: number): number {
    if (looksWide(value)) return this.#putAny(value, place);
    const size = Buffer.byteLength(value);
    this.reserve(place + size);
    return size === value.length ? this.bytes.write(value, place, size, 'latin1') : this.bytes.write(value, place);
  }

  #putAny(value: string, place: number): number {
    this.reserve(place + value.length * 3);
    return this.bytes.write(value, place);
  }

  /** Moves bytes that were put past `at`, where the length before them took other room than guessed. */
  moveTo(target: number, source: number, size: number): void {
    if (target === source) return;
    this.reserve(target + size);
    this.bytes.copyWithin(target, source, source + size);
  }

  /** Begins a message after its tag, with so many bytes for its length; `close` wants what this gives. */
  open(guess: number): number {
    this.reserve(this.at + guess);
    this.at += guess;
    return this.at;
  }

  /** Ends a message: its length goes before it, in as many bytes as it takes. Gives how many. */
  close(start: number, guess: number): number {
    const size = this.at - start;
    const before = varintSize(size);
    this.moveTo(start - guess + before, start, size);
    putVarint(this.bytes, start - guess, size);
    this.at += before - guess;
    return before;
  }
}
