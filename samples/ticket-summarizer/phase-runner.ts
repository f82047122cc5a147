import type { Progress } from './progress.js';
import { describeError } from './sample-error.js';
import type { TicketRecord } from './ticket.js';

/** The span name of each phase. */
export const PHASES = {
  fetch: 'Phase 1: Fetch Tickets',
  synthesis: 'Phase 2: Synthesis',
  categorization: 'Phase 3a: POD Categorization',
  diagnostics: 'Phase 3b: Diagnostics Analysis',
} as const;
export type PhaseName = (typeof PHASES)[keyof typeof PHASES];

export interface PhaseSummary {
  readonly phase: PhaseName;
  readonly ticketCount: number;
  readonly successCount: number;
  readonly failedCount: number;
  readonly seconds: number;
}

/** Takes the tickets of a phase through its work, a few at a time; a failure stays with its ticket. */
export class PhaseRunner {
  readonly concurrency: number;
  readonly #progress: Progress;

  constructor(concurrency: number, progress: Progress) {
    this.concurrency = concurrency;
    this.#progress = progress;
  }

  async run<Item extends TicketRecord>(
    phase: PhaseName,
    records: readonly Item[],
    work: (record: Item) => Promise<void>,
  ): Promise<PhaseSummary> {
    const startedMs = performance.now();
    const meter = this.#progress.begin(phase, records.length);
    const waiting = records.values();
    let failedCount = 0;
    const drain = async () => {
      // The workers share one iterator, so each record is taken once.
      for (const record of waiting) {
        try {
          await work(record);
        } catch (error) {
          failedCount += 1;
          record.errors.push(`${phase}: ${describeError(error)}`);
        }
        meter.advance();
      }
    };
    await Promise.all(Array.from({ length: Math.min(this.concurrency, records.length) }, drain));
    meter.end(failedCount);
    return {
      phase,
      ticketCount: records.length,
      successCount: records.length - failedCount,
      failedCount,
      seconds: (performance.now() - startedMs) / 1000,
    };
  }
}

/** The counts a phase leaves on its span. */
export function phaseCounts(summary: PhaseSummary): Record<string, number> {
  return { success_count: summary.successCount, failed_count: summary.failedCount };
}
