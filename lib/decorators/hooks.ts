import type { CallOptions, CommonOptions, TaskOptions, TracedOptions, WorkflowOptions } from './options.js';

/** What a function in options takes. */
export type Args = unknown[];
type ArgsOption<Key extends 'spanName' | 'attributes' | 'args' | 'links', A extends Args> = Pick<
  CallOptions<A, unknown>,
  Key
>;
type ResultOption<Key extends 'onResult' | 'result', R> = Pick<CallOptions<never, R>, Key>;

// The options as they stand on a method, with a type parameter for each function: of a shared one the compiler keeps the
// first candidate, and two functions that take different numbers of arguments would not compile.

/** What every decorator takes on a method. */
export interface SharedHooks<S extends Args, A extends Args, P extends Args, L extends Args, R, K>
  extends
    CommonOptions,
    ArgsOption<'spanName', S>,
    ArgsOption<'attributes', A>,
    ArgsOption<'args', P>,
    ArgsOption<'links', L>,
    ResultOption<'onResult', R>,
    ResultOption<'result', K> {}

/** What `Traced` takes on a method. */
export interface TracedHooks<N extends Args, S extends Args, A extends Args, P extends Args, L extends Args, R, K>
  extends SharedHooks<S, A, P, L, R, K>, Pick<TracedOptions<N>, 'name'> {}

/** What `Workflow` takes on a method. */
export interface WorkflowHooks<
  D extends Args,
  I extends Args,
  S extends Args,
  A extends Args,
  P extends Args,
  L extends Args,
  R,
  K,
>
  extends
    SharedHooks<S, A, P, L, R, K>,
    Pick<WorkflowOptions, 'name'>,
    Pick<WorkflowOptions<D>, 'description'>,
    Pick<WorkflowOptions<I>, 'runId'> {}

/** What `Task` takes on a method. */
export interface TaskHooks<
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
>
  extends
    SharedHooks<S, A, P, L, R, K>,
    Pick<TaskOptions<I>, 'id'>,
    Pick<TaskOptions<T>, 'type'>,
    Pick<TaskOptions<D>, 'description'>,
    Pick<TaskOptions<never, U>, 'status'>,
    Pick<TaskOptions<never, C>, 'score'> {}
