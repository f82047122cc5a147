// Of terminals: `ESC [ 31 m`, the first escaped or not. The number of digits is bounded, so that each is read once.
// oxlint-disable-next-line no-control-regex
const COLOUR = /(?:\u001B|\\(?:u00|x)1[bB])\[[\d;]{0,32}m/g;

/** The text with blanks in place of the colour codes of terminals, whose last letter is no part of what follows. */
export function withoutColours(text: string): string {
  if (!text.includes('[')) return text;
  if (!text.includes('\u001B[') && !text.includes('1b[') && !text.includes('1B[')) return text;
  return text.replaceAll(COLOUR, (code) => ' '.repeat(code.length));
}
