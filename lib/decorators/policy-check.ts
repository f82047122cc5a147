import { createDecorator } from './decorator.js';
import { createPolicyFacet } from './control-facets.js';
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

/** Options of `PolicyCheck`. */
export interface PolicyCheckOptions<Args extends unknown[] = never, R = unknown> extends CallOptions<Args, R> {
  /** The span's name. Default `policy_check`. */
  name?: string | ((this: never, ...args: Args) => string);
  /** How many policies are checked. */
  count?: number | ((this: never, ...args: Args) => number | undefined);
  /** The verdict. Default the result where it is true or false, its `passed`, or that nothing is violated. */
  passed?: (this: never, result: R) => boolean | undefined;
  /** How many were violated. Default the length of the result, or its `violations`. */
  violations?: (this: never, result: R) => number | undefined;
}

/** Options of `PolicyCheck` that need no argument of the method. */
export interface StaticPolicyCheckOptions extends StaticOptions {
  name?: string;
  count?: number;
}

/** What `PolicyCheck` takes on a method. */
export interface PolicyCheckHooks<
  X1 extends AnyArgs,
  X2 extends AnyArgs,
  S extends AnyArgs,
  A extends AnyArgs,
  P extends AnyArgs,
  L extends AnyArgs,
  Y1,
  Y2,
  R,
  K,
>
  extends
    SharedHooks<S, A, P, L, R, K>,
    Pick<PolicyCheckOptions<X1>, 'name'>,
    Pick<PolicyCheckOptions<X2>, 'count'>,
    Pick<PolicyCheckOptions<never, Y1>, 'passed'>,
    Pick<PolicyCheckOptions<never, Y2>, 'violations'> {}

/** `PolicyCheck` with a name or options. */
export interface PolicyCheckFactory {
  (): MemberDecorator;
  (name: string): MemberDecorator;
  (options: StaticPolicyCheckOptions): MemberDecorator;
  <
    X1 extends AnyArgs,
    X2 extends AnyArgs,
    S extends AnyArgs,
    A extends AnyArgs,
    P extends AnyArgs,
    L extends AnyArgs,
    Y1,
    Y2,
    R,
    K,
  >(
    options: PolicyCheckHooks<X1, X2, S, A, P, L, Y1, Y2, R, K>,
  ): CheckedDecorator<[X1] | [X2] | [S] | [A] | [P] | [L], [Y1] | [Y2] | [R] | [K]>;
}

/** `PolicyCheck` on functions and blocks. */
export interface PolicyCheckFunctions {
  /** Returns a function whose calls are checks of policies; the given one is untouched. */
  wrap<F extends AnyMethod>(fn: F): F;
  wrap<F extends AnyMethod>(options: string | PolicyCheckOptions<Parameters<F>, Awaited<ReturnType<F>>>, fn: F): F;
  /** Runs a block as a check of policies and returns what it returns. */
  run<R>(options: string | PolicyCheckOptions<[], Awaited<R>>, block: Block<R>): R;
}

/**
 * Records a method that checks policies: a span `policy_check` with `policy.count`, `policy.passed` and `policy.violations`.
 * A refusal is an answer: `policy.passed` is false and the span has not failed.
 *
 * @throws `DECORATOR_MISPLACED`, `DECORATOR_OPTIONS_INVALID` at decoration time.
 */
export const PolicyCheck = createDecorator({
  name: 'PolicyCheck',
  keys: [...COMMON_KEYS, 'count', 'passed', 'violations'],
  createFacet: createPolicyFacet,
}) as OnMember & PolicyCheckFactory & Refusal<MisplacedOnFieldParameterOrClass> & PolicyCheckFunctions;
