import { expect } from 'chai';
import * as fc from 'fast-check';
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { runInNewContext } from 'node:vm';
import { canonicalText } from '#lib/audit/canonical.js';
import { taggedText } from '#lib/audit/tagged.js';
import { readTagged } from './tagged-reader.js';

const textOf = (value: unknown): string => taggedText(value).text;
const LIMITS = { maxDepth: 1000, maxKeys: 1_000_000, maxChars: 100_000_000 };

// Also halves of surrogate pairs, what looks like their escape, and keys that look like those of tags.
const text = fc.oneof(
  fc.constantFrom('$al', '$$al', '$', '__proto__', '\\ud800', '\ud800', 'a\udc00\\', '', '0'),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
  fc.string(),
);
const anything = fc.anything({
  key: text,
  values: [
    fc.oneof(fc.double(), fc.integer(), fc.constantFrom(-0, Number.NaN, Number.POSITIVE_INFINITY)),
    fc.oneof(
      fc.bigInt(),
      fc.constantFrom(2n ** 5000n, -(2n ** 4096n)),
      fc.boolean(),
      fc.constantFrom(null, undefined, Symbol.for('a'), Symbol.for('')),
    ),
    text,
  ],
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
});

describe('tagged text', () => {
  it('is canonical, and the value can be made of it again', () => {
    fc.assert(
      fc.property(anything, (value) => {
        const { text: written, isCut } = taggedText(value);
        expect(canonicalText(JSON.parse(written), LIMITS)).to.equal(written);
        expect(isCut).to.equal(false);
        const read = readTagged(JSON.parse(written));
        // To Node two invalid dates are not equal.
        expect(isDeepStrictEqual(read, value) || written.includes('"invalid"'), written).to.equal(true);
        expect(textOf(read)).to.equal(written);
      }),
      { numRuns: 1000 },
    );
  });

  it('of JSON data is its canonical text, and says that nothing is tagged', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value).replaceAll('$al', 'al'));
        expect(taggedText(plain)).to.deep.equal({ text: canonicalText(plain), isTagged: false, isCut: false });
      }),
    );
    expect(taggedText({ $al: 'date' })).to.deep.include({ text: '{"$$al":"date"}', isTagged: true });
    expect(taggedText([1, undefined])).to.deep.include({ isTagged: true, isCut: false });
  });

  it('tells apart what looks alike', () => {
    class Point {
      constructor(readonly x: number) {}
    }
    class Place {
      constructor(readonly x: number) {}
    }
    const alike = [
      [undefined, null, 'undefined', { a: undefined }, {}, { a: null }],
      [0, -0, '0', 0n, Object(0), new Date(0), false, ''],
      [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, new Date(Number.NaN)],
      [
        [],
        {},
        new Map(),
        new Set(),
        '',
        new Uint8Array(),
        Buffer.alloc(0),
        new ArrayBuffer(0),
        new (class List extends Array {})(),
      ],
      [
        [],
        [undefined],
        new Array(1),
        [null],
        new Array(2),
        Object.assign([undefined], { 1.5: 1 }),
        Object.assign([], { '-1': undefined }),
        Object.assign([], { 4294967295: undefined }),
      ],
      [new Point(1), new Place(1), new Point(2), { x: 1 }, { $al: 'instance', t: 'Point', v: { x: 1 } }],
      [new Map([[1, 2]]), new Map([['1', 2]]), { 1: 2 }, new Set([[1, 2]]), [[1, 2]]],
      [/a/g, /a/, /a/y, '/a/g', new RegExp('b', 'g')],
      [new URL('http://a/'), new URL('http://b/'), 'http://a/'],
      [Symbol('a'), Symbol.for('a'), Symbol('b'), Symbol(''), Symbol('undefined'), 'a'],
      [new Int8Array([1]), new Uint8Array([1]), Buffer.from([1]), new DataView(Uint8Array.of(1).buffer)],
      ['\ud800', '\ud801', '\ufffd', '\\ud800', { v: '\ud800' }],
      [{ '\ud800': 1 }, { '\ud801': 1 }, { '\\ud800': 1 }, { [Symbol.for('\ud800')]: 1 }],
      [
        new TypeError('a'),
        new RangeError('a'),
        Object.assign(new TypeError('a'), { code: 'A' }),
        new DOMException('a'),
      ],
      [
        {
          get a() {
            return 1;
          },
        },
        { a: 1 },
        { a: { $al: 'accessor' } },
      ],
      [new Proxy({}, {}), {}, { $al: 'proxy' }],
    ];
    for (const values of alike) {
      const texts = values.map(textOf);
      expect(new Set(texts).size, texts.join('\n')).to.equal(values.length);
    }
  });

  it('names types, and takes what other realms have', () => {
    class Ticket {
      readonly id = 1;
      readonly #secret = 'hidden';
      read = (): string => this.#secret;
    }
    expect(textOf(new Ticket())).to.equal(
      '{"$al":"instance","t":"Ticket","v":{"id":1,"read":{"$al":"function","v":"read"}}}',
    );
    expect(textOf(new (class Cache extends Map<number, number> {})([[1, 2]]))).to.equal(
      '{"$al":"map","t":"Cache","v":[[1,2]]}',
    );
    expect(textOf(Buffer.from('hi'))).to.equal('{"$al":"bytes","k":"Uint8Array","t":"Buffer","v":"aGk="}');
    expect(textOf(runInNewContext('[new Map([[1, new Date(0)]]), new TypeError("x"), { a: [] }, /x/]'))).to.equal(
      '[{"$al":"map","v":[[1,{"$al":"date","v":"1970-01-01T00:00:00.000Z"}]]},{"$al":"error","t":"TypeError"},' +
        '{"a":[]},{"$al":"regexp","v":"/x/"}]',
    );
    expect(textOf(Object.assign(new Date(0), { note: 1 }))).to.equal(
      '{"$al":"date","m":{"note":1},"v":"1970-01-01T00:00:00.000Z"}',
    );
  });

  it('says class and code of an error and never its message', () => {
    const error = Object.assign(new TypeError('the secret prompt', { cause: 'the secret prompt' }), {
      code: 'E_PROMPT',
      response: 'the secret prompt',
    });
    expect(textOf({ error })).to.equal('{"error":{"$al":"error","code":"E_PROMPT","t":"TypeError"}}');
  });

  it('says how far up a cycle leads', () => {
    const inner: unknown[] = [];
    const outer = { list: [inner, new Map<string, unknown>([['self', inner]])] };
    inner.push(inner, outer);
    expect(textOf(outer)).to.equal(
      '{"list":[[{"$al":"cycle","up":1},{"$al":"cycle","up":3}],' +
        '{"$al":"map","v":[["self",[{"$al":"cycle","up":1},{"$al":"cycle","up":5}]]]}]}',
    );
  });

  it('has the SHA-256 of bytes that are too many', () => {
    const bytes = Buffer.alloc(65_537, 7);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(taggedText(bytes)).to.deep.equal({
      text: `{"$al":"bytes","k":"Uint8Array","n":65537,"sha256":"${sha256}","t":"Buffer"}`,
      isTagged: true,
      isCut: true,
    });
    expect(taggedText(bytes.subarray(1)).isCut).to.equal(false);
    expect(taggedText(bytes.subarray(1), { maxInlineBytes: 65_535 }).isCut).to.equal(true);
  });

  it('says how many members by symbols there were, where not all are written', () => {
    const value = { [Symbol('a')]: [1, 2, 3], [Symbol('b')]: 1 };
    const pair = '[{"$al":"symbol","v":"a"},[1,2,3]]';
    expect(taggedText(value, { maxNodes: 7 })).to.deep.equal({
      text: `{"$al":"cut","n":2,"of":"keys","v":{"$al":"object","v":[${pair}]}}`,
      isTagged: true,
      isCut: true,
    });
    expect(taggedText(value, { maxNodes: 8 }).isCut).to.equal(false);
  });
});
