import { hostileProxy, hugeText, revokedProxy, throwingGetter } from './misbehaviors.js';

/** A value that somebody passes or returns, and how it looks as content (`undefined`: not compared). */
export interface HostileValue {
  readonly name: string;
  readonly value: unknown;
  readonly content?: unknown;
}

function circular(): object {
  const node: Record<string, unknown> = { name: 'node' };
  node['self'] = node;
  node['list'] = [node];
  return node;
}

function refuse(): never {
  throw new TypeError('code of the value was run');
}

function nested(depth: number): object {
  let inner: object = {};
  for (let level = 0; level < depth; level++) inner = { inner };
  return inner;
}

class Account {
  readonly #secret = 'secret';

  get secret(): string {
    return this.#secret || refuse();
  }
}

class OddArray extends Array<number> {
  override [Symbol.iterator](): ArrayIterator<number> {
    return refuse();
  }
}

/** Values that are known to break formatters and serialisers. */
export const HOSTILE_VALUES: readonly HostileValue[] = [
  { name: 'a circular object', value: circular(), content: { name: 'node', self: '[Circular]', list: ['[Circular]'] } },
  { name: 'a BigInt', value: { id: 12n }, content: { id: '12n' } },
  {
    name: 'an object whose toJSON throws',
    value: { toJSON: refuse, kept: 1 },
    content: { toJSON: '[Function]', kept: 1 },
  },
  { name: 'an object whose toString throws', value: { toString: refuse, [Symbol.toPrimitive]: refuse } },
  { name: 'an object whose getter throws', value: throwingGetter(), content: { value: '[Getter]' } },
  { name: 'a proxy whose traps throw', value: hostileProxy(), content: '[Proxy]' },
  { name: 'a revoked proxy', value: revokedProxy(), content: '[Proxy]' },
  { name: 'a proxy deep inside', value: { list: [revokedProxy()] }, content: { list: ['[Proxy]'] } },
  { name: 'an object on a proxy', value: Object.create(hostileProxy()), content: '[Proxy]' },
  { name: 'a symbol', value: Symbol('hostile'), content: 'Symbol(hostile)' },
  { name: '10 MB', value: hugeText() },
  { name: 'an instance with private fields', value: new Account(), content: '[Account]' },
  { name: 'an array with an iterator that throws', value: OddArray.of(1, 2), content: [1, 2] },
  { name: 'an array of four thousand million holes', value: new Array(4_294_967_295) },
  { name: 'a hundred thousand levels', value: nested(100_000) },
  { name: 'an object without a prototype', value: Object.create(null), content: {} },
  { name: 'a class', value: Account, content: '[Function]' },
  { name: 'a frozen object', value: Object.freeze({ a: 1 }), content: { a: 1 } },
  { name: 'a Map', value: new Map([[{}, 1]]), content: '[Map]' },
  { name: 'an invalid Date', value: new Date(Number.NaN), content: '[Invalid Date]' },
  { name: 'bytes', value: Buffer.alloc(3), content: '[Buffer 3 bytes]' },
  { name: 'undefined', value: undefined },
];
