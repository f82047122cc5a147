import { Traced } from 'spanwright';

import { ModelAnswer } from './model-answer.js';
import type { ModelClient } from './model-client.js';
import { PHASES, phaseCounts } from './phase-runner.js';
import type { PhaseRunner, PhaseSummary } from './phase-runner.js';
import { PODS, categorizationPrompt } from './prompt.js';
import { CONFIDENCES } from './ticket.js';
import type { Categorization, SynthesizedRecord } from './ticket.js';

/** Phase 3a: finds the pod that should handle each ticket. */
export class Categorizer {
  readonly #model: ModelClient;
  readonly #phases: PhaseRunner;

  constructor(model: ModelClient, phases: PhaseRunner) {
    this.#model = model;
    this.#phases = phases;
  }

  @Traced({
    name: PHASES.categorization,
    attributes: (records: readonly SynthesizedRecord[]) => ({ phase: 'categorization', ticket_count: records.length }),
    onResult: phaseCounts,
  })
  categorizeAll(records: readonly SynthesizedRecord[]): Promise<PhaseSummary> {
    return this.#phases.run(PHASES.categorization, records, async (record) => {
      record.categorization = await this.categorize(record);
    });
  }

  @Traced({
    name: 'categorize_ticket',
    attributes: (record: SynthesizedRecord) => ({ ticket_id: record.ticket.ticketId }),
    onResult: ({ primary_pod, confidence }: Categorization) => ({ primary_pod, confidence }),
  })
  async categorize(record: SynthesizedRecord): Promise<Categorization> {
    const answer = new ModelAnswer(await this.#model.ask(categorizationPrompt(record)));
    return {
      primary_pod: answer.oneOf('primary_pod', PODS),
      confidence: answer.oneOf('confidence', CONFIDENCES),
      reasoning: answer.text('reasoning'),
    };
  }
}
