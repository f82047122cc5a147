import { expect } from 'chai';
import * as fc from 'fast-check';
import { runInNewContext } from 'node:vm';
import { canonicalText, type CanonicalTextLimits } from '#lib/audit/canonical.js';
import { NUMBERS, VECTORS } from './canonical-vectors.js';

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, member]) => [key, shuffled(member)] as const);
  return Object.fromEntries(members.reverse());
}

function nested(depth: number): unknown {
  let value: unknown = [];
  for (let level = 1; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

function refusal(value: unknown, limits?: CanonicalTextLimits): string {
  try {
    canonicalText(value, limits);
  } catch (error) {
    expect(error).to.have.property('code', 'AUDIT_ENTRY_INVALID');
    return (error as Error).message.replace('[AUDIT_ENTRY_INVALID] no canonical form of ', '');
  }
  return 'nothing';
}

describe('strict canonical JSON', () => {
  for (const [name, { input, output }] of Object.entries(VECTORS)) {
    it(`writes "${name}" of the test data of RFC 8785`, () => {
      expect(canonicalText(JSON.parse(input))).to.equal(output);
    });
  }

  it('writes the numbers of RFC 8785, appendix B, and refuses NaN and infinity', () => {
    for (const [bits, text] of NUMBERS) {
      const number = Buffer.from(bits, 'hex').readDoubleBE();
      if (text === undefined) expect(() => canonicalText(number)).to.throw('[AUDIT_ENTRY_INVALID]');
      else expect(canonicalText(number), bits).to.equal(text);
    }
  });

  it('agrees with JSON, whatever the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
        const text = canonicalText(value);
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(JSON.parse(text)).to.deep.equal(plain);
        expect(canonicalText(JSON.parse(text))).to.equal(text);
        expect(canonicalText(shuffled(value))).to.equal(text);
      }),
      { numRuns: 1000 },
    );
  });

  it('sorts keys by their UTF-16 code units', () => {
    const keys = fc.uniqueArray(fc.string({ unit: 'grapheme' }), { maxLength: 60 });
    fc.assert(
      fc.property(keys, (names) => {
        const text = canonicalText(Object.fromEntries(names.map((name) => [name, 0])));
        expect(text).to.equal(
          `{${names
            .sort()
            .map((name) => `${JSON.stringify(name)}:0`)
            .join(',')}}`,
        );
      }),
    );
  });

  it('refuses what JSON has no word for, and says where', () => {
    class Ticket {
      id = 1;
    }
    const cycle: Record<string, unknown> = {};
    cycle['a'] = [cycle];
    const cases: readonly (readonly [unknown, string])[] = [
      [undefined, 'the value itself: got undefined, expected JSON data'],
      [{ a: undefined }, '"/a": got undefined, expected JSON data'],
      [{ 'a/b~c': [Number.NaN] }, '"/a~1b~0c/0": got NaN, expected JSON data'],
      [[1, Number.NEGATIVE_INFINITY], '"/1": got -Infinity, expected JSON data'],
      [{ '': 1n }, '"/": got a bigint, expected JSON data'],
      [[() => 1], '"/0": got a function, expected JSON data'],
      [[Symbol('s')], '"/0": got a symbol, expected JSON data'],
      [{ m: new Map() }, '"/m": got an instance of Map, expected JSON data'],
      [{ m: new Set() }, '"/m": got an instance of Set, expected JSON data'],
      [new Date(0), 'the value itself: got an instance of Date, expected JSON data'],
      [Buffer.from('a'), 'the value itself: got an instance of Buffer, expected JSON data'],
      [new Ticket(), 'the value itself: got an instance of Ticket, expected JSON data'],
      [class extends Array {}.from([1]), 'the value itself: got an instance of Object, expected JSON data'],
      [['a\ud800'], '"/0": got a lone surrogate, expected JSON data'],
      [{ a: { [Symbol('s')]: 1 } }, '"/a": got a symbol key, expected JSON data'],
      [[1, , 3], 'the value itself: got an array with holes or named members, expected JSON data'], // oxlint-disable-line no-sparse-arrays
      [Object.assign([1], { a: 1 }), 'the value itself: got an array with holes or named members, expected JSON data'],
      [cycle, '"/a/0": got a cycle, expected JSON data'],
      [{ toJSON: () => 'a lie' }, '"/toJSON": got a function, expected JSON data'],
    ];
    for (const [value, message] of cases) expect(refusal(value)).to.equal(message);
    expect(refusal({ '\udc00': 1 })).to.contain('got a key with a lone surrogate');
    // As many keys as items: one hole and one name.
    expect(refusal(Object.assign([1, , 3], { a: 1 }))).to.contain('"/1": got a hole'); // oxlint-disable-line no-sparse-arrays
  });

  it('runs no code of a value', () => {
    const ran: string[] = [];
    const note = (name: string) => () => ran.push(name);
    const trap = new Proxy({}, { get: (_target, name) => note(`trap ${String(name)}`) });
    const values: unknown[] = [
      Object.defineProperty({}, 'a', { get: note('getter'), enumerable: true }),
      Object.defineProperty([1], 0, { get: note('item'), enumerable: true }),
      { toJSON: note('toJSON') },
      new Proxy({}, trap),
      new Proxy([], trap),
      [new Proxy(() => 1, trap)],
      Object.setPrototypeOf({}, new Proxy({}, trap)),
      Object.setPrototypeOf([], new Proxy([], trap)),
      Object.assign(Object.create({ toString: note('toString') }) as object, { valueOf: note('valueOf') }),
    ];
    for (const value of values) expect(refusal(value)).to.match(/: got an? /);
    expect(ran).to.deep.equal([]);
  });

  it('takes plain data of another realm, objects without a prototype and a member "__proto__"', () => {
    expect(canonicalText(runInNewContext('({ b: [1, {}], a: 2 })'))).to.equal('{"a":2,"b":[1,{}]}');
    expect(canonicalText(Object.assign(Object.create(null) as object, { a: 1 }))).to.equal('{"a":1}');
    expect(canonicalText(JSON.parse('{"__proto__":1,"a":2}'))).to.equal('{"__proto__":1,"a":2}');
  });

  it('writes what stands in two places twice, which is no cycle', () => {
    const shared = { a: 1 };
    expect(canonicalText([shared, { b: shared }])).to.equal('[{"a":1},{"b":{"a":1}}]');
  });

  it('has bounds of depth, keys and characters', () => {
    expect(JSON.parse(canonicalText(nested(64)))).to.deep.equal(nested(64));
    expect(refusal(nested(65))).to.contain('got more than 64 levels');
    expect(refusal(nested(100_000))).to.contain('got more than 64 levels');
    expect(refusal(nested(3), { maxDepth: 2 })).to.contain('got more than 2 levels');
    const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 0]));
    expect(refusal([keys(4000), keys(96)])).to.equal('nothing');
    expect(refusal([keys(4000), keys(97)])).to.equal('"/1": got more than 4096 keys, expected JSON data');
    expect(refusal(keys(2 ** 17))).to.contain('got more than 4096 keys');
    expect(refusal({ a: 1, b: 2 }, { maxKeys: 1 })).to.contain('got more than 1 keys');
    expect(refusal(['x'.repeat(20)], { maxChars: 20 })).to.equal(
      '"/0": got more than 20 characters, expected JSON data',
    );
    expect(refusal(new Array(2 ** 32 - 1))).to.contain('characters');
    let shared: unknown = Array.from({ length: 100 }, () => 0);
    for (let level = 0; level < 60; level++) shared = [shared, shared];
    expect(refusal(shared)).to.contain('got more than 1048576 characters');
  });

  it('counts the characters of containers as well', () => {
    expect(canonicalText({}, { maxChars: 2 })).equal('{}');
    for (const [value, maxChars] of [
      [{}, 1],
      [[], 1],
      [[{}, {}], 9],
      [{ a: {} }, 8],
      [{ ['k'.repeat(20)]: 1 }, 20],
    ] as const) {
      expect(() => canonicalText(value, { maxChars })).throw(/more than \d+ characters/);
    }
  });
});
