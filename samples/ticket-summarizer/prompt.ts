import { CONFIDENCES, HELPS, USES } from './ticket.js';
import type { SynthesizedRecord, Ticket } from './ticket.js';

export interface Prompt {
  readonly system: string;
  readonly user: string;
}

export const PODS = [
  'ACCOUNT',
  'BILLING',
  'CARDS',
  'EXCHANGE',
  'INTEGRATION',
  'PAYMENTS',
  'PERFORMANCE',
  'SYNC',
  'GENERAL',
] as const;

export function synthesisPrompt(ticket: Ticket): Prompt {
  return {
    system: `Task: synthesis
You read support tickets. Answer with one JSON object and nothing else. Its fields are strings:
issue_reported (one sentence), root_cause ("unknown" unless stated), summary (at most three sentences),
resolution ("open" unless the comments end the matter).`,
    user: describeTicket(ticket),
  };
}

export function categorizationPrompt({ ticket, synthesis }: SynthesizedRecord): Prompt {
  return {
    system: `Task: categorization
You route support tickets to a pod. Answer with one JSON object and nothing else. Its fields:
primary_pod (one of ${PODS.join(', ')}), confidence (one of ${CONFIDENCES.join(', ')}), reasoning (one sentence).`,
    user: `${describeTicket(ticket)}\n\nSynthesis:\n${synthesis.summary}`,
  };
}

export function diagnosticsPrompt({ ticket, synthesis }: SynthesizedRecord): Prompt {
  return {
    system: `Task: diagnostics
The product has a built-in Diagnostics tool. Say whether the customer used it and whether it could help.
Answer with one JSON object and nothing else. Its fields: was_used (one of ${USES.join(', ')}),
could_help (one of ${HELPS.join(', ')}), confidence (one of ${CONFIDENCES.join(', ')}), reasoning (one sentence).`,
    user: `${describeTicket(ticket)}\n\nSynthesis:\n${synthesis.summary}`,
  };
}

export function promptLength(prompt: Prompt): number {
  return prompt.system.length + prompt.user.length;
}

function describeTicket(ticket: Ticket): string {
  const comments = ticket.comments.map(({ author, text }) => `- ${author}: ${text}`);
  return [`Ticket ${ticket.ticketId}:`, ticket.text, '', 'Comments:', ...comments].join('\n');
}
