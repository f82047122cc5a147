import { expect } from 'chai';
import * as fc from 'fast-check';
import { state } from '#lib/core/state.js';
import { createGate } from '#lib/privacy/gate.js';
import { NOT_CHECKED } from '#lib/privacy/marks.js';

const text = (value: string): string => value.replaceAll('SECRET', '[REDACTED]');
const gate = createGate({ tier: 'redacted', text, limits: { maxMs: 10_000 } });
const ran = (): never => {
  throw new Error('ran');
};

describe('the gate on hostile values', () => {
  it('does not overflow on 100,000 levels', () => {
    let value: unknown = 'SECRET';
    for (let level = 0; level < 100_000; level++) value = level % 2 === 0 ? [value] : { value };
    const written = JSON.stringify(gate.value(value));
    expect(written).to.include(NOT_CHECKED).and.not.to.include('SECRET');
    const json = `${'['.repeat(30_000)}"SECRET"${']'.repeat(30_000)}`;
    expect(gate.value(json)).to.include(NOT_CHECKED);
  });

  it('bounds 2^20 keys, a huge text and an array that nobody filled', () => {
    const wide: Record<string, string> = {};
    for (let index = 0; index < 2 ** 20; index++) wide[`k${index}`] = 'SECRET';
    const result = gate.value(wide) as Record<string, unknown>;
    expect(Object.keys(result)).to.have.length.below(20_100);
    expect(result).to.include({ '…': NOT_CHECKED, k0: '[REDACTED]' });
    expect(gate.value(['x'.repeat(2 ** 24), 'SECRET'])).to.have.property('1', '[REDACTED]');
    const sparse: unknown[] = ['SECRET'];
    sparse.length = 2 ** 32 - 1;
    expect((gate.value(sparse) as unknown[]).at(-1)).to.equal(NOT_CHECKED);
  });

  it('keeps holes', () => {
    const sparse: unknown[] = [];
    sparse[3] = 'SECRET';
    sparse.length = 6;
    const result = gate.value(sparse) as unknown[];
    expect(result).to.have.length(6);
    expect(Object.keys(result)).to.deep.equal(['3']);
  });

  it('runs no code of the value', () => {
    const proxy = new Proxy(
      {},
      { get: ran, ownKeys: ran, getPrototypeOf: ran, has: ran, getOwnPropertyDescriptor: ran },
    );
    const list = Object.defineProperty(['ok', 'SECRET'], 'constructor', { get: ran });
    const hidden = Object.defineProperty({ a: 'b' }, 'toJSON', { value: () => ({ a: 'SECRET' }) });
    const getter = Object.defineProperty(['a'], 1, { get: ran, enumerable: true });
    class Own extends Array<string> {
      toJSON(): string {
        return 'SECRET';
      }
    }
    const value = {
      get first(): string {
        return ran();
      },
      proxy,
      password: proxy,
      array: new Proxy([], { get: ran }),
      list,
      hidden,
      getter,
      own: Own.from(['SECRET']),
      child: Object.create(proxy) as unknown,
      fn: () => 'SECRET',
      toJSON: () => 'SECRET',
      symbol: Symbol('SECRET'),
      date: new Date(0),
      map: new Map([['SECRET', 1]]),
    };
    const before = gate.failures;
    const result = gate.value(value);
    expect(gate.failures).to.equal(before);
    expect(JSON.stringify(result)).not.to.include('SECRET');
    expect(result).to.deep.include({
      first: '[Getter]',
      proxy: '[Proxy]',
      password: '[REDACTED]',
      array: '[Proxy]',
      list: ['ok', '[REDACTED]'],
      hidden: { a: 'b' },
      getter: ['a', '[Getter]'],
      own: ['[REDACTED]'],
      toJSON: '[Function]',
      symbol: 'Symbol([REDACTED])',
      date: '1970-01-01T00:00:00.000Z',
      map: '[Map]',
    });
  });

  it('pollutes no prototype', () => {
    const value = JSON.parse(
      '{"__proto__":{"polluted":"SECRET"},"constructor":{"prototype":{"x":"SECRET"}}}',
    ) as object;
    const result = gate.value(value) as object;
    expect(Object.keys(result)).to.deep.equal(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(result)).to.equal(Object.prototype);
    expect(JSON.stringify(result)).to.equal(
      '{"__proto__":{"polluted":"[REDACTED]"},"constructor":{"prototype":{"x":"[REDACTED]"}}}',
    );
    expect({}).not.to.have.property('polluted');
  });

  it('ends on a cycle and on what is held twice', () => {
    const loop: Record<string, unknown> = { a: ['SECRET'] };
    loop['self'] = loop;
    expect(gate.value(loop)).to.deep.equal({ a: ['[REDACTED]'], self: '[Circular]' });
    let twice: unknown = 'SECRET';
    for (let level = 0; level < 60; level++) twice = [twice, twice];
    expect(JSON.stringify(gate.value(twice))).not.to.include('SECRET');
    const shared = { a: 1 };
    expect(gate.value([shared, shared])).to.deep.equal([shared, shared]);
  });

  it('stands lone surrogates', () => {
    expect(gate.value({ '\ud800': '\udc00 SECRET' })).to.deep.equal({ '\ud800': '\udc00 [REDACTED]' });
  });
});

