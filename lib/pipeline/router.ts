import type { Context, SpanContext } from '@opentelemetry/api';
import { trace, TraceFlags } from '@opentelemetry/api';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import { guarded } from '../core/guard.js';
import type { TracingScope } from '../core/scope.js';
import { scopesOf } from '../core/scope.js';
import { noteLevel } from './levels.js';
import type { Pipeline } from './pipeline.js';

interface Listener {
  readonly active: boolean;
  accept(span: ReadableSpan): void;
}

/** Where a span goes, decided when it starts. */
interface Route {
  readonly scopes: readonly TracingScope[];
  readonly isWanted: boolean;
}

const NO_SCOPES: readonly TracingScope[] = [];
const EVERYWHERE: Route = { scopes: NO_SCOPES, isWanted: true };

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
    const scopes = scopesOf(context) ?? NO_SCOPES;
    const isWanted = this.#isWanted && this.#isParentWanted(context);
    this.#isWanted = true;
    if (!isWanted) this.#hasUnwanted = true;
    if (scopes.length > 0 || !isWanted) this.#routes.set(span.spanContext(), { scopes, isWanted });
    noteLevel(span, context);
  }

  onEnd(span: ReadableSpan): void {
    if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) === 0) return;
    const { scopes, isWanted } = this.#routes.get(span.spanContext()) ?? EVERYWHERE;
    // An exclusive scope keeps its spans from what lies outside of it, not from the scopes inside.
    const exclusive = scopes.findLastIndex((scope) => scope.exclusive && scope.active);
    if (isWanted && exclusive === -1) this.#give(this.#pipeline, span);
    for (const capture of this.#captures) this.#give(capture, span);
    for (const [index, scope] of scopes.entries()) {
      if (index >= exclusive || scope.isCapture) this.#give(scope, span);
    }
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
