import type { HeadSampling } from './head-sampling.js';
import type { Logger } from './logger.js';

/** How calls ended so far; `opened = ok + error + cancelled + abandoned + live` at every moment. */
export interface CallCounts {
  opened: number;
  ok: number;
  error: number;
  cancelled: number;
  abandoned: number;
}

/** Where a thrown error is written: a span event, a log record, or both (`OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN`). */
export type ExceptionSignal = 'event' | 'log' | 'both';

/** Looks at starting spans: a span of the SDK, its context, and where it goes (`pipeline/selection/route.ts`). */
export interface StartListener {
  note(span: object, context: object, route: object): void;
}

/** That metrics are on, and what stands behind them. */
export interface MetricsSwitch {
  /** The meter provider that we registered; undefined where the application's own is in use. */
  readonly provider: unknown;
  /** True once something was measured that was not flushed since. */
  hasNews: boolean;
}

/**
 * What every copy of the package in one process shares (the ESM and the CommonJS build, two versions in one tree).
 * Copies of other versions read this, so fields are added and never change their meaning.
 */
export interface SharedState {
  /** Wrapper function to its plan. A WeakMap, because a property would be copied along by other people's wrappers. */
  readonly plans: WeakMap<object, unknown>;
  /** Content of a call by its span context; joined with the facts on export only. */
  readonly content: WeakMap<object, Record<string, unknown>>;
  /** Error objects whose exception was written already. */
  readonly reported: WeakSet<object>;
  readonly counts: CallCounts;
  readonly guarded: Record<string, number>;
  /** Calls to models whose answer had no shape that is known. */
  unrecognisedResponses: number;
  readonly warned: Set<string>;
  /** The calls that wait for a result, as a list through the calls; owned by `calls/live.ts`. */
  readonly waiting: { head: unknown; stopSweeping: (() => void) | undefined };
  /** Pipelines of ours that receive spans without a global provider; above 0 the wrappers look for a tracer. */
  activeScopes: number;
  /** Called when `activeScopes` grows: an idle wrapper of another copy does not look at it. */
  readonly wakers: Set<() => void>;
  /** Destinations and captures that want content; at 0 nothing is copied. */
  contentReaders: number;
  /** Destinations that show digests alone; at 0 nothing is copied only to be digested. */
  digestReaders: number;
  /** Hides what a text shows of secrets and personal data; set by `privacy`, replaced by `configureTracing`. */
  hideText: ((text: string) => string) | undefined;
  /** What `hideText` is made of: the rules of every configuration that is in force, by who holds them. */
  readonly hiders: Map<unknown, (text: string) => string>;
  /** Puts gated content on a span that is about to end, where `contentOnSpan` asks for it. */
  putContentOnSpan: ((span: object) => void) | undefined;
  /** Destinations that leave spans out; at 0 nobody notes where spans stand. */
  levelReaders: number;
  /** Destinations that want to hear of the start of workflows. */
  startReaders: number;
  /** What asynchronous calls wait for, where a destination slows them down (`onFull: 'slow'`). */
  readonly pressures: Set<() => Promise<void> | undefined>;
  /** What is delivered before the process is gone; owned by `pipeline/leaving.ts`. */
  readonly leaving: { readonly leavers: Map<unknown, unknown>; stop: (() => void) | undefined };
  /** Who decides for destinations on each span that starts; owned by `pipeline/selection`. */
  readonly selections: Set<StartListener>;
  /** Granularity of the span that a call is starting at this moment; the span router reads it. */
  openingLevel: string | undefined;
  /** Decides on calls that are sampled out, while our provider is registered. */
  headSampling: HeadSampling | undefined;
  /** The price table in force; its shape is that of `genai/pricing.ts`. */
  prices: unknown;
  /** Set by `configureTracing({ metrics })`; while it is undefined nothing is measured. */
  metrics: MetricsSwitch | undefined;
  exceptionSignal: ExceptionSignal;
  maxCaptureBytes: number;
  logger: Logger | undefined;
  /** True where the build for browsers and edge runtimes is loaded: its decorators leave methods as they are. */
  isPassThrough: boolean;
  /** Called when calls meet another registered provider, so that the pipeline joins it. */
  onProviderChange: (() => void) | undefined;
  /** The one span router and provider for the life of the process, owned by `pipeline`. */
  engine: unknown;
  /** The current handle of `configureTracing`, owned by `start.ts`. */
  tracing: unknown;
  /** The ledger in force and what audited calls share, owned by `audit/current-ledger.ts`; undefined until it is used. */
  audit: unknown;
}

const KEY = Symbol.for('spanwright.state.1');

function createState(): SharedState {
  return {
    plans: new WeakMap(),
    content: new WeakMap(),
    reported: new WeakSet(),
    counts: { opened: 0, ok: 0, error: 0, cancelled: 0, abandoned: 0 },
    guarded: Object.create(null) as Record<string, number>,
    unrecognisedResponses: 0,
    warned: new Set(),
    waiting: { head: undefined, stopSweeping: undefined },
    activeScopes: 0,
    wakers: new Set(),
    contentReaders: 0,
    digestReaders: 0,
    hideText: undefined,
    hiders: new Map(),
    putContentOnSpan: undefined,
    levelReaders: 0,
    startReaders: 0,
    pressures: new Set(),
    leaving: { leavers: new Map(), stop: undefined },
    selections: new Set(),
    openingLevel: undefined,
    headSampling: undefined,
    prices: undefined,
    metrics: undefined,
    exceptionSignal: 'event',
    maxCaptureBytes: 1_048_576,
    logger: undefined,
    isPassThrough: false,
    onProviderChange: undefined,
    engine: undefined,
    tracing: undefined,
    audit: undefined,
  };
}

const home = globalThis as { [KEY]?: SharedState };

/** The state shared by all copies of the package in this process. */
export const state: SharedState = (home[KEY] ??= createState());
