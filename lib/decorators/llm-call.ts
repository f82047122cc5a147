import { createDecorator } from './decorator.js';
import type { Args, SharedHooks } from './hooks.js';
import { COMMON_KEYS } from './loose-options.js';
import { createModelFacet } from './model-facet.js';
import type { LlmCallOptions, ModelOptions, PromptReference } from './model-options.js';
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

/** Options of `LlmCall` that need no argument of the method. */
export interface StaticLlmCallOptions extends StaticOptions, ModelOptions {
  name?: string;
  operation?: LlmCallOptions['operation'];
  prompt?: PromptReference;
}

/** What `LlmCall` takes on a method. */
export interface LlmCallHooks<
  N extends Args,
  Q extends Args,
  M extends Args,
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
    Pick<LlmCallOptions, 'provider' | 'model' | 'operation'>,
    Pick<LlmCallOptions<N>, 'name'>,
    Pick<LlmCallOptions<Q>, 'request'>,
    Pick<LlmCallOptions<M>, 'prompt'>,
    Pick<LlmCallOptions<never, E>, 'extract'>,
    Pick<LlmCallOptions<never, C>, 'cached'> {}

/** `LlmCall` with a span name or options. */
export interface LlmCallFactory {
  (): MemberDecorator;
  (name: string): MemberDecorator;
  (options: StaticLlmCallOptions): MemberDecorator;
  <
    N extends Args,
    Q extends Args,
    M extends Args,
    S extends Args,
    A extends Args,
    P extends Args,
    L extends Args,
    E,
    C,
    R,
    K,
  >(
    options: LlmCallHooks<N, Q, M, S, A, P, L, E, C, R, K>,
  ): CheckedDecorator<[N] | [Q] | [M] | [S] | [A] | [P] | [L], [E] | [C] | [R] | [K]>;
}

/** `LlmCall` on functions and blocks. */
export interface LlmCallFunctions {
  /** Returns a function whose calls are calls to a model; the given one is untouched. */
  wrap<F extends AnyMethod>(fn: F): F;
  wrap<F extends AnyMethod>(options: string | LlmCallOptions<Parameters<F>, Awaited<ReturnType<F>>>, fn: F): F;
  /** Runs a block as a call to a model and returns what it returns. */
  run<R>(options: string | LlmCallOptions<[], Awaited<R>>, block: Block<R>): R;
}

/**
 * Records a method that calls a model: a span `chat <model>` with provider, model, parameters, token counts, finish
 * reasons and cost, found in the request and the answer by their shapes; messages are kept as content. Takes what the
 * providers' SDKs take and return, streams included, a fetch `Response` and parsed JSON. What is not recognised gives a
 * plain span and counts in `health().unrecognisedResponses`. Names: GenAI semantic conventions 1.41.
 *
 * @throws `DECORATOR_MISPLACED`, `DECORATOR_OPTIONS_INVALID` at decoration time.
 * @example
 * class Assistant {
 *   @LlmCall()
 *   chat(request: ChatRequest) {
 *     return openai.chat.completions.create(request);
 *   }
 * }
 */
export const LlmCall = createDecorator({
  name: 'LlmCall',
  keys: [...COMMON_KEYS, 'provider', 'model', 'operation', 'prompt', 'request', 'extract', 'cached'],
  createFacet: (options) =>
    createModelFacet({ type: 'llm', rank: RANK.llm, operation: 'chat', callType: 'llm', keepsMessages: true }, options),
}) as OnMember & LlmCallFactory & Refusal<MisplacedOnFieldParameterOrClass> & LlmCallFunctions;
