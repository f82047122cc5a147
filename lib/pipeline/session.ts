import { auditHealth, unreportedCalls } from '../core/audit-health.js';
import { callHealth } from '../core/call-health.js';
import { state } from '../core/state.js';
import type { Engine } from './engine.js';
import type { ExportPreview, Health, PrivacyStatus, Tracing, TracingStatus } from './handle.js';
import type { Metrics, StartedMetrics } from './metrics.js';
import type { Pipeline } from './pipeline.js';
import type { FlushReport } from './report.js';
import type { FinishedSpan } from './finished-span.js';

const DEADLINE_MS = 5000;
/** Options that a host's provider decides when it was there first. */
export const HOST_DECIDES = ['sampling', 'serviceName', 'serviceVersion', 'environment', 'resource'];
const NOTHING: FlushReport = { complete: true, destinations: {} };

/** Of a handle that has nothing to send. */
export const NO_PRIVACY: PrivacyStatus = {
  digest: { algorithm: 'hmac-sha256', key: 'none' },
  contentOnSpan: false,
  destinations: {},
};

/** What a handle stands on once it runs. */
export interface Running {
  readonly engine: Engine;
  readonly pipeline: Pipeline;
  /** Absent where the configuration names none. */
  readonly metrics?: StartedMetrics;
  /** Options that have no effect while a host's provider makes the spans. */
  readonly ineffectiveInHost: readonly string[];
  /** Why nothing arrives although it runs. */
  readonly whyOff?: () => string | undefined;
  /** Undoes what starting did outside of the pipeline; spans that end in it still arrive. */
  readonly stop: () => void;
  /** Called once everything is delivered, or given up: until then a signal waits for it. */
  readonly onDelivered: () => void;
}

/** What a handle says of its configuration. */
export interface SessionFacts {
  /** Why it does not run. */
  readonly reason?: string | undefined;
  readonly skipped: TracingStatus['skipped'];
  readonly describe: () => TracingStatus['config'];
  readonly privacy: () => TracingStatus['privacy'];
}

/** The health of the process and of the destinations of some pipelines; of two that are named alike, the latter's. */
export function healthOf(pipelines: readonly Pipeline[]): Health {
  const destinations = Object.fromEntries(pipelines.flatMap((pipeline) => Object.entries(pipeline.health())));
  const reasons = reasonsOf(destinations, pipelines.length > 0 && pipelines.every(({ isOut }) => isOut));
  const audit = auditHealth();
  if (audit === 'poisoned') reasons.push('audit_poisoned');
  return {
    healthy: reasons.length === 0,
    reasons,
    calls: callHealth(),
    destinations,
    guarded: { ...state.guarded },
    unrecognisedResponses: state.unrecognisedResponses,
    unreportedCalls: unreportedCalls(),
    audit,
  };
}

function reasonsOf(destinations: Health['destinations'], isOut: boolean): string[] {
  const reasons = new Set<string>(Object.values(destinations).flatMap((one) => one.reasons));
  if (isOut) reasons.add('all_down');
  return [...reasons];
}

function metricsOf(running: Running | undefined): Metrics | undefined {
  const started = running?.metrics;
  return started !== undefined && 'metrics' in started ? started.metrics : undefined;
}

function missingOf({ pipeline, metrics }: Running): TracingStatus['skipped'] {
  if (metrics === undefined || !('reason' in metrics)) return pipeline.missing;
  return [...pipeline.missing, { name: 'metrics', reason: metrics.reason }];
}

/** One report of both: it is complete when both are. */
async function together(spans: Promise<FlushReport>, metrics: Promise<boolean> | undefined): Promise<FlushReport> {
  const [report, isSent] = await Promise.all([spans, metrics ?? true]);
  return isSent ? report : { ...report, complete: false };
}

/** The handle of a configuration. States: off (never ran) → running → stopped; off and stopped it answers and does nothing. */
export class Session implements Tracing {
  readonly #facts: SessionFacts;
  protected running: Running | undefined;
  #report: Promise<FlushReport> | undefined;

  constructor(facts: SessionFacts, running: Running | undefined) {
    this.#facts = facts;
    this.running = running;
  }

  status(): TracingStatus {
    const { reason, skipped } = this.#facts;
    this.running?.engine.refresh();
    const isHosted = this.running?.engine.isHosted === true;
    const stopped = this.#whyStopped();
    const why = stopped ?? reason;
    const metrics = stopped === undefined ? metricsOf(this.running) : undefined;
    return {
      state: this.running === undefined || stopped !== undefined ? 'off' : isHosted ? 'hosted' : 'on',
      ...(why === undefined ? {} : { reason: why }),
      metrics: metrics === undefined ? 'off' : metrics.isHosted ? 'hosted' : 'on',
      audit: auditHealth(),
      ineffective: isHosted ? (this.running?.ineffectiveInHost ?? []) : [],
      skipped: this.running === undefined ? [...skipped] : [...skipped, ...missingOf(this.running)],
      config: this.#facts.describe(),
      privacy: this.#facts.privacy(),
    };
  }

  health(): Health {
    return this.healthBeside([]);
  }

  /** The same with the destinations of other pipelines. */
  healthBeside(others: readonly Pipeline[]): Health {
    return healthOf(this.running === undefined ? others : [...others, this.running.pipeline]);
  }

  preview(span: FinishedSpan): Readonly<Record<string, ExportPreview>> {
    return this.running?.pipeline.preview(span) ?? {};
  }

  finishedSpans(name = 'memory'): FinishedSpan[] {
    return this.running?.pipeline.finishedSpans(name) ?? [];
  }

  async flush(deadlineMs = DEADLINE_MS): Promise<FlushReport> {
    if (this.running === undefined) return NOTHING;
    return together(this.running.pipeline.flush(deadlineMs), metricsOf(this.running)?.flush(deadlineMs));
  }

  shutdown(deadlineMs = DEADLINE_MS): Promise<FlushReport> {
    this.#report ??= this.#stop(deadlineMs);
    return this.#report;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown();
  }

  #whyStopped(): string | undefined {
    if (this.running === undefined) return undefined;
    return this.#report === undefined ? this.running.whyOff?.() : 'it was shut down';
  }

  async #stop(deadlineMs: number): Promise<FlushReport> {
    if (this.running === undefined) return NOTHING;
    const { pipeline, stop, onDelivered } = this.running;
    stop();
    const report = await together(pipeline.close(deadlineMs), metricsOf(this.running)?.close(deadlineMs));
    onDelivered();
    return report;
  }
}
