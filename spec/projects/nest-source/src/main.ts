import 'reflect-metadata';

import { writeFileSync } from 'node:fs';

import type { FinishedSpan } from 'spanwright';
import { configureTracing } from 'spanwright';

import { readFaces } from './faces.js';
import { observe, takeCounts } from './observation.js';

function toPlain(span: FinishedSpan): Record<string, unknown> {
  return {
    name: span.name,
    id: span.spanContext().spanId,
    trace: span.spanContext().traceId,
    parent: span.parentSpanContext?.spanId,
    status: span.status.code,
    attributes: span.attributes,
    ended: span.ended,
  };
}

/** The application once without tracing and once with, in one process: what was seen, as JSON into the file that is named. */
async function main(file: string): Promise<void> {
  const faces = readFaces();
  const off = { seen: await observe(), ran: takeCounts() };
  const tracing = configureTracing({ serviceName: 'tickets', destinations: [{ provider: 'memory' }] });
  const on = { seen: await observe(), ran: takeCounts() };
  await tracing.flush();
  const spans = tracing.finishedSpans().map((span) => toPlain(span));
  const { calls, guarded, destinations } = tracing.health();
  await tracing.shutdown();
  writeFileSync(file, JSON.stringify({ faces, off, on, spans, health: { calls, guarded, destinations } }));
}

void main(process.argv[2] ?? 'observed.json');
