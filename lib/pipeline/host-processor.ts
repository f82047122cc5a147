import type { Context } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { warnOnce } from '../core/diagnostics.js';
import type { Pipeline } from './pipeline.js';
import { PipelineProcessor } from './router.js';
import { deliverBeforeLeaving } from './leaving.js';

function isReadable(span: ReadableSpan): boolean {
  const { attributes, startTime } = span as Partial<ReadableSpan>;
  return Array.isArray(startTime) && typeof attributes === 'object';
}

const running = new Set<Pipeline>();

/** The pipelines of the processors that were not shut down. */
export function hostPipelines(): readonly Pipeline[] {
  return [...running];
}

/** The processor of `createSpanProcessor`: what a host makes goes to a pipeline that follows the host's shutdown. */
export class HostProcessor extends PipelineProcessor {
  readonly #stopWaiting: (() => void) | undefined;

  /** `end` is called when a signal is about to end the process. */
  constructor(pipeline: Pipeline | undefined, end?: () => void) {
    super(pipeline);
    this.#stopWaiting = pipeline && deliverBeforeLeaving(pipeline, end);
    if (pipeline !== undefined) running.add(pipeline);
  }

  override onStart(span: ReadableSpan, context: Context): void {
    if (isReadable(span)) super.onStart(span, context);
  }

  // dd-trace gives its processors spans that hold neither attributes nor events.
  override onEnd(span: ReadableSpan): void {
    if (isReadable(span)) {
      super.onEnd(span);
      return;
    }
    warnOnce({
      code: 'HOST_SPANS_UNREADABLE',
      message: 'the provider that holds createSpanProcessor() makes spans that are none of an OpenTelemetry SDK',
      hint: 'leave the OpenTelemetry of that tool off and use configureTracing(), which makes spans of its own',
    });
  }

  override async shutdown(): Promise<void> {
    await super.shutdown();
    if (this.pipeline !== undefined) running.delete(this.pipeline);
    this.#stopWaiting?.();
  }
}
