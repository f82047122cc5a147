import { Traced, currentCall } from 'spanwright';

import { ModelAnswer } from './model-answer.js';
import type { ModelClient } from './model-client.js';
import { PHASES, phaseCounts } from './phase-runner.js';
import type { PhaseRunner, PhaseSummary } from './phase-runner.js';
import { promptLength, synthesisPrompt } from './prompt.js';
import type { FetchedRecord, Synthesis, Ticket } from './ticket.js';

const MAX_ISSUE_CHARS = 100;

/** Phase 2: condenses each ticket and its comments; the model's answer is streamed. */
export class Synthesizer {
  readonly #model: ModelClient;
  readonly #phases: PhaseRunner;

  constructor(model: ModelClient, phases: PhaseRunner) {
    this.#model = model;
    this.#phases = phases;
  }

  @Traced({
    name: PHASES.synthesis,
    attributes: (records: readonly FetchedRecord[]) => ({ phase: 'synthesis', ticket_count: records.length }),
    onResult: phaseCounts,
  })
  synthesizeAll(records: readonly FetchedRecord[]): Promise<PhaseSummary> {
    currentCall()?.setAttributes({ batch_size: this.#phases.concurrency });
    return this.#phases.run(PHASES.synthesis, records, async (record) => {
      record.synthesis = await this.synthesize(record.ticket);
    });
  }

  @Traced({
    name: 'synthesize_ticket',
    attributes: (ticket: Ticket) => ({
      ticket_id: ticket.ticketId,
      serial_no: ticket.serialNo,
      comment_count: ticket.comments.length,
      synthesis_success: false,
    }),
    onResult: (synthesis: Synthesis) => ({
      synthesis_success: true,
      issue_reported: cutText(synthesis.issue_reported, MAX_ISSUE_CHARS),
    }),
  })
  async synthesize(ticket: Ticket): Promise<Synthesis> {
    const prompt = synthesisPrompt(ticket);
    currentCall()?.setAttributes({ prompt_length: promptLength(prompt) });
    const answer = new ModelAnswer(await this.#model.ask(prompt, { stream: true }));
    return {
      issue_reported: answer.text('issue_reported'),
      root_cause: answer.text('root_cause'),
      summary: answer.text('summary'),
      resolution: answer.text('resolution'),
    };
  }
}

/** A cut in the middle of a surrogate pair would leave half a character. */
function cutText(text: string, maxChars: number): string {
  return text.slice(0, maxChars).replace(/[\uD800-\uDBFF]$/, '');
}
