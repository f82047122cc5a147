import { createDecorator } from './decorator.js';
import { createAgentFacet } from './agent-facets.js';
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

/** Options of `AgentCall`. */
export interface AgentCallOptions<Args extends unknown[] = never, R = unknown> extends CallOptions<Args, R> {
  /** The agent's name, from which the span's is made: `invoke_agent <name>`. Default `Class.method`. */
  name?: string;
  /** Who hosts the agent, where it runs elsewhere; the span is then of kind client. */
  provider?: string;
  /** The agent's version. */
  version?: string;
  /** The agent's stable id at its host. */
  id?: string | ((this: never, ...args: Args) => string | undefined);
  /** What the agent is for. */
  description?: string | ((this: never, ...args: Args) => string | undefined);
}

/** Options of `AgentCall` that need no argument of the method. */
export interface StaticAgentCallOptions extends StaticOptions {
  name?: string;
  provider?: string;
  version?: string;
  id?: string;
  description?: string;
}

/** What `AgentCall` takes on a method. */
export interface AgentCallHooks<
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
    Pick<AgentCallOptions, 'name' | 'provider' | 'version'>,
    Pick<AgentCallOptions<X1>, 'id'>,
    Pick<AgentCallOptions<X2>, 'description'> {}

/** `AgentCall` with a name or options. */
export interface AgentCallFactory {
  (): MemberDecorator;
  (name: string): MemberDecorator;
  (options: StaticAgentCallOptions): MemberDecorator;
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
    options: AgentCallHooks<X1, X2, S, A, P, L, R, K>,
  ): CheckedDecorator<[X1] | [X2] | [S] | [A] | [P] | [L], [R] | [K]>;
}

/** `AgentCall` on functions and blocks. */
export interface AgentCallFunctions {
  /** Returns a function whose calls are runs of an agent; the given one is untouched. */
  wrap<F extends AnyMethod>(fn: F): F;
  wrap<F extends AnyMethod>(options: string | AgentCallOptions<Parameters<F>, Awaited<ReturnType<F>>>, fn: F): F;
  /** Runs a block as a run of an agent and returns what it returns. */
  run<R>(options: string | AgentCallOptions<[], Awaited<R>>, block: Block<R>): R;
}

/**
 * Records a method as a run of an agent: a span `invoke_agent <name>` of level `rows`. Arguments and result are kept as
 * content (`args: false`, `result: false` keep none). Token counts stay on the calls to models below it.
 * Names: GenAI semantic conventions 1.41.
 *
 * @throws `DECORATOR_MISPLACED`, `DECORATOR_OPTIONS_INVALID` at decoration time.
 * @example
 * class Triage {
 *   @AgentCall({ name: 'triage' })
 *   async run(ticket: Ticket): Promise<Summary> {
 *     return await summarize(ticket);
 *   }
 * }
 */
export const AgentCall = createDecorator({
  name: 'AgentCall',
  keys: [...COMMON_KEYS, 'provider', 'version', 'id', 'description'],
  createFacet: createAgentFacet,
}) as OnMember & AgentCallFactory & Refusal<MisplacedOnFieldParameterOrClass> & AgentCallFunctions;
