import { createDecorator } from './decorator.js';
import { createRetrievalFacet } from './agent-facets.js';
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

/** Options of `RetrievalCall`. */
export interface RetrievalCallOptions<Args extends unknown[] = never, R = unknown> extends CallOptions<Args, R> {
  /** The store that is searched, from which the span's name is made: `retrieval <dataSource>`. */
  dataSource?: string;
  /** Who runs the store. */
  provider?: string;
  /** The span's name. */
  name?: string | ((this: never, ...args: Args) => string);
  /** How many documents are asked for. */
  topK?: number | ((this: never, ...args: Args) => number | undefined);
  /** Picks the query. Default the first argument where it is a text. */
  query?: (this: never, ...args: Args) => string | undefined;
  /** Picks the list of documents. Default the result, or its `documents`, `results`, `matches` or `hits`. */
  documents?: (this: never, result: R) => unknown;
}

/** Options of `RetrievalCall` that need no argument of the method. */
export interface StaticRetrievalCallOptions extends StaticOptions {
  dataSource?: string;
  provider?: string;
  name?: string;
  topK?: number;
}

/** What `RetrievalCall` takes on a method. */
export interface RetrievalCallHooks<
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
    Pick<RetrievalCallOptions, 'dataSource' | 'provider'>,
    Pick<RetrievalCallOptions<X1>, 'name'>,
    Pick<RetrievalCallOptions<X2>, 'topK'>,
    Pick<RetrievalCallOptions<X3>, 'query'>,
    Pick<RetrievalCallOptions<never, Y1>, 'documents'> {}

/** `RetrievalCall` with a name or options. */
export interface RetrievalCallFactory {
  (): MemberDecorator;
  (name: string): MemberDecorator;
  (options: StaticRetrievalCallOptions): MemberDecorator;
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
    options: RetrievalCallHooks<X1, X2, X3, S, A, P, L, Y1, R, K>,
  ): CheckedDecorator<[X1] | [X2] | [X3] | [S] | [A] | [P] | [L], [Y1] | [R] | [K]>;
}

/** `RetrievalCall` on functions and blocks. */
export interface RetrievalCallFunctions {
  /** Returns a function whose calls are retrievals; the given one is untouched. */
  wrap<F extends AnyMethod>(fn: F): F;
  wrap<F extends AnyMethod>(options: string | RetrievalCallOptions<Parameters<F>, Awaited<ReturnType<F>>>, fn: F): F;
  /** Runs a block as a retrieval and returns what it returns. */
  run<R>(options: string | RetrievalCallOptions<[], Awaited<R>>, block: Block<R>): R;
}

/**
 * Records a method that searches for documents: a span `retrieval <dataSource>` of kind client. Query and documents are kept
 * as content: id, score, text and metadata of each. Names: GenAI semantic conventions 1.41.
 *
 * @throws `DECORATOR_MISPLACED`, `DECORATOR_OPTIONS_INVALID` at decoration time.
 */
export const RetrievalCall = createDecorator({
  name: 'RetrievalCall',
  keys: [...COMMON_KEYS, 'dataSource', 'provider', 'topK', 'query', 'documents'],
  createFacet: createRetrievalFacet,
}) as OnMember & RetrievalCallFactory & Refusal<MisplacedOnFieldParameterOrClass> & RetrievalCallFunctions;
