import { conventionSpan } from './convention-span.js';
import type { ShownSpan, ShownTrace } from './shown-span.js';

interface JaegerSpan {
  readonly traceID: string;
  readonly spanID: string;
  readonly operationName: string;
  readonly references: ReadonlyArray<{ readonly refType: string; readonly spanID: string }>;
  readonly tags: ReadonlyArray<{ readonly key: string; readonly value: unknown }>;
}

function shown({ traceID, spanID, operationName, references, tags }: JaegerSpan): ShownSpan {
  const parent = references.find(({ refType }) => refType === 'CHILD_OF');
  return conventionSpan({
    traceId: traceID,
    spanId: spanID,
    parentSpanId: parent?.spanID ?? '',
    name: operationName,
    isFailed: tags.some(({ key, value }) => key === 'error' && value === true),
    attributes: Object.fromEntries(tags.map(({ key, value }) => [key, value])),
  });
}

/** Reads a trace through the API of Jaeger's own page. */
export async function readJaeger(api: string, traceId: string): Promise<ShownTrace> {
  const response = await fetch(`${api}/api/traces/${traceId}`);
  const raw = await response.text();
  if (!response.ok) return { spans: [], raw };
  const { data } = JSON.parse(raw) as { data: Array<{ spans: JaegerSpan[] }> };
  return { spans: data.flatMap(({ spans }) => spans.map(shown)), raw };
}
