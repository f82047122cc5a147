import type { FinishedSpan } from '../pipeline/finished-span.js';
import type { CapturedSpans } from './capture.js';

/** What assertions read spans from. */
export type SpanSource = Pick<CapturedSpans, 'finished'> | readonly FinishedSpan[];

/** The spans of a source; undefined when the value is no source of spans. */
export function spansOf(source: unknown): readonly FinishedSpan[] | undefined {
  if (Array.isArray(source)) return source as FinishedSpan[];
  const { finished } = (source ?? {}) as Partial<CapturedSpans>;
  return typeof finished === 'function' ? finished.call(source) : undefined;
}
