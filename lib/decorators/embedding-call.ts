import { createDecorator } from './decorator.js';
import type { Args, SharedHooks } from './hooks.js';
import { COMMON_KEYS } from './loose-options.js';
import { createModelFacet } from './model-facet.js';
import type { ModelCallOptions, ModelOptions } from './model-options.js';
import type { StaticOptions } from './options.js';
import { RANK } from './ranks.js';
import type {
  AnyMethod,
  Block,
  CheckedDecorator,
  MemberDecorator,
  MisplacedOnFieldParameterOrClass,
  OnMember,
  Refusal,
} from './signatures.js';

/** Options of `EmbeddingCall` that need no argument of the method. */
export interface StaticEmbeddingCallOptions extends StaticOptions, ModelOptions {
  name?: string;
}

/** What `EmbeddingCall` takes on a method. */
export interface EmbeddingCallHooks<
  N extends Args,
  Q extends Args,
  S extends Args,
  A extends Args,
  P extends Args,
  L extends Args,
  E,
  C,
  R,
  K,
>
  extends
    SharedHooks<S, A, P, L, R, K>,
    ModelOptions,
    Pick<ModelCallOptions<N>, 'name'>,
    Pick<ModelCallOptions<Q>, 'request'>,
    Pick<ModelCallOptions<never, E>, 'extract'>,
    Pick<ModelCallOptions<never, C>, 'cached'> {}

/** `EmbeddingCall` with a span name or options. */
export interface EmbeddingCallFactory {
  (): MemberDecorator;
  (name: string): MemberDecorator;
  (options: StaticEmbeddingCallOptions): MemberDecorator;
  <N extends Args, Q extends Args, S extends Args, A extends Args, P extends Args, L extends Args, E, C, R, K>(
    options: EmbeddingCallHooks<N, Q, S, A, P, L, E, C, R, K>,
  ): CheckedDecorator<[N] | [Q] | [S] | [A] | [P] | [L], [E] | [C] | [R] | [K]>;
}

/** `EmbeddingCall` on functions and blocks. */
export interface EmbeddingCallFunctions {
  /** Returns a function whose calls embed; the given one is untouched. */
  wrap<F extends AnyMethod>(fn: F): F;
  wrap<F extends AnyMethod>(options: string | ModelCallOptions<Parameters<F>, Awaited<ReturnType<F>>>, fn: F): F;
  /** Runs a block as an embedding and returns what it returns. */
  run<R>(options: string | ModelCallOptions<[], Awaited<R>>, block: Block<R>): R;
}

/**
 * Records a method that embeds texts: a span `embeddings <model>` with provider, model, dimensions and token counts.
 * Texts and vectors are not kept; `args: true` keeps the arguments.
 *
 * @throws `DECORATOR_MISPLACED`, `DECORATOR_OPTIONS_INVALID` at decoration time.
 */
export const EmbeddingCall = createDecorator({
  name: 'EmbeddingCall',
  keys: [...COMMON_KEYS, 'provider', 'model', 'request', 'extract', 'cached'],
  createFacet: (options) =>
    createModelFacet(
      { type: 'embedding', rank: RANK.embedding, operation: 'embeddings', callType: 'llm', keepsMessages: false },
      options,
    ),
}) as OnMember & EmbeddingCallFactory & Refusal<MisplacedOnFieldParameterOrClass> & EmbeddingCallFunctions;
