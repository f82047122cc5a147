import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { snapshot } from '#lib/core/snapshot.js';

class Point {
  readonly x = 1;
}

function chain(depth: number): object {
  return depth === 0 ? {} : { next: chain(depth - 1) };
}

describe('snapshot', () => {
  it('copies plain structures and shares strings', () => {
    const source = { text: 'hello', list: [1, [true, null]], deep: { a: { b: -0.5 } } };
    const copy = snapshot(source) as typeof source;
    expect(copy).to.deep.equal(source);
    expect(copy).to.not.equal(source);
    expect(copy.list).to.not.equal(source.list);
    source.list.push(2);
    source.deep.a.b = 3;
    expect(copy).to.deep.equal({ text: 'hello', list: [1, [true, null]], deep: { a: { b: -0.5 } } });
  });

  it('copies plain objects of another realm and those without a prototype', () => {
    const foreign: unknown = runInNewContext('({ list: [1], inner: { a: 1 } })');
    expect(snapshot(foreign)).to.deep.equal({ list: [1], inner: { a: 1 } });
    expect(snapshot(Object.assign(Object.create(null), { a: 1 }))).to.deep.equal({ a: 1 });
  });

  it('names what is no plain structure', () => {
    const tagged: readonly [unknown, unknown][] = [
      [new Point(), '[Point]'],
      [new (class {})(), '[Object]'],
      [new Map(), '[Map]'],
      [/x/, '[RegExp]'],
      [Promise.resolve(), '[Promise]'],
      [new Error('text of it'), '[Error]'],
      [new Date(0), '1970-01-01T00:00:00.000Z'],
      [new Date(Number.NaN), '[Invalid Date]'],
      [new Uint8Array(4), '[Uint8Array 4 bytes]'],
      [Buffer.alloc(2), '[Buffer 2 bytes]'],
      [new ArrayBuffer(8), '[ArrayBuffer 8 bytes]'],
      [() => 1, '[Function]'],
      [Point, '[Function]'],
      [new Proxy({}, {}), '[Proxy]'],
      [new Proxy(() => {}, {}), '[Proxy]'],
      [Symbol('s'), 'Symbol(s)'],
      [5n, '5n'],
      [Number.NaN, 'NaN'],
      [Number.NEGATIVE_INFINITY, '-Infinity'],
    ];
    expect(snapshot(tagged.map(([value]) => value))).to.deep.equal(tagged.map(([, name]) => name));
  });

  it('leaves undefined members out, and keeps the places of a list', () => {
    expect(snapshot({ a: undefined, b: null })).to.deep.equal({ b: null });
    // eslint-disable-next-line no-sparse-arrays
    expect(snapshot([undefined, , 3])).to.deep.equal([null, null, 3]);
  });

  it('shows an object that is met twice twice, and one inside itself as circular', () => {
    const shared = { a: 1 };
    const node: Record<string, unknown> = { one: shared, two: shared };
    node['self'] = node;
    expect(snapshot(node)).to.deep.equal({ one: { a: 1 }, two: { a: 1 }, self: '[Circular]' });
  });

  it('keeps a member named __proto__ as a member', () => {
    const copy = snapshot(JSON.parse('{"__proto__":{"polluted":true}}')) as { polluted?: boolean };
    expect(copy.polluted).to.equal(undefined);
    expect(JSON.stringify(copy)).to.equal('{"__proto__":{"polluted":true}}');
  });

  describe('stays within its bounds', () => {
    it('in depth', () => {
      expect(JSON.stringify(snapshot(chain(100)))).to.equal(`${'{"next":'.repeat(8)}"[Object]"${'}'.repeat(8)}`);
      expect(snapshot([[[]]], { maxDepth: 2 })).to.deep.equal([['[Array]']]);
    });

    it('in number of values', () => {
      const copy = snapshot(Array.from({ length: 1e6 }, (_item, index) => index)) as unknown[];
      expect(copy).to.have.lengthOf(4000);
      expect(copy.at(-1)).to.equal('[cut, 1000000 items]');
      expect(snapshot({ a: 1, b: 2, c: 3 }, { maxNodes: 3 })).to.deep.equal({ a: 1, b: 2, '…': '[cut]' });
    });

    it('in characters, and says how long a text was', () => {
      expect(snapshot('x'.repeat(100), { maxBytes: 10 })).to.equal('xxxxxxxxxx…[cut, 100 characters]');
      expect(snapshot(['abc', 'def', 'ghi'], { maxBytes: 4 })).to.deep.equal([
        'abc',
        'd…[cut, 3 characters]',
        '[cut, 3 items]',
      ]);
      expect(JSON.stringify(snapshot({ ['k'.repeat(100)]: 1, second: 2 }, { maxBytes: 10 }))).to.have.length.below(150);
    });

    it('in time, over an array that nobody filled', () => {
      const copy = snapshot({ list: new Array(4_294_967_295), rest: 1 }) as { list: unknown[]; rest: unknown };
      expect(copy.list).to.have.lengthOf(3999);
      expect(copy.list.at(-1)).to.equal('[cut, 4294967295 items]');
    });

    it('in memory: a cut text does not keep the whole alive', function () {
      const collect = globalThis.gc;
      if (collect === undefined) this.skip();
      const cuts: unknown[] = [];
      collect();
      const before = process.memoryUsage().heapUsed;
      // Each is a text of its own: a repeated one would be shared.
      for (let count = 0; count < 20; count++) {
        cuts.push(snapshot(Buffer.alloc(2_000_000, 97 + count).toString('latin1'), { maxBytes: 100 }));
      }
      collect();
      expect(process.memoryUsage().heapUsed - before).to.be.below(2_000_000);
      expect(cuts).to.have.lengthOf(20);
    });
  });

  it('runs nothing of the value', () => {
    const run: string[] = [];
    const note = (what: string) => (): never => {
      run.push(what);
      throw new Error(what);
    };
    const traps = new Proxy({}, { get: (_target, trap) => note(String(trap)) });
    const hostile = {
      get getter(): unknown {
        return note('getter')();
      },
      toJSON: note('toJSON'),
      toString: note('toString'),
      [Symbol.toPrimitive]: note('toPrimitive'),
      proxy: new Proxy({}, traps),
      onProxy: Object.create(new Proxy({}, traps)) as unknown,
      named: new (class {
        static get name(): string {
          return note('name')();
        }
      })(),
      iterable: Object.assign([1], { [Symbol.iterator]: note('iterator') }),
    };
    expect(snapshot(hostile)).to.include({
      getter: '[Getter]',
      proxy: '[Proxy]',
      onProxy: '[Proxy]',
      named: '[Object]',
    });
    expect(run).to.deep.equal([]);
  });

  it('gives a bounded copy that JSON takes, whatever the value', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withNullPrototype: true,
      withObjectString: true,
      withSparseArray: true,
      withTypedArray: true,
      maxDepth: 12,
    });
    fc.assert(
      fc.property(anything, fc.integer({ min: 1, max: 50 }), (value, limit) => {
        const copy = snapshot(value, { maxBytes: limit, maxNodes: limit, maxDepth: 5 });
        const text = JSON.stringify(copy);
        if (text === undefined) return copy === undefined;
        // Each value and key may bring one mark of a cut.
        expect(text.length).to.be.below(limit * 2 * 80 + 200);
        expect(JSON.parse(text)).to.deep.equal(copy);
        return true;
      }),
      { numRuns: 500, seed: 7 },
    );
  });
});
