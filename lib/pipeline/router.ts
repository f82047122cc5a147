import type { Context, SpanContext } from '@opentelemetry/api';
import { trace, TraceFlags } from '@opentelemetry/api';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import { guarded } from '../core/guard.js';
import { scopesOf } from '../core/scope.js';
import { state } from '../core/state.js';
import type { Pipeline } from './pipeline.js';
import type { Route } from './selection/route.js';
import { EVERYWHERE, reaches, routeOf } from './selection/route.js';
import { noteStart } from './selection/selection.js';

interface Listener {
  readonly active: boolean;
  accept(span: ReadableSpan): void;
}

/**
 * The one processor for life. What stands behind it is swapped while spans are open: the pipeline of `configureTracing`,
 * the captures that see everything, and the scopes that a context names.
 */
export class SpanRouter implements SpanProcessor {
  #pipeline: Pipeline | undefined;
  readonly #captures = new Set<Listener>();
  readonly #routes = new WeakMap<SpanContext, Route>();
  #isWanted = true;
  #hasUnwanted = false;
  #hasExclusive = false;

  get pipeline(): Pipeline | undefined {
    return this.#pipeline;
  }

  setPipeline(pipeline: Pipeline | undefined): void {
    this.#pipeline = pipeline;
  }

  /** Adds somebody who gets every span; returns the undo. */
  addCapture(capture: Listener): () => void {
    this.#captures.add(capture);
    return () => {
      this.#captures.delete(capture);
    };
  }

  hasCaptures(): boolean {
    return this.#captures.size > 0;
  }

  /** Whether the pipeline's own sampling wants the span that is starting; said by the sampler of our provider. */
  noteSampling(isWanted: boolean): void {
    this.#isWanted = isWanted;
  }

  onStart(span: ReadableSpan, context: Context): void {
    const isWanted = this.#isWanted && this.#isParentWanted(context);
    this.#isWanted = true;
    if (!isWanted) this.#hasUnwanted = true;
    const route = routeOf(scopesOf(context), isWanted);
    if (route !== EVERYWHERE) this.#routes.set(span.spanContext(), route);
    // What hangs under a span of an exclusive scope may start when the scope is no more.
    if (route.exclusive !== -1) this.#hasExclusive = true;
    if (state.levelReaders > 0 || this.#hasExclusive) noteStart(span, context, route);
    if (state.startReaders > 0 && state.openingLevel === 'lifecycle') this.#announce(span, route);
  }

  onEnd(span: ReadableSpan): void {
    if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) === 0) return;
    const route = this.#routes.get(span.spanContext()) ?? EVERYWHERE;
    if (reaches(route, undefined)) this.#give(this.#pipeline, span);
    for (const capture of this.#captures) this.#give(capture, span);
    for (const scope of route.scopes) if (reaches(route, scope)) this.#give(scope, span);
  }

  #announce(span: ReadableSpan, route: Route): void {
    if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) === 0) return;
    guarded('PIPELINE', () => {
      if (reaches(route, undefined)) this.#pipeline?.announce(span);
      for (const scope of route.scopes) if (reaches(route, scope)) scope.announce?.(span);
    });
  }

  #give(target: Listener | undefined, span: ReadableSpan): void {
    if (target?.active === true) guarded('PIPELINE', () => target.accept(span));
  }

  // A span that was recorded for a scope alone must not make its children look sampled to the pipeline.
  #isParentWanted(context: Context): boolean {
    if (!this.#hasUnwanted) return true;
    const parent = trace.getSpanContext(context);
    return parent === undefined || this.#routes.get(parent)?.isWanted !== false;
  }

  // Flush and shutdown belong to the handle: a host that shuts its provider down must not end a pipeline that outlives it.
  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

const DEADLINE_MS = 5000;

/** The processor that an application adds to its own provider: a router with a pipeline of its own. */
export class PipelineProcessor extends SpanRouter {
  constructor(pipeline: Pipeline | undefined) {
    super();
    this.setPipeline(pipeline);
  }

  override async forceFlush(): Promise<void> {
    await this.pipeline?.flush(DEADLINE_MS);
  }

  override async shutdown(): Promise<void> {
    await this.pipeline?.close(DEADLINE_MS);
  }
}
