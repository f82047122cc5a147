import { AssertionError } from 'node:assert';
import { callHealth } from '../core/call-health.js';
import type { FinishedSpan } from '../pipeline/finished-span.js';
import { printTree } from '../pipeline/tree.js';
import type { SpanSource } from './spans.js';
import { spansOf } from './spans.js';

/** Fails when a traced call of this process has not ended: a stream nobody read, a promise that never settled. */
export function expectNoOpenCalls(): void {
  const { live } = callHealth();
  if (live === 0) return;
  throw new AssertionError({
    message: `expected no open calls, got ${live}; a stream was not read to its end, or a promise did not settle`,
    actual: live,
    expected: 0,
    operator: 'expectNoOpenCalls',
  });
}

function orphansOf(spans: readonly FinishedSpan[]): FinishedSpan[] {
  const ids = new Set(spans.map((span) => span.spanContext().spanId));
  return spans.filter(({ parentSpanContext }) => parentSpanContext !== undefined && !ids.has(parentSpanContext.spanId));
}

/** Fails unless the spans form one tree: one trace, one root, every parent among them. The message prints what is there. */
export function expectOneTree(source: SpanSource): void {
  const spans = spansOf(source) ?? [];
  const roots = spans.filter(({ parentSpanContext }) => parentSpanContext === undefined);
  const traces = new Set(spans.map((span) => span.spanContext().traceId));
  const orphans = orphansOf(spans);
  if (roots.length === 1 && traces.size === 1 && orphans.length === 0) return;
  throw new AssertionError({
    message: [
      `expected one tree, got ${roots.length} roots, ${traces.size} traces and ${orphans.length} spans without their parent:`,
      printTree(spans) || '(no spans)',
    ].join('\n'),
    actual: { roots: roots.length, traces: traces.size, orphans: orphans.length },
    expected: { roots: 1, traces: 1, orphans: 0 },
    operator: 'expectOneTree',
  });
}
