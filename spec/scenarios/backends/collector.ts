import { readFile } from 'node:fs/promises';

import { ERROR, RecordedTrace } from '../../samples/ticket-summarizer/recorded-trace.js';
import { conventionSpan } from './convention-span.js';
import type { ShownTrace } from './shown-span.js';

/** Reads the file that the Collector wrote: OTLP JSON, a line a request. */
export async function readCollector(file: string, traceId: string): Promise<ShownTrace> {
  const raw = await readFile(file, 'utf8');
  // The end may be a line that is still being written.
  if (raw !== '' && !raw.endsWith('\n')) return { spans: [], raw };
  const { spans } = new RecordedTrace(file);
  const own = spans.filter((span) => span.traceId === traceId);
  return { spans: own.map((span) => conventionSpan({ ...span, isFailed: span.status === ERROR })), raw };
}
