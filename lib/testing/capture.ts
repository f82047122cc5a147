import type { Tracer } from '@opentelemetry/api';
import { context } from '@opentelemetry/api';
import { SpanwrightError } from '../core/errors.js';
import type { TracingScope } from '../core/scope.js';
import { withScope } from '../core/scope.js';
import { state } from '../core/state.js';
import type { Engine } from '../pipeline/engine.js';
import { getEngine } from '../pipeline/engine.js';
import type { FinishedSpan } from '../pipeline/finished-span.js';
import { withOrigin } from '../pipeline/projection/origins.js';
import type { EndedSpan } from '../pipeline/projection/project-span.js';
import type { ProjectionRules } from '../pipeline/projection/projection-rules.js';
import { projectSpan } from '../pipeline/projection/project-span.js';
import { EVERY_SPAN } from '../pipeline/selection/selection.js';
import { standardPrivacy } from '../privacy/at-once.js';
import { MissingPackage } from '../pipeline/sdk.js';

/** Spans captured in memory, with their content. */
export interface CapturedSpans {
  /** The spans that ended so far, in the order of their ends, in the `gen-ai` vocabulary at tier `full`. */
  finished(): FinishedSpan[];
  /** Forgets the spans captured so far. */
  reset(): void;
  /** Ends the capture and undoes every registration it made. Spans captured stay readable; twice is harmless. */
  stop(): void;
}

const SHOWS_ALL = {
  content: 'full',
  hidden: new Set<string>(),
  maxContentChars: undefined,
  selection: EVERY_SPAN,
  vocabulary: 'gen-ai',
  resource: undefined,
} as const;

class Capture implements CapturedSpans, TracingScope {
  readonly isCapture = true;
  readonly #engine: Engine;
  readonly #undo: (() => void)[];
  #spans: EndedSpan[] = [];
  #isActive = true;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#undo = [engine.hold()];
    state.contentReaders++;
  }

  get active(): boolean {
    return this.#isActive;
  }

  // Where the spans of a host's provider cannot be seen, the calls inside a scope get theirs from ours.
  get exclusive(): boolean {
    return this.#engine.isHosted && !this.#engine.isAttached;
  }

  listenToAll(): this {
    this.#undo.push(this.#engine.router.addCapture(this));
    return this;
  }

  tracer(): Tracer {
    return this.#engine.tracer();
  }

  wants(): boolean {
    return true;
  }

  accept(span: object): void {
    if (this.#isActive) this.#spans.push(span as EndedSpan);
  }

  finished(): FinishedSpan[] {
    const rules: ProjectionRules = { ...SHOWS_ALL, privacy: standardPrivacy() };
    return this.#spans.map((span) => withOrigin(projectSpan(span, rules), span));
  }

  reset(): void {
    this.#spans = [];
  }

  stop(): void {
    if (!this.#isActive) return;
    this.#isActive = false;
    state.contentReaders--;
    for (const step of this.#undo.toReversed()) step();
  }
}

function engineOfTests(): Engine {
  if (state.isPassThrough) {
    throw new SpanwrightError(
      'HOST_PASS_THROUGH',
      'captureSpans() cannot see a span: got the decorators for browsers and edge runtimes, expected those for Node',
    );
  }
  try {
    return getEngine();
  } catch (error) {
    if (!(error instanceof MissingPackage)) throw error;
    throw new SpanwrightError(
      'HOST_SDK_MISSING',
      `captureSpans() needs packages that are not installed: ${error.packages.join(', ')}`,
      { hint: error.hint, cause: error },
    );
  }
}

async function captureDuring<R>(work: (spans: CapturedSpans) => R): Promise<Awaited<R>> {
  const capture = new Capture(engineOfTests());
  try {
    return await context.with(withScope(context.active(), capture), () => work(capture));
  } finally {
    capture.stop();
  }
}

/**
 * Captures spans in memory, whatever else is configured. Without an argument it sees every span of the process until
 * `stop()`. With a function it sees the spans of that function alone, so that tests may run at the same time.
 *
 * @throws `HOST_SDK_MISSING` naming the packages of the SDK that are not installed; `HOST_PASS_THROUGH` where the test
 * runner resolves `spanwright` for browsers or edge runtimes, whose decorators make no spans.
 *
 * @example
 * const spans = captureSpans();
 * await summarize(ticket);
 * expect(spans).to.have.span('summarize');
 * spans.stop();
 */
export function captureSpans(): CapturedSpans;
export function captureSpans<R>(work: (spans: CapturedSpans) => R): Promise<Awaited<R>>;
export function captureSpans<R>(work?: (spans: CapturedSpans) => R): CapturedSpans | Promise<Awaited<R>> {
  return work === undefined ? new Capture(engineOfTests()).listenToAll() : captureDuring(work);
}