function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return 'leaf';
  return Object.keys(value).map((key) => [key, shapeOf((value as Record<string, unknown>)[key])]);
}

// A key of three random letters may be one whose value is hidden: `Dsn`.
function withHarmlessKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withHarmlessKeys);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [`${key}zz`, withHarmlessKeys(item)]));
}

describe('the gate on any JSON', () => {
  it('keeps its shape and what it does not replace', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }).map(withHarmlessKeys), (value) => {
        const plain = createGate({ tier: 'full', text: (each) => each.replaceAll('a', 'b') });
        const nothing = createGate({ tier: 'full', text: (each) => each });
        expect(nothing.value(value)).to.equal(value);
        if (JSON.stringify(value).includes('a')) return;
        expect(shapeOf(plain.value([value, 'a']))).to.deep.equal(shapeOf([value, 'a']));
      }),
    );
  });

  it('lets no value of a sensitive key survive, wherever it stands', () => {
    const key = fc.constantFrom('password', 'API_KEY', 'x-api-key', 'Set-Cookie', 'refreshToken', 'ssn', 'credit card');
    const holder = fc.tuple(key, fc.jsonValue()).map(([name, rest]) => ({ [name]: 'hunter2', rest }));
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        holder,
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(fc.string(), tie('tree'), { maxKeys: 3 }),
        holder.map((each) => JSON.stringify(each)),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        expect(JSON.stringify(gate.value(value))).not.to.include('hunter2');
      }),
    );
  });

  it('stands anything', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withSparseArray: true,
      withTypedArray: true,
      withObjectString: true,
    });
    const before = gate.failures;
    fc.assert(fc.property(anything, (value) => void gate.value(value)));
    expect(gate.failures).to.equal(before);
  });
});

describe('what the gate did not look at', () => {
  const counted = (): number => state.guarded['PRIVACY_LIMIT'] ?? 0;

  for (const [title, limits, value] of [
    ['values', { maxNodes: 3 }, [1, 2, 3, 4, 5]],
    ['characters', { maxChars: 10 }, ['12345', '6789012345']],
    ['levels', { maxDepth: 2 }, [[['deep']]]],
  ] as const) {
    it(`is counted: ${title}`, () => {
      const before = counted();
      const shown = createGate({ tier: 'redacted', text, limits }).value(value);
      expect(JSON.stringify(shown)).to.contain('[not checked]');
      expect(counted()).to.equal(before + 1);
    });
  }

  it('is nothing within the bounds', () => {
    const before = counted();
    createGate({ tier: 'redacted', text, limits: { maxDepth: 3 } }).value([[['deep']]]);
    expect(counted()).to.equal(before);
  });
});
