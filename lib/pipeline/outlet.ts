import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { contentOf } from '../core/capture.js';
import { guarded } from '../core/guard.js';
import { Accounts } from './delivery/accounts.js';
import type { Budget } from './delivery/budget.js';
import type { Captured } from './delivery/captured.js';
import { Failures } from './delivery/failures.js';
import type { LastResort } from './delivery/last-resort.js';
import { Queue } from './delivery/queue.js';
import type { Quiet } from './delivery/quiet.js';
import { reasonOf } from './delivery/reason.js';
import type { Destination } from './destinations/destination.js';
import type { FinishedSpan } from './finished-span.js';
import type { ExportPreview } from './handle.js';
import { withOrigin } from './projection/origins.js';
import type { ProjectionRules } from './projection/projection-rules.js';
import { projectSpan, tierFor } from './projection/project-span.js';
import type { DestinationHealth, UnhealthyReason } from './report.js';
import type { BackendLimits, DeliverySettings } from './settings.js';

/** Settings of one outlet. */
export interface OutletRules extends ProjectionRules {
  readonly name: string;
  /** The preset, or the kind of destination. */
  readonly provider: string;
  readonly delivery: DeliverySettings;
  /** Workflows are announced when they start. */
  readonly announceStarts: boolean;
  readonly limits: BackendLimits;
  /** What it authenticates with. */
  readonly secrets?: readonly string[];
}

/** What the outlets of a configuration share. */
export interface OutletParts {
  readonly budget: Budget;
  readonly quiet: Quiet;
  readonly lastResort: LastResort;
  /** Told when the breaker of an outlet opened or closed. */
  readonly onBreaker: () => void;
}

/** What stands in front of one destination: which spans it gets, as what, and the account of them. */
export class Outlet {
  readonly rules: OutletRules;
  readonly destination: Destination;
  readonly #accounts = new Accounts();
  readonly #failures: Failures;
  readonly #lastResort: LastResort;
  readonly #quiet: Quiet;
  readonly #queue: Queue | undefined;
  #isClosed = false;

  constructor(rules: OutletRules, destination: Destination, parts: OutletParts) {
    this.rules = rules;
    this.destination = destination;
    this.#failures = new Failures(rules.name, rules.secrets);
    this.#lastResort = parts.lastResort;
    this.#quiet = parts.quiet;
    this.#queue = destination.isImmediate
      ? undefined
      : new Queue({
          ...parts,
          destination,
          name: rules.name,
          provider: rules.provider,
          settings: rules.delivery,
          requestBytes: rules.limits.requestBytes,
          waitsForResources: rules.resource === undefined,
          accounts: this.#accounts,
          failures: this.#failures,
          // An entry for each span that only an encoder sees would cost every collection of garbage.
          project: destination.showsSpans === true ? this.#show : (span) => projectSpan(span, rules),
        });
  }

  /** True when spans wait for this destination in a queue. */
  get isQueued(): boolean {
    return this.#queue !== undefined;
  }

  /** True when nothing is sent to it for now. */
  get isDown(): boolean {
    return this.#queue?.breaker === 'open';
  }

  /** True when the latest that was tried failed, and not for what was in it. */
  get isOut(): boolean {
    return this.#failures.isOut;
  }

  /** True when it takes what is sent, as far as anybody knows. */
  get isUp(): boolean {
    return (this.#queue?.breaker ?? 'closed') === 'closed';
  }

  /** What an asynchronous call waits for, where this destination slows calls down. */
  get pressure(): Promise<void> | undefined {
    return this.#queue?.pressure;
  }

  takes(span: ReadableSpan): boolean {
    return this.rules.selection.takes(span);
  }

  /** Takes a span; `capture` makes what waits in the queue, once for all outlets. */
  accept(span: ReadableSpan, capture: () => Captured): void {
    if (this.#queue === undefined) this.#acceptNow(span);
    else this.#queue.push(capture());
  }

  /** What this destination would get of a span. */
  preview(span: ReadableSpan): ExportPreview {
    const content = tierFor(contentOf(span.spanContext()), this.rules);
    return this.takes(span) ? { content, span: this.#show(span) } : { content };
  }

  get pending(): number {
    return this.#queue?.pending ?? 0;
  }

  /** The place behind all that wait at this moment. */
  get nextPlace(): number {
    return this.#queue?.nextPlace ?? 0;
  }

  /** Spans in front of a place that still wait. */
  pendingBefore(place: number): number {
    return this.#queue?.pendingBefore(place) ?? 0;
  }

  /** Spans that a flush would still have to deliver. */
  get unfinished(): number {
    return this.pending + (this.destination.isImmediate ? (this.destination.held ?? 0) : 0);
  }

  get delivered(): number {
    return this.#accounts.delivered;
  }

  get lost(): number {
    return this.#accounts.lost;
  }

  /** Delivers what waits now, until `end` by `performance.now()`; `isLast` tries once more where nobody answered. */
  async flush(end: number, isLast: boolean): Promise<void> {
    await this.#queue?.flush(end, isLast);
    await this.#quiet.run(() => this.destination.flush?.());
  }

  /** Ends the outlet; what still waits is dropped and counted. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#queue?.close();
    await this.#quiet.run(() => this.destination.close?.());
  }

  health(): DestinationHealth {
    const { accepted, delivered, dropped } = this.#accounts;
    const { dropRatio, latencyMs } = this.#accounts.recent();
    const { health } = this.rules.delivery;
    const breaker = this.#queue?.breaker ?? 'closed';
    const reasons: UnhealthyReason[] = [];
    if (dropRatio > health.dropRatio) reasons.push('drops');
    if ((latencyMs ?? 0) > health.latencyMs) reasons.push('latency');
    if (breaker !== 'closed') reasons.push('breaker_open');
    const { last } = this.#failures;
    return {
      accepted,
      delivered,
      queued: this.pending,
      queuedBytes: this.#queue?.heldBytes ?? 0,
      dropped,
      breaker,
      healthy: reasons.length === 0 && last === undefined,
      reasons,
      ...(last === undefined ? {} : { lastError: last }),
      ...(latencyMs === undefined ? {} : { latencyMs }),
    };
  }

  #acceptNow(span: ReadableSpan): void {
    this.#accounts.accept();
    if (this.#isClosed) return this.#lose('closed');
    this.#accounts.deliver(1);
    try {
      if (this.destination.isImmediate) this.destination.take(() => this.#make(span));
      this.#failures.succeed(this.lost);
    } catch (error) {
      this.#accounts.undeliver('export_failed');
      this.#lastResort.noteLoss(this.rules.name, 'export_failed', 1);
      this.#failures.fail(reasonOf(error), 1, 'it is dropped and counted');
    }
  }

  readonly #show = (span: ReadableSpan): FinishedSpan => withOrigin(projectSpan(span, this.rules), span);

  // One span that cannot be read must not cost the others.
  #make(span: ReadableSpan): FinishedSpan | undefined {
    const seen = guarded('PIPELINE', () => this.#show(span));
    if (seen === undefined) {
      this.#accounts.undeliver('projection_failed');
      this.#lastResort.noteLoss(this.rules.name, 'projection_failed', 1);
    }
    return seen;
  }

  #lose(reason: 'closed'): void {
    this.#accounts.drop(reason, 1);
    this.#lastResort.noteLoss(this.rules.name, reason, 1);
  }
}
