import { context as contextApi, isSpanContextValid, TraceFlags } from '@opentelemetry/api';
import { toAttributes } from '../calls/attributes.js';
import type { Call } from '../calls/call.js';
import { callOf } from '../calls/call.js';
import { guarded } from '../core/guard.js';
import type { CurrentCall } from './call-handle.js';
import { INERT_CALL } from './call-handle.js';

class LiveCall implements CurrentCall {
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  get traceId(): string {
    return this.#call.span.spanContext().traceId;
  }

  get spanId(): string {
    return this.#call.span.spanContext().spanId;
  }

  get sampled(): boolean {
    const spanContext = this.#call.span.spanContext();
    return isSpanContextValid(spanContext) && (spanContext.traceFlags & TraceFlags.SAMPLED) !== 0;
  }

  setAttributes(attributes: Readonly<Record<string, unknown>>): void {
    this.#change((call) => {
      call.span.setAttributes(toAttributes(attributes) ?? {});
    });
  }

  addEvent(name: string, attributes?: Readonly<Record<string, unknown>>): void {
    this.#change((call) => {
      call.span.addEvent(name, toAttributes(attributes));
    });
  }

  #change(work: (call: Call) => void): void {
    const call = this.#call;
    if (call.recording && !call.hasEnded) guarded('HOOK_ATTRIBUTES', () => work(call));
  }
}

/** A handle on a call; an inert one when there is none. */
export function handleOf(call: Call | undefined): CurrentCall {
  return call === undefined ? INERT_CALL : new LiveCall(call);
}

/**
 * The call that the running code is part of: the innermost decorated method, block or wrapped function.
 * `undefined` outside of any call and while nobody listens. Answers in calls that are sampled out, too.
 */
export function currentCall(): CurrentCall | undefined {
  const call = callOf(contextApi.active());
  return call === undefined ? undefined : new LiveCall(call);
}
