import type { PODS } from '../prompt.js';
import type { Categorization, Diagnostics, Synthesis } from '../ticket.js';

type Pod = (typeof PODS)[number];

const POD_WORDS: Record<Exclude<Pod, 'GENERAL'>, RegExp> = {
  ACCOUNT:
    /\b(accounts?|sign in|log ?in|logs? me out|passwords?|passcode|two-factor|sso|saml|identity|verify|profile|details|invit\w+|phone|age)\b/gi,
  BILLING:
    /\b(invoices?|invoiced|billing|subscription|charged?|fees?|prices?|plans?|licences?|renewal|quote|seats?|extra)\b/gi,
  CARDS: /\b(cards?|pin|atms?|contactless|apple pay|google pay|visa|mastercard|disposable)\b/gi,
  EXCHANGE: /\b(exchang\w+|rates?|currenc(?:y|ies)|fiat|convert\w*)\b/gi,
  INTEGRATION: /\b(api|webhooks?|slack|jira|salesforce|integrations?|connector|oauth|export|import)\b/gi,
  PAYMENTS:
    /\b(transfers?|transferred|payments?|pay|top(?:ped|ping)?[- ]?ups?|deposit\w*|cheques?|cash|withdraw\w*|transactions?|beneficiary|debit|refunds?|balance|money)\b/gi,
  PERFORMANCE: /\b(slow|times? out|timed out|timeout|memory|cpu|freez\w+|crash\w*|hangs?|takes \d+ \w+|minutes to)\b/gi,
  SYNC: /\b(sync\w*|conflicts?|offline|uploads?|downloads?|files?|folders?|overwritten)\b/gi,
};

const TROUBLE =
  /\b(fail\w*|errors?|crash\w*|slow|time[sd]? out|refused|declined|missing|stops?|not work\w*|problem|wrong|empty|freez\w+|kill\w*|twice|lost|overwritten)\b/i;
const QUESTION = /^(how|what|where|when|which|who|why|can|could|do|does|is|are)\b/i;
const NOT_RUN = /(not|never|n't)( yet)? (run|ran|tried|used?) (the )?diagnostics/i;
const RUN = /(ran|run|used) (the )?diagnostics|diagnostics( tool)? (shows|says|reports)/i;

/** The task that a prompt names at its start. */
export function taskOf(system: string): string {
  return /^Task: (\w+)/.exec(system)?.[1] ?? '';
}

/** Answers a task about a ticket by fixed rules, the same way each time. */
export function answerTask(task: string, user: string): Synthesis | Categorization | Diagnostics | undefined {
  const [, text = '', comments = ''] = /^Ticket [^\n]*:\n([^]*?)\n\nComments:\n?([^]*)$/.exec(user) ?? [];
  if (task === 'synthesis') return synthesize(text, comments);
  if (task === 'categorization') return categorize(text);
  if (task === 'diagnostics') return judgeDiagnostics(text, comments);
  return undefined;
}

function synthesize(text: string, comments: string): Synthesis {
  const sentences = text.split(/(?<=[.!?])\s+/);
  const cause = /\b(?:since|because|after|due to)\b.*?(?=[.!?](?:\s|$)|$)/is.exec(text)?.[0];
  const [lastReply] = comments.match(/(?<=- agent: ).*$/) ?? [];
  return {
    issue_reported: sentences[0] ?? text,
    root_cause: cause ?? 'unknown',
    summary: sentences.slice(0, 2).join(' '),
    resolution: lastReply ?? 'open',
  };
}

function categorize(text: string): Categorization {
  const scores = Object.entries(POD_WORDS)
    .map(([pod, words]) => ({ pod, hits: text.match(words)?.map((word) => word.toLowerCase()) ?? [] }))
    .sort((left, right) => right.hits.length - left.hits.length);
  const [best, second] = scores;
  if (best === undefined || best.hits.length === 0) {
    return { primary_pod: 'GENERAL', confidence: 'not_confident', reasoning: 'No word of any pod occurs.' };
  }
  const isClear = best.hits.length > (second?.hits.length ?? 0);
  return {
    primary_pod: best.pod,
    confidence: isClear ? 'confident' : 'not_confident',
    reasoning: `The ticket says ${[...new Set(best.hits)].join(', ')}.`,
  };
}

function judgeDiagnostics(text: string, comments: string): Diagnostics {
  const wasUsed = judgeUse(text) ?? judgeUse(comments) ?? 'unknown';
  const couldHelp = TROUBLE.test(text) ? 'yes' : QUESTION.test(text) ? 'no' : 'maybe';
  return {
    was_used: wasUsed,
    could_help: couldHelp,
    confidence: wasUsed !== 'unknown' && couldHelp !== 'maybe' ? 'confident' : 'not_confident',
    reasoning: couldHelp === 'yes' ? 'Something does not work.' : 'Nothing says that something is broken.',
  };
}

function judgeUse(words: string): 'yes' | 'no' | undefined {
  if (NOT_RUN.test(words)) return 'no';
  return RUN.test(words) ? 'yes' : undefined;
}
