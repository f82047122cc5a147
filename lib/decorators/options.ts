import type { Link } from '@opentelemetry/api';
import type { Granularity } from '../calls/facet.js';
import type { TracingTarget } from '../core/scope.js';
import type { ContentTier } from '../privacy/tiers.js';

/** What an attribute may be. Arrays hold one type; `undefined` means "no attribute". */
export type AttributeInput =
  | string
  | number
  | boolean
  | readonly string[]
  | readonly number[]
  | readonly boolean[]
  | undefined;

/** Attributes by name. */
export type AttributeInputs = Readonly<Record<string, AttributeInput>>;

/** A class of errors, for `expectedErrors`. */
export type ErrorClass = abstract new (...args: never[]) => unknown;

/** Options that need no argument of the method. */
export interface CommonOptions {
  /** OTel span kind. Default `internal`. */
  kind?: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  /** Starts a new trace instead of a child of the span around. Default false. */
  root?: boolean;
  /**
   * The most that any destination sees of the call's content: `none`, `digest`, `redacted` or `full`. It lowers a
   * destination's tier and never raises it. Default: the destination's.
   */
  content?: ContentTier;
  /** The level at which destinations with a coarser `granularity` still take the span. */
  granularity?: Granularity;
  /** Errors that are an answer and no failure: status unset, `error.type` set, no exception event. A list of classes, or a test. */
  expectedErrors?: readonly ErrorClass[] | ((error: unknown) => boolean);
  /** A tracing of its own (`createTracing`) that gets the span as well; calls below inherit it. `self` is `this` of the call. */
  tracing?: TracingTarget | ((self: never) => TracingTarget | undefined);
}

/** Options whose functions see the call: `Args` its arguments, `R` what it returns or resolves to. `this` is that of the call. */
export interface CallOptions<Args extends unknown[], R> extends CommonOptions {
  /** The span's name, as it is or made from the arguments. Keep the number of different names low. */
  spanName?: string | ((this: never, ...args: Args) => string);
  /** Attributes known beforehand, or made from the arguments. On the span as given: mind what you put there. */
  attributes?: AttributeInputs | ((this: never, ...args: Args) => AttributeInputs | undefined);
  /** Makes attributes from the value returned or resolved to; for a stream when it is returned, before it is read. */
  onResult?: (this: never, result: R) => AttributeInputs | undefined | void;
  /** Keeps a copy of the arguments as content: `true` for all, or a function that picks. Off by default. */
  args?: boolean | ((this: never, ...args: Args) => unknown);
  /** Keeps a copy of the result as content: `true` for all (of a stream, its items), or a function that picks. Off by default. */
  result?: boolean | ((this: never, result: R) => unknown);
  /** Links to other spans, or a function of the arguments that gives them. */
  links?: readonly Link[] | ((this: never, ...args: Args) => readonly Link[]);
}

/** Options of `Traced` on a method, a getter, a function or a block. */
export interface TracedOptions<Args extends unknown[] = never, R = unknown> extends CallOptions<Args, R> {
  /** The span's name, as it is or made from the arguments. Default `Class.method`. */
  name?: string | ((this: never, ...args: Args) => string);
}

/** Which methods a class decorator takes: names, or a pattern that names match. */
export type MemberFilter = readonly (string | symbol)[] | RegExp;

/** Options that fit any target, a class included, because no function in them needs the method's arguments. */
export interface StaticOptions extends CommonOptions {
  /** The span's name. */
  spanName?: string;
  /** Attributes known beforehand. On the span as given: mind what you put there. */
  attributes?: AttributeInputs;
  /** Keeps a copy of all arguments as content. Off by default. */
  args?: boolean;
  /** Keeps a copy of the result as content; of a stream, its items. Off by default. */
  result?: boolean;
  /** Links to other spans. */
  links?: readonly Link[];
  /** Only beside functions whose types are known: see `CallOptions`. */
  onResult?: never;
}

/** Options of `Traced` that fit a class, too. */
export interface StaticTracedOptions extends StaticOptions {
  /** On a method the span's name; on a class it stands for the class in `Class.method`. */
  name?: string;
  /** On a class: only these methods. Default all own methods and statics. */
  include?: MemberFilter;
  /** On a class: not these methods. */
  exclude?: MemberFilter;
}

/** Options of `Workflow`. */
export interface WorkflowOptions<Args extends unknown[] = never, R = unknown> extends CallOptions<Args, R> {
  /** The workflow's name, from which the span's is made: `workflow <name>`. Default `Class.method`. */
  name?: string;
  /** What the workflow is for; cut at 200 characters. */
  description?: string | ((this: never, ...args: Args) => string | undefined);
  /** The run's id, seen by every span below. Default the one of `withContext`, else a random UUID. */
  runId?: string | ((this: never, ...args: Args) => string | undefined);
}

/** Options of `Task`. */
export interface TaskOptions<Args extends unknown[] = never, R = unknown> extends CallOptions<Args, R> {
  /** The task's id. */
  id?: string | ((this: never, ...args: Args) => string | undefined);
  /** The task's type, from which the span's name is made: `task <type>`. Default `Class.method`. */
  type?: string | ((this: never, ...args: Args) => string | undefined);
  /** What the task is; cut at 200 characters. */
  description?: string | ((this: never, ...args: Args) => string | undefined);
  /** How the task ended, from its result. Default `completed`; `failed` on an error, `cancelled` on a cancel. */
  status?: (this: never, result: R) => string | undefined;
  /** How good the result is. No attribute when there is none, never 0 instead. */
  score?: (this: never, result: R) => number | undefined;
}
