import { expect } from 'chai';

import { TextPieces } from '#lib/genai/text-pieces.js';

function collect(
  pieces: readonly string[],
  remaining: number,
): { text: string | undefined; left: number; isCut: boolean } {
  const budget = { remaining, isCut: false };
  const text = new TextPieces();
  for (const piece of pieces) text.add(piece, budget);
  return { text: text.join(), left: budget.remaining, isCut: budget.isCut };
}

describe('TextPieces', () => {
  it('joins what came and takes it from the budget', () => {
    expect(collect(['ab', '', 'cd'], 10)).deep.equal({ text: 'abcd', left: 6, isCut: false });
  });

  it('has no text where none came', () => {
    expect(collect([''], 10)).deep.equal({ text: undefined, left: 10, isCut: false });
  });

  it('takes a text that is as long as the budget', () => {
    expect(collect(['abc'], 3)).deep.equal({ text: 'abc', left: 0, isCut: false });
  });

  it('keeps the beginning of what is too long, and nothing after it', () => {
    expect(collect(['ab', 'cdef', 'g'], 4)).deep.equal({ text: 'abcd', left: 0, isCut: true });
  });

  it('cuts no character in half', () => {
    expect(collect(['a😄b'], 2)).deep.equal({ text: 'a', left: 0, isCut: true });
    expect(collect(['a😄b'], 3)).deep.equal({ text: 'a😄', left: 0, isCut: true });
  });

  it('cuts none whose halves come in two chunks', () => {
    const [first, second] = ['a\ud83d', '\ude04b'];
    expect(collect([first, second], 9)).deep.equal({ text: 'a😄b', left: 5, isCut: false });
    expect(collect([first, second], 3)).deep.equal({ text: 'a😄', left: 0, isCut: true });
    expect(collect([first, second], 2)).deep.equal({ text: 'a', left: 0, isCut: true });
  });

  it('leaves no half where another text takes the rest between two chunks', () => {
    const budget = { remaining: 5, isCut: false };
    const text = new TextPieces();
    text.add('a\ud83d', budget);
    new TextPieces().add('xyz', budget);
    text.add('\ude04', budget);
    expect(text.join()).equal('a');
  });

  it('keeps nothing of a budget that is spent', () => {
    expect(collect(['ab'], -1)).deep.equal({ text: undefined, left: 0, isCut: true });
  });
});
