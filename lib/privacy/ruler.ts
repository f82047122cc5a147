/** How large a text, or the JSON of a value, may be. Both may be given; undefined is no limit. */
export interface SizeLimits {
  /** UTF-16 code units. */
  readonly maxChars?: number;
  /** Bytes of UTF-8. */
  readonly maxBytes?: number;
}

/** One measure for characters and bytes: what costs at most `budget` is within both limits. */
export interface Ruler {
  readonly budget: number;
  /** The cost of a text, or more than `most` as soon as it is more. */
  cost(text: string, most?: number): number;
  /** The longest beginning of a text that costs at most `room`; no pair of surrogates is split. */
  head(text: string, room: number): string;
}

// Fractions of which sums are exact in floating point.
const FRACTIONS = 1024;

function limitOf(limit: number | undefined): number {
  if (limit === undefined) return Number.POSITIVE_INFINITY;
  // A limit that is no number lets nothing through.
  return limit > 0 ? Math.floor(limit) : 0;
}

/** Tells whether a text is within both limits as it is. */
export function isWithin(text: string, limits: SizeLimits): boolean {
  const maxBytes = limitOf(limits.maxBytes);
  if (text.length > limitOf(limits.maxChars) || text.length > maxBytes) return false;
  return text.length * 3 <= maxBytes || Buffer.byteLength(text, 'utf8') <= maxBytes;
}

const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff;

function plainChars(code: number): number {
  return code > 0xffff ? 2 : 1;
}

function plainBytes(code: number): number {
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code > 0xffff ? 4 : 3;
}

// What JSON.stringify writes in the place of a character; 0 where it writes the character itself.
function escapeLength(code: number): number {
  if (code === 0x22 || code === 0x5c) return 2;
  if (code < 0x20) return code === 8 || code === 9 || code === 10 || code === 12 || code === 13 ? 2 : 6;
  return isSurrogate(code) ? 6 : 0;
}

/** Makes the ruler of the limits, for texts as they are or as they stand inside the quotes of JSON. */
export function createRuler(limits: SizeLimits, form: 'plain' | 'json'): Ruler {
  const maxChars = limitOf(limits.maxChars);
  const maxBytes = limitOf(limits.maxBytes);
  // No text has less bytes than characters, so of two limits the lower one for bytes is the only one.
  const isBytes = maxBytes <= maxChars;
  const charWeight = isBytes ? 0 : 1;
  const byteWeight = isBytes ? 1 : Math.ceil((maxChars / maxBytes) * FRACTIONS) / FRACTIONS;

  function costOf(code: number): number {
    const escaped = form === 'json' ? escapeLength(code) : 0;
    if (escaped > 0) return escaped;
    return Math.max(charWeight * plainChars(code), byteWeight * plainBytes(code));
  }

  // Stops behind the last character that has room; the cost is more than the room where there was none for one.
  function walk(text: string, room: number): { end: number; cost: number } {
    let cost = 0;
    let end = 0;
    while (end < text.length) {
      const code = text.codePointAt(end) ?? 0;
      cost += costOf(code);
      if (cost > room) break;
      end += plainChars(code);
    }
    return { end, cost };
  }

  return {
    budget: isBytes ? maxBytes : maxChars,
    cost: (text, most = Number.POSITIVE_INFINITY) => walk(text, most).cost,
    head: (text, room) => text.slice(0, walk(text, room).end),
  };
}
