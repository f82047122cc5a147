import { expect } from 'chai';
import { runInNewContext } from 'node:vm';
import { canonicalText } from '#lib/audit/canonical.js';
import { taggedText, type TaggedText } from '#lib/audit/tagged.js';

const LIMITS = { maxDepth: 1000, maxKeys: 10_000_000, maxChars: 500_000_000 };

/** Writes a value and expects the text to be canonical JSON. */
function write(value: unknown): TaggedText {
  const tagged = taggedText(value);
  expect(canonicalText(JSON.parse(tagged.text), LIMITS) === tagged.text).to.equal(true);
  return tagged;
}

const ran: string[] = [];

/** Makes a function that says that it ran. */
const told = (name: string) => (): never => {
  ran.push(name);
  throw new Error(name);
};
const trap = new Proxy({}, { get: (_target, name) => told(`trap ${String(name)}`) });

function withGetters<T extends object>(target: T, ...names: PropertyKey[]): T {
  for (const name of names) Object.defineProperty(target, name, { get: told(String(name)), configurable: true });
  return target;
}

describe('tagged text of hostile values', () => {
  beforeEach(() => {
    ran.length = 0;
  });

  it('runs no code of the value', () => {
    class Liar {
      get [Symbol.toStringTag](): never {
        return told('tag')();
      }
    }
    class Bytes extends Uint8Array {
      override get byteLength(): never {
        return told('byteLength')();
      }
      static get [Symbol.species](): never {
        return told('species')();
      }
    }
    class Pairs extends Map<number, number> {
      override get size(): never {
        return told('size')();
      }
      override entries(): never {
        return told('entries')();
      }
      override [Symbol.iterator](): never {
        return told('iterator')();
      }
    }
    const methods = { toJSON: told('toJSON'), toString: told('toString'), valueOf: told('valueOf') };
    const values: unknown[] = [
      methods,
      withGetters({}, 'a', 'toJSON', 'constructor', Symbol.toPrimitive),
      Object.defineProperty({}, 'a', { get: told('getter'), enumerable: true }),
      Object.defineProperty([1], 0, { get: told('item'), enumerable: true }),
      new Proxy({}, trap),
      new Proxy([], trap),
      new Proxy(() => 1, trap),
      Object.setPrototypeOf({}, new Proxy({}, trap)),
      Object.setPrototypeOf([1], new Proxy([], trap)),
      Object.setPrototypeOf(new Date(0), new Proxy({}, trap)),
      Object.setPrototypeOf(() => 1, new Proxy({}, trap)),
      Object.create(withGetters(Liar.prototype, 'constructor')),

      new Bytes(4),
      Object.assign(new Pairs(), methods),
      Object.assign(new Date(0), methods, { toISOString: told('toISOString'), getTime: told('getTime') }),
      withGetters(/a/g, 'source', 'flags', 'global'),
      withGetters(new Error('a'), 'stack', 'message', 'code', 'name', 'cause'),
      withGetters(new ArrayBuffer(8), 'byteLength', 'slice'),
      withGetters(new URL('http://a/'), 'href', 'toString'),
      withGetters(Object.setPrototypeOf({}, URL.prototype) as object, 'href'),
      withGetters(Object('a') as object, 'valueOf', 'toString'),
      withGetters(() => 1, 'name'),
      Object.defineProperty(class {}, 'name', { get: told('name') }),
      { then: told('then') },
    ];
    for (const value of values) write(value);
    expect(write(values).text).to.contain('"accessor"');
    expect(ran).to.deep.equal([]);
  });

  it('stands a revoked proxy and a module that is still loading', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(write([proxy]).text).to.equal('[{"$al":"proxy"}]');
    const throwing = runInNewContext(
      'Object.defineProperty(Object.create(null), "a", { get() { throw 1 }, enumerable: true })',
    ) as unknown;
    expect(write({ throwing }).text).to.equal('{"throwing":{"a":{"$al":"accessor"}}}');
  });

  it('ends at its bounds whatever the value, and says so', () => {
    let deep: unknown = [];
    for (let level = 0; level < 100_000; level++) deep = level % 2 === 0 ? [deep] : { deep };
    const keys: Record<string, unknown> = {};
    for (let index = 0; index < 2 ** 20; index++) keys[index] = index;
    let shared: unknown = Array.from({ length: 1000 }, () => 0);
    for (let level = 0; level < 40; level++) shared = [shared, new Map([[shared, shared]])];
    let instances: unknown = {};
    for (let level = 0; level < 6; level++) instances = Object.assign(new (class Node {})(), { instances });
    const accessors: unknown = Object.defineProperties(
      {},
      Object.fromEntries(
        Array.from({ length: 1000 }, (_, index) => [`a${index}`, { get: told('a'), enumerable: true }]),
      ),
    );
    const mebibyte = Buffer.alloc(2 ** 20);
    const values: Record<string, unknown> = {
      deep,
      keys,
      shared,
      instances,
      'array that nobody filled': new Array(2 ** 32 - 1),
      'array with something at its end': Object.assign(new Array(2 ** 31), { 2147483647: 1 }),
      'references to a giant': Array.from({ length: 150_000 }, () => keys),
      'references to accessors': Array.from({ length: 100_000 }, () => accessors),
      'references to bytes': Array.from({ length: 100_000 }, () => mebibyte),
      '100 MiB of bytes': Buffer.alloc(100 * 2 ** 20),
      'text of 20 million': 'x'.repeat(20_000_000),
      'text of 3 million halves': '\ud800'.repeat(3_000_000),
      'a bigint of 10 million digits': -(2n ** 34_000_000n),
    };
    for (const [name, value] of Object.entries(values)) {
      const { text, isTagged } = taggedText(value);
      expect(isTagged, name).to.equal(true);
      expect(text.length, name).to.be.below(40_000_000);
      expect(() => void JSON.parse(text), name).not.to.throw();
    }
    expect(ran).to.deep.equal([]);
  }).timeout(60_000);

  it('has no bound that makes it throw', () => {
    for (const limits of [
      { maxNodes: 0 },
      { maxChars: 0 },
      { maxDepth: 0 },
      { maxInlineBytes: 0 },
      { maxNodes: 5, maxChars: 5 },
    ]) {
      for (const value of [
        'abc',
        [1, 2, 3],
        { a: 'abcdef', b: 1 },
        new Map([[{}, []]]),
        Buffer.from('abc'),
        [[[[]]]],
        new Error('x'),
      ]) {
        const { text } = taggedText(value, limits);
        expect(canonicalText(JSON.parse(text))).to.equal(text);
      }
    }
  });

  it('does not care how little of the stack is left', () => {
    let texts: string[] = [];
    const dive = (): void => {
      try {
        dive();
      } catch {
        if (texts.length === 0) texts = [taggedText({ a: [[[{ b: new Map([[1, 2]]) }]]] }).text];
      }
    };
    dive();
    expect(texts).to.have.length(1);
    expect(JSON.parse(texts[0] ?? '')).to.be.an('object');
  });

  it('says what was cut', () => {
    const cut = (value: unknown, limits: object): unknown => JSON.parse(taggedText(value, limits).text);
    expect(cut([1, 2, 3, 4], { maxNodes: 3 })).to.deep.equal({ $al: 'cut', n: 4, of: 'items', v: [1, 2] });
    expect(cut({ c: 1, a: [1, 2], b: 3 }, { maxNodes: 4 })).to.deep.equal({
      $al: 'cut',
      n: 3,
      of: 'keys',
      v: { a: [1, 2] },
    });
    expect(cut({ a: 1, b: 2, c: 3 }, { maxNodes: 2 })).to.deep.equal({ $al: 'cut', n: 3, of: 'keys' });
    expect(cut([[]], { maxDepth: 1 })).to.deep.equal([{ $al: 'cut', n: 1, of: 'levels' }]);
    expect(cut(new Set([1, 2, 3]), { maxNodes: 3 })).to.deep.equal({
      $al: 'set',
      v: { $al: 'cut', n: 3, of: 'items', v: [1, 2] },
    });
    expect(cut('ab😀cd', { maxChars: 3 })).to.deep.equal({
      $al: 'cut',
      n: 6,
      of: 'chars',
      // printf 'ab😀cd' | sha256sum
      sha256: '1305b9b74af9a1cf19b99e9a54bfcffcea2f4102f59b29407b41ddeb25a69994',
      v: 'ab',
    });
    class Node {
      constructor(readonly next: unknown) {}
    }
    const four = new Node(new Node(new Node(new Node(1))));
    expect(taggedText(four).isCut).to.equal(false);
    expect(taggedText([four, four]).isCut).to.equal(false);
    expect(taggedText(new Node(four))).to.deep.include({ isCut: true });
    expect(taggedText(new Node(four)).text).to.contain('"v":{"next":{"$al":"instance","t":"Node"}}');
    expect(taggedText([1, 2, 3], { maxNodes: 2 })).to.deep.include({ isCut: true, isTagged: true });
  });
});
