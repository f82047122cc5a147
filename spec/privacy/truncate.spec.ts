import { expect } from 'chai';
import * as fc from 'fast-check';
import type { SizeLimits } from '#lib/privacy/ruler.js';
import { truncateJson, truncateText } from '#lib/privacy/truncate.js';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: fc.constantFrom('a', 'é', '漢', '😀', '"', '\n', '\u0001', '\ud83d', '\ude00'), maxLength: 200 }),
);
const size = fc.oneof(fc.nat(5), fc.nat(60), fc.nat(400));
const sizes = fc.oneof(
  fc.record({ maxChars: size }),
  fc.record({ maxBytes: size }),
  fc.record({ maxChars: size, maxBytes: size }),
);

const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie('tree'), { maxLength: 12 }),
    fc.dictionary(fc.oneof(fc.string({ maxLength: 90 }), fc.constantFrom('role', '…', '__proto__')), tie('tree'), {
      maxKeys: 12,
    }),
  ),
}));

function isWithin(written: string, { maxChars, maxBytes }: SizeLimits): boolean {
  return written.length <= (maxChars ?? Infinity) && Buffer.byteLength(written) <= (maxBytes ?? Infinity);
}

const jsonOf = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value));

function halves(value: string): number {
  return value.match(/\p{Surrogate}/gu)?.length ?? 0;
}

