type Iterator = AsyncIterator<unknown>;

const STEPS = ['next', 'return', 'throw'] as const;

function iteratorOf(value: unknown): Iterator {
  return (value as AsyncIterable<unknown>)[Symbol.asyncIterator]();
}

/**
 * Lets a native promise of an async iterable be iterated as well, so that a caller who was promised either gets it. What is
 * added shows nowhere; whoever awaits the promise gets what it resolves to.
 */
export function asIterable(promise: Promise<unknown>): Promise<unknown> {
  let iterator: Promise<Iterator> | undefined;
  const start = (): Promise<Iterator> => (iterator ??= promise.then(iteratorOf));

  async function step(name: (typeof STEPS)[number], args: readonly unknown[]): Promise<unknown> {
    const source = await start();
    const method = source[name] as ((...values: readonly unknown[]) => unknown) | undefined;
    if (method !== undefined) return Reflect.apply(method, source, args);
    if (name === 'throw') throw args[0];
    return { done: true, value: args[0] };
  }

  const steps = Object.fromEntries(STEPS.map((name) => [name, (...args: unknown[]) => step(name, args)]));
  const hidden = {
    ...steps,
    [Symbol.asyncIterator](): object {
      return { ...hidden };
    },
  };
  for (const key of Reflect.ownKeys(hidden)) {
    Reflect.defineProperty(promise, key, {
      value: Reflect.get(hidden, key),
      enumerable: false,
      configurable: true,
      writable: true,
    });
  }
  return promise;
}
