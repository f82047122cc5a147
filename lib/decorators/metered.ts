import { createDecorator } from './decorator.js';
import type { Args, SharedHooks } from './hooks.js';
import { COMMON_KEYS } from './loose-options.js';
import { createMeteredFacet } from './metered-facet.js';
import type { InstrumentOptions, MeteredOptions, MetricAttributes } from './metered-options.js';
import type { StaticOptions } from './options.js';
import type {
  AnyMethod,
  Block,
  CheckedDecorator,
  MemberDecorator,
  MisplacedOnFieldParameterOrClass,
  OnMember,
  Refusal,
} from './signatures.js';

/** Options of `Metered` that need no argument of the method. */
export interface StaticMeteredOptions extends Omit<StaticOptions, 'attributes'>, InstrumentOptions {
  name?: string;
  attributes?: MetricAttributes;
}

/** What `Metered` takes on a method. */
export interface MeteredHooks<N extends Args, S extends Args, A extends Args, P extends Args, L extends Args, V, R, K>
  extends
    Omit<SharedHooks<S, never, P, L, R, K>, 'attributes'>,
    InstrumentOptions,
    Pick<MeteredOptions<N>, 'name'>,
    Pick<MeteredOptions<A>, 'attributes'>,
    Pick<MeteredOptions<never, V>, 'value'> {}

/** `Metered` with a span name or options. */
export interface MeteredFactory {
  (): MemberDecorator;
  (name: string): MemberDecorator;
  (options: StaticMeteredOptions): MemberDecorator;
  <N extends Args, S extends Args, A extends Args, P extends Args, L extends Args, V, R, K>(
    options: MeteredHooks<N, S, A, P, L, V, R, K>,
  ): CheckedDecorator<[N] | [S] | [A] | [P] | [L], [V] | [R] | [K]>;
}

/** `Metered` on functions and blocks. */
export interface MeteredFunctions {
  /** Returns a function whose calls are measured; the given one is untouched. */
  wrap<F extends AnyMethod>(fn: F): F;
  wrap<F extends AnyMethod>(options: string | MeteredOptions<Parameters<F>, Awaited<ReturnType<F>>>, fn: F): F;
  /** Runs a block as a measured call and returns what it returns. */
  run<R>(options: string | MeteredOptions<[], Awaited<R>>, block: Block<R>): R;
}

/**
 * Measures the calls of a method while `configureTracing({ metrics })` is on, those that are sampled out as well. Bare it
 * counts them in `spanwright.calls` and their seconds in `spanwright.call.duration`, by `code.function.name` and
 * `spanwright.outcome`. With `counter` or `histogram` it measures calls that ended well, and nothing else. It is a part of
 * the method's one call like every decorator: alone on a method it makes a span as `Traced` does.
 *
 * @throws `DECORATOR_MISPLACED`, `DECORATOR_OPTIONS_INVALID` at decoration time.
 * @example
 * class Desk {
 *   @Metered({ counter: 'tickets.closed', attributes: (queue: string) => ({ queue }) })
 *   async close(queue: string, id: string): Promise<void> {
 *     await archive(queue, id);
 *   }
 * }
 */
export const Metered = createDecorator({
  name: 'Metered',
  keys: [...COMMON_KEYS, 'counter', 'histogram', 'unit', 'description', 'value'],
  createFacet: createMeteredFacet,
}) as OnMember & MeteredFactory & Refusal<MisplacedOnFieldParameterOrClass> & MeteredFunctions;