describe('truncateText', () => {
  it('marks what was cut, with the characters there were', () => {
    // The mark has 22 characters, 24 bytes.
    expect(truncateText('x'.repeat(100), { maxChars: 50 })).to.equal(`${'x'.repeat(28)}…[cut, 100 characters]`);
    expect(truncateText('é'.repeat(100), { maxBytes: 50 })).to.equal(`${'é'.repeat(13)}…[cut, 100 characters]`);
    expect(truncateText('漢'.repeat(100), { maxChars: 44 })).to.equal(`${'漢'.repeat(22)}…[cut, 100 characters]`);
    // Of two limits the one that binds may be missed by a little.
    const both = truncateText('漢'.repeat(100), { maxChars: 60, maxBytes: 100 });
    expect(both).to.equal(`${'漢'.repeat(20)}…[cut, 100 characters]`);
  });

  it('keeps the count of what was cut before', () => {
    const once = truncateText('x'.repeat(1000), { maxChars: 60 });
    expect(truncateText(once, { maxChars: 46 })).to.equal(`${'x'.repeat(23)}…[cut, 1000 characters]`);
  });

  it('holds two limits at once, whatever they are to each other', () => {
    const limits = { maxChars: 30_000, maxBytes: 70_001 };
    const cut = truncateText('漢'.repeat(100_000), limits);
    expect(Buffer.byteLength(cut)).to.be.within(69_000, 70_001);
  });

  it('takes the short mark, or none, where there is no room', () => {
    expect([0, 1, 2, 41].map((maxChars) => truncateText('abc'.repeat(20), { maxChars }))).to.deep.equal([
      '',
      '…',
      'a…',
      `${'abc'.repeat(13)}a…`,
    ]);
    expect([2, 3, 4].map((maxBytes) => truncateText('abcdef', { maxBytes }))).to.deep.equal(['', '…', 'a…']);
  });

  it('splits no pair and no sequence', () => {
    expect([1, 2, 3, 4].map((maxChars) => truncateText('😀😀😀', { maxChars }))).to.deep.equal([
      '…',
      '…',
      '😀…',
      '😀…',
    ]);
    expect([5, 6, 7, 8].map((maxBytes) => truncateText('éééééé', { maxBytes }))).to.deep.equal([
      'é…',
      'é…',
      'éé…',
      'éé…',
    ]);
  });

  it('lets nothing through a limit that is none', () => {
    for (const maxChars of [Number.NaN, -1, Number.NEGATIVE_INFINITY])
      expect(truncateText('abc', { maxChars })).to.equal('');
    expect(truncateText('abc', {})).to.equal('abc');
  });

  it('always fits, changes nothing that fits, and makes no half of a pair', () => {
    fc.assert(
      fc.property(text, sizes, (value, limits) => {
        const cut = truncateText(value, limits);
        expect(isWithin(cut, limits)).to.equal(true);
        expect(truncateText(cut, limits)).to.equal(cut);
        if (isWithin(value, limits)) expect(cut).to.equal(value);
        expect(halves(cut)).to.be.at.most(halves(value));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('truncateJson', () => {
  it('cuts the longest strings first, and keeps late members', () => {
    const value = { a: 'x'.repeat(5000), b: 'short', list: [1, 2, 'y'.repeat(60)], c: 'z'.repeat(3000), last: true };
    const cut = truncateJson(value, { maxChars: 400 });
    expect(cut).to.deep.equal({
      a: `${'x'.repeat(119)}…[cut, 5000 characters]`,
      b: 'short',
      list: [1, 2, 'y'.repeat(60)],
      c: `${'z'.repeat(119)}…[cut, 3000 characters]`,
      last: true,
    });
    expect(JSON.stringify(cut).length).to.be.within(395, 400);
  });

  it('changes nothing that fits two limits to the last character', () => {
    const value = ['aaaaaaaaaa漢漢漢漢'];
    expect(truncateJson(value, { maxChars: 18, maxBytes: 26 })).to.deep.equal(value);
  });

  it('cuts long messages rather than leaving more of them out', () => {
    const content = 'lorem ipsum '.repeat(40);
    const messages = Array.from({ length: 40 }, () => ({ role: 'user', content }));
    const cut = truncateJson(messages, { maxChars: 4000 }) as unknown[];
    expect(cut.length).to.be.at.least(14);
    expect(cut.at(-1)).to.deep.equal({ role: 'user', content: `${content.slice(0, 232)}…[cut, 480 characters]` });
  });

  it('keeps the first and the last of too many messages', () => {
    const messages = Array.from({ length: 100 }, (_, index) => ({
      role: index === 0 ? 'system' : 'user',
      parts: [{ type: 'text', content: `message ${index}` }],
    }));
    const cut = truncateJson(messages, { maxChars: 400 }) as unknown[];
    expect(cut[0]).to.deep.equal(messages[0]);
    expect(cut[1]).to.equal('[cut, 100 items]');
    expect(cut.slice(2)).to.deep.equal(messages.slice(-4));
  });

  it('leaves room for the last messages where the first is large', () => {
    const parts = Array.from({ length: 50 }, () => ({ type: 'text', content: 'be kind to everyone' }));
    const messages = [{ role: 'system', parts }, ...['a', 'b'].map((content) => ({ role: 'user', content }))];
    const cut = truncateJson(messages, { maxChars: 500 }) as unknown[];
    expect(cut).to.have.lengthOf(3);
    expect(cut.slice(1)).to.deep.equal(messages.slice(1));
    expect(JSON.stringify(cut[0])).to.match(/^\{"role":"system","parts":\[\{"type":"text","content":"be kind/);
    expect(JSON.stringify(cut[0])).to.contain('"[cut, 50 items]"');
    const again = truncateJson([cut[0], '[cut, 900 items]', ...cut.slice(1)], { maxChars: 300 }) as unknown[];
    expect(again.slice(1)).to.deep.equal(['[cut, 900 items]', ...messages.slice(1)]);
  });

  it('keeps the beginning of other lists, with the mark as the last item', () => {
    const cut = truncateJson(
      Array.from({ length: 1000 }, (_, index) => index),
      { maxChars: 60 },
    );
    expect(cut).to.deep.equal([...Array.from({ length: 16 }, (_, index) => index), '[cut, 1000 items]']);
    expect(truncateJson(cut, { maxChars: 30 })).to.deep.equal([0, 1, 2, 3, '[cut, 1000 items]']);
  });

  it('leaves out keys that have no room, the long ones first', () => {
    const value = { ['k'.repeat(5000)]: 1, a: 1, b: [2], c: { d: 3 } };
    expect(truncateJson(value, { maxChars: 60 })).to.deep.equal({ a: 1, b: [2], c: { d: 3 }, '…': '[cut]' });
    const late = Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`key${index}`, index]));
    expect(truncateJson({ ['k'.repeat(100)]: 1, ...late }, { maxChars: 200 })).to.deep.equal({ ...late, '…': '[cut]' });
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`key${index}`, index]));
    expect(truncateJson(many, { maxChars: 39 })).to.deep.equal({ key0: 0, key1: 1, '…': '[cut]' });
  });

  it('shares the room among the members of an object', () => {
    const list = Array.from({ length: 1000 }, (_, index) => index);
    const cut = truncateJson({ input: list, output: list, id: 'abc' }, { maxChars: 200 });
    expect(cut).to.have.keys('input', 'output', 'id');
    expect(JSON.stringify(cut).length).to.be.within(180, 200);
    expect(truncateJson({ list, '…': '[cut]' }, { maxChars: 200 })).to.have.keys('list', '…');
  });

  it('has an answer for the smallest limits', () => {
    const answers = (value: unknown): string[] =>
      [0, 1, 2, 3, 4].map((maxChars) => jsonOf(truncateJson(value, { maxChars })));
    expect(answers('abcdef')).to.deep.equal(['', '', '""', '"…"', '"a…"']);
    expect(answers([10])).to.deep.equal(['', '', '[]', '[]', '[10]']);
    expect(answers({ a: 1 })).to.deep.equal(['', '', '{}', '{}', '{}']);
    expect(answers(12)).to.deep.equal(['', '', '12', '12', '12']);
    expect(answers(null)).to.deep.equal(['', '', '', '', 'null']);
  });

  it('counts what JSON escapes', () => {
    const cut = truncateJson({ a: '"\n\u0001'.repeat(100) }, { maxChars: 100 });
    expect(JSON.stringify(cut).length).to.be.within(90, 100);
  });

  it('runs no code of a value, and stands depth, circles and keys of the prototype', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(JSON.stringify(truncateJson(deep, { maxChars: 1000 }))).to.equal(
      `${'['.repeat(256)}"[Array]"${']'.repeat(256)}`,
    );
    expect(JSON.stringify(truncateJson(deep, { maxChars: 100 })).length).to.be.at.most(100);
    const loud = {
      get a(): never {
        throw new Error('was read');
      },
      toJSON(): never {
        throw new Error('was run');
      },
    };
    expect(truncateJson(loud, { maxChars: 100 })).to.deep.equal({ a: '[Getter]', toJSON: '[Function]' });
    const prototype: unknown = JSON.parse(`{"__proto__":{"x":"${'x'.repeat(200)}"},"b":1}`);
    const cut = truncateJson(prototype, { maxChars: 90 });
    expect(JSON.stringify(cut)).to.match(/^\{"__proto__":\{"x":"x+…\[cut, 200 characters\]"\},"b":1\}$/);
    expect(Object.getPrototypeOf(cut)).to.equal(Object.prototype);
  });

  it('always fits, is JSON, and changes nothing that fits', () => {
    fc.assert(
      fc.property(tree, sizes, (value, limits) => {
        const cut = truncateJson(value, limits);
        const written = jsonOf(cut);
        expect(isWithin(written, limits)).to.equal(true);
        if (cut !== undefined) expect(jsonOf(JSON.parse(written))).to.equal(written);
        if (isWithin(jsonOf(value), limits)) expect(written).to.equal(jsonOf(value));
        expect(jsonOf(truncateJson(cut, limits))).to.equal(written);
        expect(halves(written)).to.equal(0);
      }),
      { numRuns: 2000 },
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withSparseArray: true }),
        sizes,
        (value, limits) => {
          expect(isWithin(jsonOf(truncateJson(value, limits)), limits)).to.equal(true);
        },
      ),
    );
  });
});
