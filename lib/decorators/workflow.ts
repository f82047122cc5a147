import { createDecorator } from './decorator.js';
import { createWorkflowFacet } from './facets.js';
import type { Args, WorkflowHooks } from './hooks.js';
import { COMMON_KEYS } from './loose-options.js';
import type { StaticOptions, WorkflowOptions } from './options.js';
import type {
  AnyMethod,
  Block,
  CheckedDecorator,
  MemberDecorator,
  MisplacedOnFieldParameterOrClass,
  OnMember,
  Refusal,
} from './signatures.js';

/** Options of `Workflow` that need no argument of the method. */
export interface StaticWorkflowOptions extends StaticOptions {
  name?: string;
  description?: string;
  runId?: string;
}

/** `Workflow` with a name or options. */
export interface WorkflowFactory {
  (): MemberDecorator;
  (name: string): MemberDecorator;
  (options: StaticWorkflowOptions): MemberDecorator;
  <D extends Args, I extends Args, S extends Args, A extends Args, P extends Args, L extends Args, R, K>(
    options: WorkflowHooks<D, I, S, A, P, L, R, K>,
  ): CheckedDecorator<[D] | [I] | [S] | [A] | [P] | [L], [R] | [K]>;
}

/** `Workflow` on functions and blocks. */
export interface WorkflowFunctions {
  /** Returns a function whose calls are workflows; the given one is untouched. */
  wrap<F extends AnyMethod>(fn: F): F;
  wrap<F extends AnyMethod>(options: string | WorkflowOptions<Parameters<F>, Awaited<ReturnType<F>>>, fn: F): F;
  /** Runs a block as a workflow and returns what it returns. */
  run<R>(options: string | WorkflowOptions<[], Awaited<R>>, block: Block<R>): R;
}

/**
 * Records a method as a workflow: a span `workflow <name>` of level `lifecycle` with `workflow.name`,
 * `project.description` (200 characters at most) and `run.id`, which every span below carries as well.
 *
 * @throws `DECORATOR_MISPLACED`, `DECORATOR_OPTIONS_INVALID` at decoration time.
 * @example
 * class Processor {
 *   @Workflow({ name: 'process tickets', description: (tickets: Ticket[]) => `${tickets.length} tickets` })
 *   async process(tickets: Ticket[]): Promise<Summary[]> {
 *     return await Promise.all(tickets.map((ticket) => summarize(ticket)));
 *   }
 * }
 */
export const Workflow = createDecorator({
  name: 'Workflow',
  keys: [...COMMON_KEYS, 'description', 'runId'],
  createFacet: createWorkflowFacet,
}) as OnMember & WorkflowFactory & Refusal<MisplacedOnFieldParameterOrClass> & WorkflowFunctions;
