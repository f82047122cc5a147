import { Traced, currentCall } from 'spanwright';

import type { Categorizer } from './categorizer.js';
import type { AnalysisType } from './command-line.js';
import type { DiagnosticsAnalyzer } from './diagnostics-analyzer.js';
import type { PhaseSummary } from './phase-runner.js';
import type { Synthesizer } from './synthesizer.js';
import { isFetched, isSynthesized } from './ticket.js';
import type { TicketRecord, TicketRow } from './ticket.js';
import type { TicketFetcher } from './ticket-fetcher.js';

export interface TicketJob {
  readonly rows: readonly TicketRow[];
  readonly csvPath: string;
  readonly analysisType: AnalysisType;
  readonly modelProvider: string;
}

export interface TicketRun {
  readonly records: readonly TicketRecord[];
  readonly phases: readonly PhaseSummary[];
}

export interface TicketServices {
  readonly fetcher: TicketFetcher;
  readonly synthesizer: Synthesizer;
  readonly categorizer: Categorizer;
  readonly diagnosticsAnalyzer: DiagnosticsAnalyzer;
}

/** Takes a file of tickets through the phases; the root of the trace. */
export class TicketProcessor {
  readonly #services: TicketServices;

  constructor(services: TicketServices) {
    this.#services = services;
  }

  @Traced({
    name: 'Process Tickets',
    attributes: (job: TicketJob) => ({
      analysis_type: job.analysisType,
      model_provider: job.modelProvider,
      csv_path: job.csvPath,
      ticket_count: job.rows.length,
      processing_status: 'running',
    }),
    onResult: ({ records }: TicketRun) => describeOutcome(records),
  })
  async process(job: TicketJob): Promise<TicketRun> {
    const { fetcher, synthesizer } = this.#services;
    const records = job.rows.map((row): TicketRecord => ({ row, errors: [] }));

    const fetch = await fetcher.fetchAll(records);
    currentCall()?.addEvent('Phase 1 Complete', { tickets_fetched: fetch.successCount });

    const synthesis = await synthesizer.synthesizeAll(records.filter(isFetched));
    currentCall()?.addEvent('Phase 2 Complete', { tickets_synthesized: synthesis.successCount });

    const analyses = await this.#analyze(job.analysisType, records);
    currentCall()?.addEvent('Phase 3 Complete');
    return { records, phases: [fetch, synthesis, ...analyses] };
  }

  /** Runs 3a and 3b at the same time; both read the synthesis and neither waits for the other. */
  #analyze(analysisType: AnalysisType, records: readonly TicketRecord[]): Promise<PhaseSummary[]> {
    const { categorizer, diagnosticsAnalyzer } = this.#services;
    const synthesized = records.filter(isSynthesized);
    const analyses: Promise<PhaseSummary>[] = [];
    if (analysisType !== 'diagnostics') analyses.push(categorizer.categorizeAll(synthesized));
    if (analysisType !== 'pod') analyses.push(diagnosticsAnalyzer.analyzeAll(synthesized));
    return Promise.all(analyses);
  }
}

export function countFailed(records: readonly TicketRecord[]): number {
  return records.filter(({ errors }) => errors.length > 0).length;
}

/** False only when no ticket got as far as a synthesis. */
export function wasAnythingDone(records: readonly TicketRecord[]): boolean {
  return records.some(isSynthesized);
}

function describeOutcome(records: readonly TicketRecord[]): Record<string, string | number> {
  const failedCount = countFailed(records);
  const finished = failedCount > 0 ? 'completed_with_failures' : 'completed';
  return {
    processing_status: wasAnythingDone(records) ? finished : 'failed',
    success_count: records.length - failedCount,
    failed_count: failedCount,
  };
}
