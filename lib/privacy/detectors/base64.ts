const VALUES = new Int8Array(128).fill(-1);
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
for (let value = 0; value < 64; value++) VALUES[ALPHABET.charCodeAt(value)] = value;
VALUES['-'.charCodeAt(0)] = 62;
VALUES['_'.charCodeAt(0)] = 63;

/** What a byte of a character outside ASCII is read as: some letter, as such characters mostly are. */
export const LETTER = 0xe9;

const MAX_CHARS = 65_536;

// Tabs and line ends are the only control characters of a text.
const isText = (byte: number): boolean => (byte >= 32 && byte !== 127) || byte === 9 || byte === 10 || byte === 13;

/**
 * The text that `text[start, end)` stands for in base64 or base64url, each byte as one character and those outside ASCII as {@link LETTER}; undefined as soon as a
 * byte is none of a text.
 */
export function textOfBase64(text: string, start: number, end: number): string | undefined {
  const last = Math.min(end, start + MAX_CHARS);
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (let at = start; at < last; at++) {
    const value = VALUES[text.charCodeAt(at)] ?? -1;
    if (value < 0) return undefined;
    bits = ((bits << 6) | value) & 0xff_ff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    const byte = (bits >> count) & 0xff;
    if (!isText(byte)) return undefined;
    bytes.push(byte > 127 ? LETTER : byte);
  }
  let decoded = '';
  for (let at = 0; at < bytes.length; at += 8192) decoded += String.fromCharCode(...bytes.slice(at, at + 8192));
  return decoded;
}
