import { Traced, currentCall } from 'spanwright';

import { ModelAnswer } from './model-answer.js';
import type { ModelClient } from './model-client.js';
import { PHASES } from './phase-runner.js';
import type { PhaseRunner, PhaseSummary } from './phase-runner.js';
import { diagnosticsPrompt } from './prompt.js';
import { CONFIDENCES, HELPS, USES } from './ticket.js';
import type { Diagnostics, SynthesizedRecord } from './ticket.js';

/** Phase 3b: judges whether the Diagnostics tool was used on each ticket and whether it could help. */
export class DiagnosticsAnalyzer {
  readonly #model: ModelClient;
  readonly #phases: PhaseRunner;

  constructor(model: ModelClient, phases: PhaseRunner) {
    this.#model = model;
    this.#phases = phases;
  }

  @Traced({
    name: PHASES.diagnostics,
    attributes: (records: readonly SynthesizedRecord[]) => ({ phase: 'diagnostics', ticket_count: records.length }),
    onResult: (summary: PhaseSummary) => ({
      valid_ticket_count: summary.successCount,
      failed_count: summary.failedCount,
    }),
  })
  async analyzeAll(records: readonly SynthesizedRecord[]): Promise<PhaseSummary> {
    const summary = await this.#phases.run(PHASES.diagnostics, records, async (record) => {
      record.diagnostics = await this.analyze(record);
    });
    currentCall()?.setAttributes(countVerdicts(records));
    return summary;
  }

  @Traced({
    name: 'analyze_diagnostics',
    attributes: (record: SynthesizedRecord) => ({ ticket_id: record.ticket.ticketId }),
    onResult: ({ was_used, could_help, confidence }: Diagnostics) => ({ was_used, could_help, confidence }),
  })
  async analyze(record: SynthesizedRecord): Promise<Diagnostics> {
    const answer = new ModelAnswer(await this.#model.ask(diagnosticsPrompt(record)));
    return {
      was_used: answer.oneOf('was_used', USES),
      could_help: answer.oneOf('could_help', HELPS),
      confidence: answer.oneOf('confidence', CONFIDENCES),
      reasoning: answer.text('reasoning'),
    };
  }
}

function countVerdicts(records: readonly SynthesizedRecord[]): Record<string, number> {
  const count = (matches: (verdict: Diagnostics) => boolean) =>
    records.filter(({ diagnostics }) => diagnostics !== undefined && matches(diagnostics)).length;
  return Object.fromEntries([
    ...USES.map((use) => [`was_used.${use}`, count((verdict) => verdict.was_used === use)] as const),
    ...HELPS.map((help) => [`could_help.${help}`, count((verdict) => verdict.could_help === help)] as const),
  ]);
}
