import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { after, soon } from '../core/clock.js';
import { warn, warnOnce } from '../core/diagnostics.js';
import { contentOf } from '../core/capture.js';
import { guarded } from '../core/guard.js';
import { hideText } from '../core/hide-text.js';
import type { Destination } from './destinations/destination.js';
import { waitForResources } from './host-resource.js';
import type { FinishedSpan } from './finished-span.js';
import { isTaken } from './levels.js';
import type { ProjectionRules } from './projection/project-span.js';
import { projectSpan, tierFor } from './projection/project-span.js';
import type { ExportPreview } from './handle.js';
import type { DestinationHealth } from './report.js';

/** Settings of one outlet. */
export interface OutletRules extends ProjectionRules {
  readonly name: string;
  /** Spans that may wait. */
  readonly maxQueue: number;
}

const BATCH_SPANS = 512;
const BATCH_DELAY_MS = 100;
const DROPS_UNHEALTHY = 0.01;

function textOf(error: unknown): string {
  try {
    // Hidden before the cut: a piece of a secret is one that nobody knows.
    return hideText((error instanceof Error ? error.message : String(error)).slice(0, 4096)).slice(0, 500);
  } catch {
    return 'an error that cannot be read';
  }
}

/**
 * The queue in front of one destination. States: idle (empty) → scheduled (spans wait for a batch) → exporting (one batch
 * in flight, counted as queued) → idle or scheduled. Projection and encoding happen here, after the user's call.
 */
export class Outlet {
  readonly rules: OutletRules;
  readonly destination: Destination;
  #queue: ReadableSpan[] = [];
  #inFlight = 0;
  #accepted = 0;
  #delivered = 0;
  readonly #dropped: Record<string, number> = {};
  #cancelTimer: (() => void) | undefined;
  #isSoon = false;
  #exporting: Promise<void> | undefined;
  #lastError: string | undefined;
  #latencyMs: number | undefined;
  #isClosed = false;

  constructor(rules: OutletRules, destination: Destination) {
    this.rules = rules;
    this.destination = destination;
  }

  accept(span: ReadableSpan): void {
    if (!isTaken(span, this.rules.granularity)) return;
    this.#accepted++;
    if (this.#isClosed) {
      this.#drop('closed', 1);
    } else if (this.destination.isImmediate) {
      this.#exportNow(span);
    } else if (this.#queue.length >= this.rules.maxQueue) {
      this.#drop('queue_full', 1);
      warnOnce(
        {
          code: 'EXPORT_QUEUE_FULL',
          message: `destination "${this.rules.name}" has ${this.rules.maxQueue} spans waiting, further ones are dropped and counted`,
          hint: 'raise its maxQueue or lower sampling.ratio',
        },
        this.rules.name,
      );
    } else {
      this.#queue.push(span);
      this.#schedule();
    }
  }

  /** What this destination would get of a span. */
  preview(span: ReadableSpan): ExportPreview {
    const content = tierFor(contentOf(span.spanContext()), this.rules);
    return isTaken(span, this.rules.granularity) ? { content, span: projectSpan(span, this.rules) } : { content };
  }

  get pending(): number {
    return this.#queue.length + this.#inFlight;
  }

  /** Spans that a flush would still have to deliver. */
  get unfinished(): number {
    return this.pending + (this.destination.held ?? 0);
  }

  get delivered(): number {
    return this.#delivered;
  }

  get lost(): number {
    return Object.values(this.#dropped).reduce((sum, count) => sum + count, 0);
  }

  /** Delivers everything that waits now; the caller bounds it in time. */
  async flush(): Promise<void> {
    while (this.pending > 0) await this.#exportBatch();
    await this.destination.flush?.();
  }

  /** Ends the outlet; what still waits is dropped and counted. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelTimer?.();
    this.#drop('shutdown', this.#queue.length);
    this.#queue = [];
    await this.destination.close?.();
  }

  health(): DestinationHealth {
    return {
      accepted: this.#accepted,
      delivered: this.#delivered,
      queued: this.pending,
      dropped: { ...this.#dropped },
      healthy: this.#lastError === undefined && this.lost <= this.#accepted * DROPS_UNHEALTHY,
      ...(this.#lastError === undefined ? {} : { lastError: this.#lastError }),
      ...(this.#latencyMs === undefined ? {} : { latencyMs: this.#latencyMs }),
    };
  }

  #schedule(): void {
    if (this.#queue.length >= BATCH_SPANS && !this.#isSoon) {
      this.#isSoon = true;
      soon(() => {
        this.#isSoon = false;
        void this.#exportBatch();
      });
    }
    this.#cancelTimer ??= after(BATCH_DELAY_MS, () => {
      this.#cancelTimer = undefined;
      void this.#exportBatch();
    });
  }

  #exportBatch(): Promise<void> {
    this.#exporting ??= this.#exportNext().finally(() => {
      this.#exporting = undefined;
      if (this.#queue.length > 0 && !this.#isClosed) this.#schedule();
    });
    return this.#exporting;
  }

  // Never rejects: a failure is a counted drop.
  async #exportNext(): Promise<void> {
    const batch = this.#queue.splice(0, BATCH_SPANS);
    if (batch.length === 0) return;
    this.#inFlight = batch.length;
    const start = performance.now();
    try {
      // Detectors of a host know some attributes only later; what is projected before that misses a part.
      if (this.rules.resource === undefined) await waitForResources(batch);
      const seen = this.#projectAll(batch);
      if (seen.length > 0) await this.destination.export(seen);
      this.#inFlight = 0;
      this.#drop('projection_failed', batch.length - seen.length);
      this.#succeed(seen.length);
    } catch (error) {
      this.#inFlight = 0;
      this.#fail(error, batch.length);
    }
    this.#latencyMs = performance.now() - start;
  }

  // One span that cannot be read must not cost the others of its batch.
  #projectAll(batch: readonly ReadableSpan[]): FinishedSpan[] {
    return batch.flatMap((span) => guarded('PIPELINE', () => projectSpan(span, this.rules)) ?? []);
  }

  // Of a span that was delivered as far as anybody knew.
  #projectLate(span: ReadableSpan): FinishedSpan | undefined {
    const seen = guarded('PIPELINE', () => projectSpan(span, this.rules));
    if (seen === undefined) {
      this.#delivered--;
      this.#drop('projection_failed', 1);
    }
    return seen;
  }

  #exportNow(span: ReadableSpan): void {
    try {
      if (this.destination.keep === undefined) void this.destination.export([projectSpan(span, this.rules)]);
      else this.destination.keep(() => this.#projectLate(span));
      this.#succeed(1);
    } catch (error) {
      this.#fail(error, 1);
    }
  }

  #succeed(count: number): void {
    this.#delivered += count;
    if (this.#lastError === undefined) return;
    this.#lastError = undefined;
    warn({
      code: 'EXPORT_RECOVERED',
      message: `destination "${this.rules.name}" takes spans again, ${this.lost} were dropped so far`,
    });
  }

  #fail(error: unknown, count: number): void {
    this.#drop('export_failed', count);
    const isFirst = this.#lastError === undefined;
    this.#lastError = textOf(error);
    if (!isFirst) return;
    warn({
      code: 'EXPORT_FAILED',
      message: `destination "${this.rules.name}" did not take ${count} spans: ${this.#lastError}`,
      hint: 'drops are counted in health(); recovery is said once',
    });
  }

  #drop(reason: string, count: number): void {
    if (count > 0) this.#dropped[reason] = (this.#dropped[reason] ?? 0) + count;
  }
}
