const TWO_32 = 0x1_0000_0000;

/** Bytes that a number from 0 to 2³² - 1 takes as a varint. */
export function varintSize(value: number): number {
  if (value < 0x80) return 1;
  if (value < 0x4000) return 2;
  if (value < 0x20_0000) return 3;
  return value < 0x1000_0000 ? 4 : 5;
}

/** Writes a number from 0 to 2³² - 1 as a varint, in as few bytes as it takes; gives the place after it. */
export function putVarint(bytes: Uint8Array, place: number, value: number): number {
  let [at, rest] = [place, value >>> 0];
  while (rest > 0x7f) {
    bytes[at++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  bytes[at++] = rest;
  return at;
}

/** Writes an integer from -2⁶³ to 2⁶³ - 1 as protobuf's int64; gives the place after it. */
export function putInt64(bytes: Uint8Array, place: number, value: number): number {
  if (value >= 0 && value < TWO_32) return putVarint(bytes, place, value);
  // Both halves of the two's complement; Math.floor rounds down, which is what borrows from the upper half.
  let low = value >>> 0;
  let high = Math.floor(value / TWO_32) >>> 0;
  let at = place;
  while (high > 0 || low > 0x7f) {
    bytes[at++] = (low & 0x7f) | 0x80;
    low = ((low >>> 7) | (high << 25)) >>> 0;
    high >>>= 7;
  }
  bytes[at++] = low;
  return at;
}
