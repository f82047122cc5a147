import type { Tracer } from '@opentelemetry/api';
import { ROOT_CONTEXT, SpanKind } from '@opentelemetry/api';
import type { ReadableSpan, Sampler } from '@opentelemetry/sdk-trace';
import type { Warning } from '../core/diagnostics.js';
import { warn } from '../core/diagnostics.js';
import type { TracingScope } from '../core/scope.js';
import { publishScope } from '../core/scope.js';
import { state } from '../core/state.js';
import type { Engine } from './engine.js';
import type { ScopedTracing, TracingStatus } from './handle.js';
import type { Pipeline } from './pipeline.js';
import type { FlushReport } from './report.js';
import { createSampler } from './sampler.js';
import type { Running, SessionFacts } from './session.js';
import { deliverBeforeLeaving } from './leaving.js';
import { HOST_DECIDES, Session } from './session.js';

/** What a scoped tracing needs to start. */
export interface ScopedSettings {
  readonly exclusive: boolean;
  readonly enabled: boolean;
  /** Said at the first start. */
  readonly warnings: readonly Warning[];
  /** Share of new traces that is kept, 0–1. */
  readonly ratio: number;
  /** The engine, or undefined when a package is missing (it was said then). */
  readonly findEngine: () => Engine | undefined;
  readonly createPipeline: (engine: Engine, scope: TracingScope) => Pipeline;
  /** Called when a signal is about to end the process. */
  readonly end: () => void;
}

/** The handle of `createTracing` and the scope that decorators enter. States: idle → running → closed. */
export class ScopedSession extends Session implements ScopedTracing, TracingScope {
  readonly isCapture = false;
  readonly #settings: ScopedSettings;
  #sampler: Sampler | undefined;
  #isClosed = false;
  #wasStarted = false;
  // Destinations that could not be made, and nothing else is there.
  #missing: TracingStatus['skipped'] | undefined;

  constructor(facts: SessionFacts, settings: ScopedSettings) {
    super(facts, undefined);
    this.#settings = settings;
    publishScope(this, this);
  }

  get active(): boolean {
    return this.running !== undefined && !this.#isClosed;
  }

  // Where the spans of a host's provider cannot be seen, the calls inside get theirs from ours.
  get exclusive(): boolean {
    const engine = this.running?.engine;
    return this.#settings.exclusive || (engine?.isHosted === true && !engine.isAttached);
  }

  start(): this {
    if (this.#wasStarted || this.#isClosed) return this;
    this.#wasStarted = true;
    for (const warning of this.#settings.warnings) warn(warning);
    if (this.#settings.enabled) {
      const engine = this.#settings.findEngine();
      if (engine === undefined) this.#missing = [];
      else this.running = this.#run(engine);
    }
    return this;
  }

  override status(): TracingStatus {
    const status = super.status();
    if (this.#missing === undefined) return status;
    return { ...status, reason: 'a package is missing', skipped: [...status.skipped, ...this.#missing] };
  }

  close(deadlineMs?: number): Promise<FlushReport> {
    return this.shutdown(deadlineMs);
  }

  override shutdown(deadlineMs?: number): Promise<FlushReport> {
    this.#isClosed = true;
    return super.shutdown(deadlineMs);
  }

  tracer(): Tracer | undefined {
    return this.running?.engine.tracer();
  }

  wants(traceId: string): boolean {
    const decided = this.#sampler?.shouldSample(ROOT_CONTEXT, traceId, '', SpanKind.INTERNAL, {}, []);
    return decided !== undefined && decided.decision !== this.running?.engine.sdk.trace.SamplingDecision.NOT_RECORD;
  }

  // A span may have been recorded for others alone; by its trace id the decision is the same for the whole trace.
  accept(span: ReadableSpan): void {
    if (this.wants(span.spanContext().traceId)) this.running?.pipeline.accept(span);
  }

  announce(span: ReadableSpan): void {
    if (this.wants(span.spanContext().traceId)) this.running?.pipeline.announce(span);
  }

  #run(engine: Engine): Running | undefined {
    const pipeline = this.#settings.createPipeline(engine, this);
    if (pipeline.isEmpty) {
      this.#missing = pipeline.missing;
      void pipeline.close(0);
      return undefined;
    }
    const release = engine.isHosted ? engine.hold() : engine.holdContext();
    this.#sampler = createSampler(engine.sdk, { kind: 'ratio', ratio: this.#settings.ratio });
    const onDelivered = deliverBeforeLeaving(pipeline, this.#settings.end);
    state.activeScopes++;
    for (const wake of state.wakers) wake();
    const stop = (): void => {
      state.activeScopes--;
      release();
    };
    return { engine, pipeline, ineffectiveInHost: HOST_DECIDES, stop, onDelivered };
  }
}
