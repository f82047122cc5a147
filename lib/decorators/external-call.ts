import { createDecorator } from './decorator.js';
import { createExternalFacet } from './control-facets.js';
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

/** Options of `ExternalCall`. */
export interface ExternalCallOptions<Args extends unknown[] = never, R = unknown> extends CallOptions<Args, R> {
  /** What is called: `http`, `sql`, `blob`, `filesystem`, … Default `other`. */
  callType?: string;
  /** Who answers: `zendesk`, `postgres`, … */
  provider?: string;
  /** The span's name. Default `Class.method`. */
  name?: string | ((this: never, ...args: Args) => string);
}

/** Options of `ExternalCall` that need no argument of the method. */
export interface StaticExternalCallOptions extends StaticOptions {
  callType?: string;
  provider?: string;
  name?: string;
}

/** What `ExternalCall` takes on a method. */
export interface ExternalCallHooks<
  X1 extends AnyArgs,
  S extends AnyArgs,
  A extends AnyArgs,
  P extends AnyArgs,
  L extends AnyArgs,
  R,
  K,
>
  extends
    SharedHooks<S, A, P, L, R, K>,
    Pick<ExternalCallOptions, 'callType' | 'provider'>,
    Pick<ExternalCallOptions<X1>, 'name'> {}

/** `ExternalCall` with a name or options. */
export interface ExternalCallFactory {
  (): MemberDecorator;
  (name: string): MemberDecorator;
  (options: StaticExternalCallOptions): MemberDecorator;
  <X1 extends AnyArgs, S extends AnyArgs, A extends AnyArgs, P extends AnyArgs, L extends AnyArgs, R, K>(
    options: ExternalCallHooks<X1, S, A, P, L, R, K>,
  ): CheckedDecorator<[X1] | [S] | [A] | [P] | [L], [R] | [K]>;
}

/** `ExternalCall` on functions and blocks. */
export interface ExternalCallFunctions {
  /** Returns a function whose calls are external calls; the given one is untouched. */
  wrap<F extends AnyMethod>(fn: F): F;
  wrap<F extends AnyMethod>(options: string | ExternalCallOptions<Parameters<F>, Awaited<ReturnType<F>>>, fn: F): F;
  /** Runs a block as an external call and returns what it returns. */
  run<R>(options: string | ExternalCallOptions<[], Awaited<R>>, block: Block<R>): R;
}

/**
 * Records a method that leaves the process and is no call to a model: a span of kind client with call type, provider, status
 * (the HTTP status of an answer that has one) and latency, in milliseconds.
 *
 * @throws `DECORATOR_MISPLACED`, `DECORATOR_OPTIONS_INVALID` at decoration time.
 * @example
 * class Tickets {
 *   @ExternalCall({ callType: 'http', provider: 'zendesk' })
 *   load(id: string): Promise<Response> {
 *     return fetch(`https://tickets.example/${id}`);
 *   }
 * }
 */
export const ExternalCall = createDecorator({
  name: 'ExternalCall',
  keys: [...COMMON_KEYS, 'callType', 'provider'],
  createFacet: createExternalFacet,
}) as OnMember & ExternalCallFactory & Refusal<MisplacedOnFieldParameterOrClass> & ExternalCallFunctions;
