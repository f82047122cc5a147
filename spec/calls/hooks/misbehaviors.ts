/** What an option's function should have given. */
export type Wanted = 'text' | 'number' | 'attributes' | 'content' | 'links' | 'tracing' | 'verdict';

/** Something that a user's function does and should not. */
export interface Misbehavior {
  readonly name: string;
  readonly act: () => unknown;
  /** Where it is a fine answer and nothing to count. */
  readonly fits: readonly Wanted[];
}

function refuse(): never {
  throw new TypeError('a trap was run');
}

const TRAPS: ProxyHandler<object> = {
  get: refuse,
  has: refuse,
  ownKeys: refuse,
  getPrototypeOf: refuse,
  getOwnPropertyDescriptor: refuse,
  set: refuse,
  defineProperty: refuse,
};

/** A proxy that throws whatever is done to it. */
export function hostileProxy(): object {
  return new Proxy({}, TRAPS);
}

/** A proxy that nothing can be done to any more. */
export function revokedProxy(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

/** An object with a getter that throws. */
export function throwingGetter(): object {
  return {
    get value(): string {
      throw new TypeError('the getter was run');
    },
  };
}

/** A text of 10 MB, a new one each time. */
export function hugeText(): string {
  return 'x'.repeat(10_485_760);
}

function block(durationMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, durationMs);
}

const ANYTHING: readonly Wanted[] = ['content', 'verdict'];

/** Every way in which a function of an option is known to go wrong. */
export const MISBEHAVIORS: readonly Misbehavior[] = [
  {
    name: 'throws',
    act: () => {
      throw new Error('the hook failed');
    },
    fits: [],
  },
  {
    name: 'throws undefined',
    act: () => {
      // eslint-disable-next-line no-throw-literal, typescript/only-throw-error
      throw undefined;
    },
    fits: [],
  },
  {
    name: 'takes 50 ms',
    act: () => block(50),
    fits: ['text', 'number', 'attributes', 'content', 'links', 'tracing', 'verdict'],
  },
  { name: 'returns an object whose getter throws', act: throwingGetter, fits: ANYTHING },
  { name: 'returns a promise that rejects', act: () => Promise.reject(new Error('the hook rejected')), fits: [] },
  { name: 'returns a proxy whose traps throw', act: hostileProxy, fits: ANYTHING },
  { name: 'returns a revoked proxy', act: revokedProxy, fits: ANYTHING },
  { name: 'returns a symbol', act: () => Symbol('answer'), fits: ANYTHING },
  { name: 'returns 10 MB', act: hugeText, fits: ['text', 'content', 'verdict'] },
];
