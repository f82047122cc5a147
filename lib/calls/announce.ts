import { channel } from 'node:diagnostics_channel';
import type { Span } from '@opentelemetry/api';
import { TraceFlags } from '@opentelemetry/api';
import type { Plan } from './plan.js';

/** What is published on `spanwright:call` when a workflow starts, so that a run of hours is seen before it ends. */
export interface CallStarted {
  readonly event: 'start';
  /** The name of the span. */
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  /** False where the span goes nowhere. */
  readonly sampled: boolean;
  /** Milliseconds since the epoch. */
  readonly startTime: number;
}

const calls = channel('spanwright:call');

/** Publishes that a call of level `lifecycle` starts; costs nothing while nobody subscribes. */
export function announceStart({ granularity }: Plan, name: string, span: Span): void {
  if (granularity !== 'lifecycle' || !calls.hasSubscribers) return;
  const { traceId, spanId, traceFlags } = span.spanContext();
  const sampled = (traceFlags & TraceFlags.SAMPLED) !== 0;
  const started: CallStarted = { event: 'start', name, traceId, spanId, sampled, startTime: Date.now() };
  calls.publish(started);
}
