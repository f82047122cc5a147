/** The context that a standard decorator gets. */
export interface StandardContext {
  readonly kind: string;
  readonly name: string | symbol | undefined;
  addInitializer?(initializer: (this: unknown) => void): void;
}

/** Tells the context of a standard decorator from the second argument of a legacy one. */
export function isStandardContext(value: unknown): value is StandardContext {
  return (
    typeof value === 'object' && value !== null && 'name' in value && typeof Reflect.get(value, 'kind') === 'string'
  );
}

/** Tells whether arguments are those of a decorator in use, and not options. */
export function isApplication(args: readonly unknown[]): boolean {
  const [target, second] = args;
  if (args.length >= 2 && isStandardContext(second)) return true;
  // The legacy emit passes the key of `42() {}` as a number.
  if (args.length >= 2 && ['string', 'symbol', 'number'].includes(typeof second)) return true;
  // A legacy parameter decorator of a constructor gets `undefined` for its key, and a number.
  if (args.length === 3 && second === undefined && typeof args[2] === 'number') return true;
  return args.length === 1 && typeof target === 'function';
}
