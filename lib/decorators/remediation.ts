import { createDecorator } from './decorator.js';
import { createRemediationFacet } from './control-facets.js';
import type { Args as AnyArgs, SharedHooks } from './hooks.js';
import { COMMON_KEYS } from './loose-options.js';
import type { CallOptions, StaticOptions } from './options.js';
import type {
  AnyMethod,
  Block,
  CheckedDecorator,
  MemberDecorator,
  MisplacedOnFieldParameterOrClass,
  OnMember,
  Refusal,
} from './signatures.js';

/** Options of `Remediation`. */
export interface RemediationOptions<Args extends unknown[] = never, R = unknown> extends CallOptions<Args, R> {
  /** The span's name. Default `remediation`. */
  name?: string | ((this: never, ...args: Args) => string);
  /** How it is mended. */
  strategy?: string | ((this: never, ...args: Args) => string | undefined);
  /** What made it necessary. */
  trigger?: string | ((this: never, ...args: Args) => string | undefined);
  /** Whether it helped. Default the result where it is true or false, its `success`, or that nothing was thrown. */
  success?: (this: never, result: R) => boolean | undefined;
}

/** Options of `Remediation` that need no argument of the method. */
export interface StaticRemediationOptions extends StaticOptions {
  name?: string;
  strategy?: string;
  trigger?: string;
}

/** What `Remediation` takes on a method. */
export interface RemediationHooks<
  X1 extends AnyArgs,
  X2 extends AnyArgs,
  X3 extends AnyArgs,
  S extends AnyArgs,
  A extends AnyArgs,
  P extends AnyArgs,
  L extends AnyArgs,
  Y1,
  R,
  K,
>
  extends
    SharedHooks<S, A, P, L, R, K>,
    Pick<RemediationOptions<X1>, 'name'>,
    Pick<RemediationOptions<X2>, 'strategy'>,
    Pick<RemediationOptions<X3>, 'trigger'>,
    Pick<RemediationOptions<never, Y1>, 'success'> {}

/** `Remediation` with a name or options. */
export interface RemediationFactory {
  (): MemberDecorator;
  (name: string): MemberDecorator;
  (options: StaticRemediationOptions): MemberDecorator;
  <
    X1 extends AnyArgs,
    X2 extends AnyArgs,
    X3 extends AnyArgs,
    S extends AnyArgs,
    A extends AnyArgs,
    P extends AnyArgs,
    L extends AnyArgs,
    Y1,
    R,
    K,
  >(
    options: RemediationHooks<X1, X2, X3, S, A, P, L, Y1, R, K>,
  ): CheckedDecorator<[X1] | [X2] | [X3] | [S] | [A] | [P] | [L], [Y1] | [R] | [K]>;
}

/** `Remediation` on functions and blocks. */
export interface RemediationFunctions {
  /** Returns a function whose calls are remediations; the given one is untouched. */
  wrap<F extends AnyMethod>(fn: F): F;
  wrap<F extends AnyMethod>(options: string | RemediationOptions<Parameters<F>, Awaited<ReturnType<F>>>, fn: F): F;
  /** Runs a block as a remediation and returns what it returns. */
  run<R>(options: string | RemediationOptions<[], Awaited<R>>, block: Block<R>): R;
}

/**
 * Records a method that mends something: a span `remediation` with `remediation.strategy`, `remediation.trigger` and
 * `remediation.success`.
 *
 * @throws `DECORATOR_MISPLACED`, `DECORATOR_OPTIONS_INVALID` at decoration time.
 */
export const Remediation = createDecorator({
  name: 'Remediation',
  keys: [...COMMON_KEYS, 'strategy', 'trigger', 'success'],
  createFacet: createRemediationFacet,
}) as OnMember & RemediationFactory & Refusal<MisplacedOnFieldParameterOrClass> & RemediationFunctions;
