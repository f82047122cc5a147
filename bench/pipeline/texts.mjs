// Texts like those of calls to models: words drawn by Zipf's law out of 3,000, with quotes and line breaks to escape.

function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const SYLLABLES = 'an er in tion re con st al ment pro ver ing de ta lo mi qu es ar ble'.split(' ');
const WORDS = 3000;

function makeWords() {
  const random = generator(42);
  return Array.from({ length: WORDS }, () => {
    const count = 1 + Math.floor(random() * 4);
    return Array.from({ length: count }, () => SYLLABLES[Math.floor(random() * SYLLABLES.length)]).join('');
  });
}

const words = makeWords();

function next(random) {
  const word = words[Math.min(WORDS - 1, Math.floor(Math.exp(random() * 8.006)) - 1)];
  const kind = random();
  if (kind < 0.02) return `"${word}" `;
  if (kind < 0.06) return `${word}.\n`;
  if (kind < 0.12) return `${word}, `;
  if (kind < 0.14) return `${Math.floor(random() * 1e5)} `;
  return `${word} `;
}

function textOf(length, seed) {
  const random = generator(seed + 1);
  let text = '';
  while (text.length < length) text += next(random);
  return text.slice(0, length);
}

const LENGTH = 2048;
const prompts = Array.from({ length: 256 }, (_, seed) => Buffer.from(textOf(LENGTH, seed), 'latin1'));

/** A prompt of 2 KiB that no other call has: strings that are shared would hide what a queue holds. */
export function promptOf(count) {
  const bytes = prompts[count & 255];
  bytes.latin1Write(String(count).padStart(9, '0'), 0, 9);
  return bytes.latin1Slice(0, LENGTH);
}
