const VALUES = new Int8Array(128).fill(-1);
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
for (let value = 0; value < 64; value++) VALUES[ALPHABET.charCodeAt(value)] = value;
VALUES['-'.charCodeAt(0)] = 62;
VALUES['_'.charCodeAt(0)] = 63;

/** What a byte of a character outside ASCII is read as: some letter, as such characters mostly are. */
export const LETTER = 0xe9;

// Tabs and line ends are the only control characters of a text.
const isText = (byte: number): boolean => (byte >= 32 && byte !== 127) || byte === 9 || byte === 10 || byte === 13;

// Bytes that go on a character of UTF-8, by its first byte; below zero where none begins so.
const continuationsOf = (byte: number): number =>
  byte >= 0xf5 || byte < 0xc2 ? -1 : byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1;

/** Reads base64 byte by byte, as long as the bytes are some of a text in UTF-8. */
function isTextInBase64(text: string, start: number, end: number): boolean {
  let bits = 0;
  let count = 0;
  let continuations = 0;
  for (let at = start; at < end; at++) {
    const value = VALUES[text.charCodeAt(at)] ?? -1;
    if (value < 0) return false;
    bits = ((bits << 6) | value) & 0xff_ff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    const byte = (bits >> count) & 0xff;
    if (continuations > 0) {
      if (byte >> 6 !== 2) return false;
      continuations--;
    } else if (byte < 128) {
      if (!isText(byte)) return false;
    } else {
      continuations = continuationsOf(byte);
      if (continuations < 0) return false;
    }
  }
  return true;
}

/**
 * The text that `text[start, end)` stands for in base64 or base64url, each byte as one character and those outside ASCII as {@link LETTER}; undefined where it is
 * none in UTF-8.
 */
export function textOfBase64(text: string, start: number, end: number): string | undefined {
  if (!isTextInBase64(text, start, end)) return undefined;
  const bytes = Buffer.from(text.slice(start, end), 'base64');
  for (let at = 0; at < bytes.length; at++) if ((bytes[at] ?? 0) > 127) bytes[at] = LETTER;
  return bytes.toString('latin1');
}
