import { expect } from 'chai';
import * as fc from 'fast-check';
import { canonicalJson } from '#lib/privacy/canonical.js';

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, shuffled(member)]),
  );
}

describe('canonical JSON', () => {
  it('is the example of RFC 8785, §3.2.2 and §3.2.3', () => {
    const value: unknown = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`);
    expect(canonicalJson(value)).to.equal(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('sorts keys by their UTF-16 code units, as the second example of §3.2.3', () => {
    const keys = ['€', '\r', '\ufb33', '1', '😀', '\u0080', 'ö'];
    const text = canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])));
    const sorted = ['\r', '1', '\u0080', 'ö', '€', '😀', '\ufb33'];
    expect(text).to.equal(`{${sorted.map((key) => `${JSON.stringify(key)}:0`).join(',')}}`);
  });

  it('writes numbers as ECMAScript does', () => {
    expect(canonicalJson([-0, 1e21, 1e-7, 5e-324, 9007199254740992, 123456789012345680000])).to.equal(
      '[0,1e+21,1e-7,5e-324,9007199254740992,123456789012345680000]',
    );
  });

  it('puts U+FFFD in the place of half a pair, in strings and keys', () => {
    expect(canonicalJson({ '\ud800a': ['\udc00', 'x\ud83d', '😀'] })).to.equal('{"\ufffda":["\ufffd","x\ufffd","😀"]}');
    expect(Buffer.from(canonicalJson('\ud800')).toString('hex')).to.equal('22efbfbd22');
  });

  it('has no undefined', () => {
    const holes: unknown[] = [1];
    holes.length = 3;
    expect(canonicalJson({ b: undefined, a: [undefined], holes })).to.equal('{"a":[null],"holes":[1,null,null]}');
    expect(canonicalJson(undefined)).to.equal('null');
  });

  it('tells apart what is not JSON, and runs no code of it', () => {
    let runs = 0;
    const value = {
      nan: Number.NaN,
      big: 12n,
      date: new Date(0),
      map: new Map([[1, 2]]),
      fn: (): number => runs++,
      get loud(): number {
        return runs++;
      },
      toJSON: (): number => runs++,
      proxy: new Proxy({}, { ownKeys: () => [String(runs++)] }),
    };
    expect(canonicalJson(value)).to.equal(
      '{"big":"12n","date":"1970-01-01T00:00:00.000Z","fn":"[Function]","loud":"[Getter]","map":"[Map]","nan":"NaN","proxy":"[Proxy]","toJSON":"[Function]"}',
    );
    expect(runs).to.equal(0);
  });

  it('stands a proxy that was revoked', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(canonicalJson([proxy])).to.equal('["[Proxy]"]');
  });

  it('writes a key __proto__ as any other', () => {
    expect(canonicalJson(JSON.parse('{"b":1,"__proto__":{"a":2}}'))).to.equal('{"__proto__":{"a":2},"b":1}');
  });

  it('marks a circle, and writes what is shared twice', () => {
    const shared = { a: 1 };
    const circle: Record<string, unknown> = { one: shared, other: shared };
    circle['self'] = circle;
    expect(canonicalJson(circle)).to.equal('{"one":{"a":1},"other":{"a":1},"self":"[Circular]"}');
  });

  it('stands a depth of 100,000', () => {
    const text = canonicalJson(nested(100_000));
    expect(text).to.have.lengthOf(50_000 * 2 + 50_000 * 6 + 1);
    expect(canonicalJson(nested(100_002))).to.equal(`{"a":[${text}]}`);
  });

  it('is bounded in values, whatever the order of the keys', () => {
    const limits = { maxNodes: 4 };
    expect(canonicalJson({ b: [1, 2, 3, 4], a: 1 }, limits)).to.equal('{"a":1,"b":"[cut, 4 items]"}');
    expect(canonicalJson({ a: 1, b: [1, 2, 3, 4] }, limits)).to.equal('{"a":1,"b":"[cut, 4 items]"}');
    expect(canonicalJson({ e: 1, d: 1, c: 1, b: 1, a: 1 }, limits)).to.equal('"[cut, 5 keys]"');
    // 2^40 values, shared.
    let twice: unknown = 1;
    for (let level = 0; level < 40; level++) twice = [twice, twice];
    expect(canonicalJson(twice, { maxNodes: 1000 }).length).to.be.below(40_000);
  });

  it('is bounded in characters', () => {
    const text = canonicalJson({ a: 'x'.repeat(100), b: 'yes' }, { maxChars: 11 });
    expect(text).to.equal(
      `{"a":"${'x'.repeat(10)}…[cut, 100 characters]","…[cut, 1 characters]":"…[cut, 3 characters]"}`,
    );
  });

  it('is the value again when it is parsed, and the same for any order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).to.deep.equal(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(shuffled(value))).to.equal(text);
        expect(canonicalJson(JSON.parse(text))).to.equal(text);
      }),
    );
  });

  it('never throws and is always JSON', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withSet: true,
          withTypedArray: true,
          withNullPrototype: true,
          withSparseArray: true,
          key: fc.string({ unit: 'binary' }),
        }),
        (value) => {
          JSON.parse(canonicalJson(value));
        },
      ),
    );
  });
});
