import type { Span, SpanContext } from '@opentelemetry/api';
import { TraceFlags } from '@opentelemetry/api';
import { drawSpanId, drawTraceId } from './ids.js';

/** A trace that is not sampled; spans share it, and its id is drawn when somebody asks. */
export class UnsampledTrace {
  readonly state: SpanContext['traceState'];
  #id: string | undefined;

  constructor(id?: string, state?: SpanContext['traceState']) {
    this.#id = id;
    this.state = state;
  }

  get id(): string {
    return (this.#id ??= drawTraceId());
  }
}

/** The span of a call that is sampled out. It has ids of its own, as the specification asks, once somebody asks for them. */
export class UnsampledSpan implements Span {
  readonly trace: UnsampledTrace;
  #context: SpanContext | undefined = undefined;

  constructor(trace: UnsampledTrace) {
    this.trace = trace;
  }

  spanContext(): SpanContext {
    if (this.#context === undefined) {
      const { id, state } = this.trace;
      const ids = { traceId: id, spanId: drawSpanId(), traceFlags: TraceFlags.NONE };
      this.#context = state === undefined ? ids : { ...ids, traceState: state };
    }
    return this.#context;
  }

  isRecording(): boolean {
    return false;
  }

  end(): void {}

  setAttribute(): this {
    return this;
  }

  setAttributes(): this {
    return this;
  }

  addEvent(): this {
    return this;
  }

  addLink(): this {
    return this;
  }

  addLinks(): this {
    return this;
  }

  setStatus(): this {
    return this;
  }

  updateName(): this {
    return this;
  }

  recordException(): void {}
}
