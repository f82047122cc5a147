import type { ShownSpan } from './shown-span.js';

/** What makes a tree of spans. */
export type TreeSpan = Pick<ShownSpan, 'traceId' | 'spanId' | 'parentSpanId' | 'name' | 'isFailed'>;

/** A line a span, sorted: two trees are the same when their lines are. */
export function tree(spans: readonly TreeSpan[]): string[] {
  return spans
    .map(({ traceId, spanId, parentSpanId, name, isFailed }) =>
      [traceId, spanId, parentSpanId, name, isFailed ? 'failed' : 'ok'].join(' '),
    )
    .sort();
}
