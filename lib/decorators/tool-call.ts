import { createDecorator } from './decorator.js';
import { createToolFacet } from './agent-facets.js';
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

/** Options of `ToolCall`. */
export interface ToolCallOptions<Args extends unknown[] = never, R = unknown> extends CallOptions<Args, R> {
  /** The tool's name, from which the span's is made: `execute_tool <name>`. Default the method's name. */
  name?: string;
  /** What kind of tool it is. Default `function`. */
  toolType?: 'function' | 'extension' | 'datastore';
  /** The id by which the model asked for it. */
  callId?: string | ((this: never, ...args: Args) => string | undefined);
  /** What the tool is for. */
  description?: string | ((this: never, ...args: Args) => string | undefined);
}

/** Options of `ToolCall` that need no argument of the method. */
export interface StaticToolCallOptions extends StaticOptions {
  name?: string;
  toolType?: 'function' | 'extension' | 'datastore';
  callId?: string;
  description?: string;
}

/** What `ToolCall` takes on a method. */
export interface ToolCallHooks<
  X1 extends AnyArgs,
  X2 extends AnyArgs,
  S extends AnyArgs,
  A extends AnyArgs,
  P extends AnyArgs,
  L extends AnyArgs,
  R,
  K,
>
  extends
    SharedHooks<S, A, P, L, R, K>,
    Pick<ToolCallOptions, 'name' | 'toolType'>,
    Pick<ToolCallOptions<X1>, 'callId'>,
    Pick<ToolCallOptions<X2>, 'description'> {}

/** `ToolCall` with a name or options. */
export interface ToolCallFactory {
  (): MemberDecorator;
  (name: string): MemberDecorator;
  (options: StaticToolCallOptions): MemberDecorator;
  <
    X1 extends AnyArgs,
    X2 extends AnyArgs,
    S extends AnyArgs,
    A extends AnyArgs,
    P extends AnyArgs,
    L extends AnyArgs,
    R,
    K,
  >(
    options: ToolCallHooks<X1, X2, S, A, P, L, R, K>,
  ): CheckedDecorator<[X1] | [X2] | [S] | [A] | [P] | [L], [R] | [K]>;
}

/** `ToolCall` on functions and blocks. */
export interface ToolCallFunctions {
  /** Returns a function whose calls are runs of a tool; the given one is untouched. */
  wrap<F extends AnyMethod>(fn: F): F;
  wrap<F extends AnyMethod>(options: string | ToolCallOptions<Parameters<F>, Awaited<ReturnType<F>>>, fn: F): F;
  /** Runs a block as the run of a tool and returns what it returns. */
  run<R>(options: string | ToolCallOptions<[], Awaited<R>>, block: Block<R>): R;
}

/**
 * Records a method as a tool that a model or an agent runs: a span `execute_tool <name>`. Arguments and result are kept as
 * content (`args: false`, `result: false` keep none). Names: GenAI semantic conventions 1.41.
 *
 * @throws `DECORATOR_MISPLACED`, `DECORATOR_OPTIONS_INVALID` at decoration time.
 * @example
 * class Toolbox {
 *   @ToolCall({ name: 'search', description: 'Searches the knowledge base' })
 *   async search(query: string): Promise<string[]> {
 *     return await find(query);
 *   }
 * }
 */
export const ToolCall = createDecorator({
  name: 'ToolCall',
  keys: [...COMMON_KEYS, 'toolType', 'callId', 'description'],
  createFacet: createToolFacet,
}) as OnMember & ToolCallFactory & Refusal<MisplacedOnFieldParameterOrClass> & ToolCallFunctions;
