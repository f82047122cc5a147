import type { Context, SpanContext } from '@opentelemetry/api';
import { TraceFlags } from '@opentelemetry/api';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import { guarded } from '../core/guard.js';
import type { TracingScope } from '../core/scope.js';
import { scopesOf } from '../core/scope.js';
import { noteLevel } from './levels.js';
import type { Pipeline } from './pipeline.js';

type Listener = Pick<TracingScope, 'accept' | 'active'>;

/**
 * The one processor for life. What stands behind it is swapped while spans are open: the pipeline of `configureTracing`,
 * the captures that see everything, and the scopes that a context names.
 */
export class SpanRouter implements SpanProcessor {
  #pipeline: Pipeline | undefined;
  readonly #captures = new Set<Listener>();
  readonly #routes = new WeakMap<SpanContext, readonly TracingScope[]>();

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

  onStart(span: ReadableSpan, context: Context): void {
    const scopes = scopesOf(context);
    if (scopes !== undefined) this.#routes.set(span.spanContext(), scopes);
    noteLevel(span, context);
  }

  onEnd(span: ReadableSpan): void {
    if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) === 0) return;
    const scopes = this.#routes.get(span.spanContext());
    const exclusive = scopes?.findLast((scope) => scope.exclusive && scope.active);
    if (exclusive !== undefined) {
      guarded('PIPELINE', () => exclusive.accept(span));
      return;
    }
    if (this.#pipeline !== undefined) guarded('PIPELINE', () => this.#pipeline?.accept(span));
    for (const capture of this.#captures) guarded('PIPELINE', () => capture.accept(span));
    for (const scope of scopes ?? []) {
      if (scope.active) guarded('PIPELINE', () => scope.accept(span));
    }
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
