import { createDecorator } from './decorator.js';
import { createTaskFacet } from './facets.js';
import type { Args, TaskHooks } from './hooks.js';
import { COMMON_KEYS } from './loose-options.js';
import type { StaticOptions, TaskOptions } from './options.js';
import type {
  AnyMethod,
  Block,
  CheckedDecorator,
  MemberDecorator,
  MisplacedOnFieldParameterOrClass,
  OnMember,
  Refusal,
} from './signatures.js';

/** Options of `Task` that need no argument of the method. */
export interface StaticTaskOptions extends StaticOptions {
  id?: string;
  type?: string;
  description?: string;
}

/** `Task` with a type or options. */
export interface TaskFactory {
  (): MemberDecorator;
  (type: string): MemberDecorator;
  (options: StaticTaskOptions): MemberDecorator;
  <
    I extends Args,
    T extends Args,
    D extends Args,
    S extends Args,
    A extends Args,
    P extends Args,
    L extends Args,
    U,
    C,
    R,
    K,
  >(
    options: TaskHooks<I, T, D, S, A, P, L, U, C, R, K>,
  ): CheckedDecorator<[I] | [T] | [D] | [S] | [A] | [P] | [L], [U] | [C] | [R] | [K]>;
}

/** `Task` on functions and blocks. */
export interface TaskFunctions {
  /** Returns a function whose calls are tasks; the given one is untouched. */
  wrap<F extends AnyMethod>(fn: F): F;
  wrap<F extends AnyMethod>(options: string | TaskOptions<Parameters<F>, Awaited<ReturnType<F>>>, fn: F): F;
  /** Runs a block as a task and returns what it returns. */
  run<R>(options: string | TaskOptions<[], Awaited<R>>, block: Block<R>): R;
}

/**
 * Records a method as a task: a span `task <type>` of level `rows` with `task.id`, `task.type`, `task.description`
 * (200 characters at most), `task.status` and, when there is one, `task.score`. Each is a value or a function.
 *
 * @throws `DECORATOR_MISPLACED`, `DECORATOR_OPTIONS_INVALID` at decoration time.
 * @example
 * class Reviewer {
 *   @Task({ type: 'review', id: (ticket: Ticket) => ticket.id, score: (review: Review) => review.score })
 *   async review(ticket: Ticket): Promise<Review> {
 *     return { score: ticket.text.length };
 *   }
 * }
 */
export const Task = createDecorator({
  name: 'Task',
  keys: [...COMMON_KEYS.filter((key) => key !== 'name'), 'id', 'type', 'description', 'status', 'score'],
  createFacet: createTaskFacet,
  shorthand: 'type',
}) as OnMember & TaskFactory & Refusal<MisplacedOnFieldParameterOrClass> & TaskFunctions;
