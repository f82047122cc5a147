import type { FinishedSpan } from 'spanwright/testing';

const parsed = (span: FinishedSpan | undefined, name: string): unknown =>
  JSON.parse(String(span?.attributes[name] ?? 'null')) as unknown;
/** The messages that a span was sent. */
export const inputOf = (span: FinishedSpan | undefined): unknown => parsed(span, 'gen_ai.input.messages');
/** The messages that came back. */
export const outputOf = (span: FinishedSpan | undefined): unknown => parsed(span, 'gen_ai.output.messages');
/** One attribute of the conventions, of each span. */
export const columnOf = (spans: readonly FinishedSpan[], name: string): unknown[] =>
  spans.map(({ attributes }) => attributes[`gen_ai.${name}`]);
