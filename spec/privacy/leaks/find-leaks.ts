import { gunzipSync } from 'node:zlib';
import type { Canary } from './canary-classes.js';

/** A canary that was found, or half of it. */
export interface FoundCanary<C extends Canary = Canary> {
  readonly canary: C;
  readonly form: string;
  /** What stands around it. */
  readonly excerpt: string;
}

interface Needle<C> {
  readonly text: string;
  readonly canary: C;
  readonly form: string;
  /** Eight digits are found in times and ids; those of a canary stand alone. */
  readonly standsAlone: boolean;
}

const MIN_CHARS = 8;
const HASH_BITS = 22;

/** The part and its halves, of eight characters at least. */
function piecesOf(part: string): readonly (readonly [form: string, text: string])[] {
  const half = Math.max(MIN_CHARS, Math.ceil(part.length / 2));
  return half >= part.length
    ? [['whole', part]]
    : [
        ['whole', part],
        ['first half', part.slice(0, half)],
        ['last half', part.slice(-half)],
      ];
}

/** How base64 shows a text that begins at each of the three offsets, without the characters that neighbours decide. */
function inBase64(text: string): string[] {
  const bytes = Buffer.byteLength(text);
  return [0, 1, 2].map((offset) =>
    Buffer.from(`${'.'.repeat(offset)}${text}`)
      .toString('base64')
      .slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes) * 8) / 6)),
  );
}

function needlesOf<C extends Canary>(canary: C): Needle<C>[] {
  return canary.parts.flatMap(piecesOf).flatMap(([form, text]) => {
    const encoded = inBase64(text).flatMap((shown) => [shown, shown.replaceAll('+', '-').replaceAll('/', '_')]);
    return [
      { text, canary, form, standsAlone: /^\d+$/.test(text) },
      ...Array.from(new Set(encoded), (shown) => ({
        text: shown,
        canary,
        form: `${form} in base64`,
        standsAlone: false,
      })),
    ];
  });
}

const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text
    .replaceAll(/\\+u([0-9a-f]{4})/gi, (...[, hex = '']: string[]) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replaceAll(/\\+x([0-9a-f]{2})/gi, (...[, hex = '']: string[]) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replaceAll(/\\+([nrtbf"'/`])/g, (...[, letter = '']: string[]) => CONTROLS[letter] ?? letter);
}

function withoutPercents(text: string): string {
  if (!text.includes('%')) return text;
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString());
}

function plainBytes(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}

/** Every way in which someone may read what left. */
function readingsOf(given: Uint8Array | string): Set<string> {
  const text = typeof given === 'string' ? given : Buffer.from(plainBytes(given)).toString('utf8');
  const escaped = unescaped(text);
  const decoded = withoutPercents(escaped);
  const ofForm = withoutPercents(escaped.replaceAll('+', ' '));
  return new Set([text, escaped, withoutPercents(text), decoded, unescaped(decoded), ofForm]);
}

const isDigit = (character: string): boolean => character >= '0' && character <= '9';

/** Looks for canaries, whole or half, in whatever encoding. */
export class LeakSearch<C extends Canary> {
  readonly #byStart = new Map<string, Needle<C>[]>();
  readonly #hashes = new Uint8Array(1 << HASH_BITS);

  constructor(canaries: readonly C[]) {
    for (const needle of canaries.flatMap(needlesOf)) {
      const start = needle.text.slice(0, MIN_CHARS);
      const others = this.#byStart.get(start);
      if (others === undefined) this.#byStart.set(start, [needle]);
      else others.push(needle);
      this.#hashes[this.#hashAt(start, 0)] = 1;
    }
  }

  /** What is found in bytes or a text, each canary once in its most telling form. */
  search(given: Uint8Array | string): FoundCanary<C>[] {
    const found = new Map<C, FoundCanary<C>>();
    for (const reading of readingsOf(given)) {
      for (const [needle, at] of this.#scan(reading)) {
        const known = found.get(needle.canary);
        if (known !== undefined && (known.form === 'whole' || needle.form !== 'whole')) continue;
        const excerpt = reading.slice(Math.max(0, at - 60), at + needle.text.length + 20);
        found.set(needle.canary, { canary: needle.canary, form: needle.form, excerpt });
      }
    }
    return Array.from(found.values());
  }

  // Four code units, mixed.
  #hashAt(text: string, at: number): number {
    const units =
      (text.charCodeAt(at) & 127) |
      ((text.charCodeAt(at + 1) & 127) << 7) |
      ((text.charCodeAt(at + 2) & 127) << 14) |
      ((text.charCodeAt(at + 3) & 127) << 21);
    return Math.imul(units, 0x9e_37_79_b1) >>> (32 - HASH_BITS);
  }

  *#scan(text: string): Generator<readonly [Needle<C>, number]> {
    const last = text.length - MIN_CHARS;
    for (let at = 0; at <= last; at++) {
      if (this.#hashes[this.#hashAt(text, at)] === 0) continue;
      for (const needle of this.#byStart.get(text.slice(at, at + MIN_CHARS)) ?? []) {
        if (!text.startsWith(needle.text, at)) continue;
        const end = at + needle.text.length;
        if (needle.standsAlone && (isDigit(text.charAt(at - 1)) || isDigit(text.charAt(end)))) continue;
        yield [needle, at];
      }
    }
  }
}
