import type { RecordedTrace, TraceSpan } from '../../samples/ticket-summarizer/recorded-trace.js';
import type { SampleResult } from '../../samples/ticket-summarizer/sample-run.js';

/** What a prompt of the sample asks for, by the name of the span around the call. */
const TASKS = {
  synthesize_ticket: 'synthesis',
  categorize_ticket: 'categorization',
  analyze_diagnostics: 'diagnostics',
} as const;

/** A call of the sample to its model, as the sample itself tells of it. */
export interface ExpectedCall {
  readonly span: TraceSpan;
  readonly task: (typeof TASKS)[keyof typeof TASKS];
  readonly ticketId: string;
  /** What the answer said: the result that the sample wrote. */
  readonly answer: unknown;
}

/** The calls to the model of a run, with the answer that the sample read from each. */
export function expectedCalls(trace: RecordedTrace, results: readonly SampleResult[]): ExpectedCall[] {
  return (Object.keys(TASKS) as Array<keyof typeof TASKS>).flatMap((name) =>
    trace.named(name).flatMap((parent) => {
      const ticketId = String(parent.attributes['ticket_id']);
      const result = results.find(({ ticket_id }) => ticket_id === ticketId);
      const task = TASKS[name];
      return trace.childrenOf(parent).map((span) => ({ span, task, ticketId, answer: result?.[task] }));
    }),
  );
}
