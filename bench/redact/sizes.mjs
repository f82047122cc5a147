/** Characters of a text, by title. */
export const SIZES = { '2 KiB': 2048, '20 KiB': 20_480, '200 KiB': 204_800 };

const WORDS = [
  'I was charged twice for the same thing and I would like to know why that is.',
  'Could you tell me how long a transfer from abroad usually takes to show up?',
  'My card does not work in shops any more; online it does, though not always!',
  'The refund was promised last week, yet nothing has arrived so far.',
  'Thanks: the answer was quick, clear and (for once) right.',
];
const SENTENCES = [
  'I was charged twice for the same order and I would like to know why that is.',
  'The refund for 1,249.50 was promised on 2026-01-12, yet nothing has arrived so far.',
  'Order 5551234567 says "delivered", but the parcel is still at the depot in Leeds.',
  'Could you tell me how long a transfer from abroad usually takes to show up?',
  'My card does not work in shops any more; online it does, as of version 4.19.2.',
  'See https://example.com/help/articles/transfers?lang=en#fees for what I read before.',
  'Thanks: the answer was quick, clear and (for once) right!',
];

/** Words as people write them to a service, without anything to find. */
export const proseOf = (chars) => linesOf(WORDS, chars);

/** The same with dates, amounts, order numbers and links, which are looked at more closely. */
export const numbersOf = (chars) => linesOf(SENTENCES, chars);

function linesOf(sentences, chars) {
  const lines = [];
  let length = 0;
  for (let i = 0; length < chars; i++) {
    const line = `${sentences[(i * 3 + (i >> 3)) % sentences.length]}${i % 6 === 5 ? '\n' : ' '}`;
    lines.push(line);
    length += line.length;
  }
  return flat(lines.join('').slice(0, chars));
}

/** The same as messages in JSON, with a few escaped quotes. */
export function jsonOf(chars) {
  const items = [];
  for (let i = 0, length = 2; length < chars - 120; i++) {
    const item = JSON.stringify({
      id: i,
      role: i % 2 === 0 ? 'user' : 'assistant',
      content: SENTENCES[i % SENTENCES.length],
    });
    items.push(item);
    length += item.length + 1;
  }
  return flat(`[${items.join(',')}]`);
}

/** The same with an address in every 512 characters. */
export function foundOf(chars) {
  const prose = numbersOf(chars);
  const parts = [];
  for (let at = 0; at < chars; at += 512) parts.push(`${prose.slice(at, at + 486)} ann${at}@example.com `);
  return flat(parts.join(''));
}

// A text as it comes from a parser: one piece.
const flat = (text) => Buffer.from(text, 'latin1').toString('latin1');
