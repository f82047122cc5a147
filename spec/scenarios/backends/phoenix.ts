import type { ShownCall, ShownMessage, ShownSpan, ShownTrace } from './shown-span.js';
import { textOr } from './shown-span.js';

interface PhoenixSpan {
  readonly name: string;
  readonly context: { readonly trace_id: string; readonly span_id: string };
  readonly span_kind: string;
  readonly parent_id: string | null;
  readonly status_code: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

const PROJECT = 'default';
const PAGE = 1000;

function messagesOf(attributes: PhoenixSpan['attributes'], list: string): ShownMessage[] {
  const messages: ShownMessage[] = [];
  for (;;) {
    const prefix = `${list}.${messages.length}.message`;
    const role = attributes[`${prefix}.role`];
    if (typeof role !== 'string') return messages;
    messages.push({ role, text: textOr(attributes[`${prefix}.content`], '') });
  }
}

function callOf({ attributes }: PhoenixSpan): ShownCall {
  const output = messagesOf(attributes, 'llm.output_messages')[0]?.text;
  return {
    model: attributes['llm.model_name'],
    inputTokens: attributes['llm.token_count.prompt'],
    outputTokens: attributes['llm.token_count.completion'],
    finishReason: attributes['llm.finish_reason'],
    input: messagesOf(attributes, 'llm.input_messages'),
    ...(output === undefined ? {} : { output }),
  };
}

function shown(span: PhoenixSpan): ShownSpan {
  return {
    traceId: span.context.trace_id,
    spanId: span.context.span_id,
    parentSpanId: span.parent_id ?? '',
    name: span.name,
    isFailed: span.status_code === 'ERROR',
    attributes: span.attributes,
    kind: span.span_kind,
    ...(span.span_kind === 'LLM' ? { call: callOf(span) } : {}),
  };
}

interface Total {
  readonly inputTokens: unknown;
  readonly outputTokens: unknown;
}

interface Totals {
  readonly data: { readonly getTraceByOtelId: { readonly rootSpan: Total | null } | null };
}

// Phoenix adds up columns of its own, which it fills when it takes a span for a call to a model.
async function readTotal(api: string, traceId: string): Promise<Total | undefined> {
  const tokens = 'inputTokens: cumulativeTokenCountPrompt outputTokens: cumulativeTokenCountCompletion';
  const body = JSON.stringify({ query: `{ getTraceByOtelId(traceId: "${traceId}") { rootSpan { ${tokens} } } }` });
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${api}/graphql`, { method: 'POST', headers, body });
  const { data } = (await response.json()) as Totals;
  return data.getTraceByOtelId?.rootSpan ?? undefined;
}

/** Reads the spans of Phoenix's default project through its REST API, and their tokens through that of its own page. */
export async function readPhoenix(api: string, traceId: string): Promise<ShownTrace> {
  const query = new URLSearchParams({ limit: String(PAGE), trace_id: traceId });
  const response = await fetch(`${api}/v1/projects/${PROJECT}/spans?${query.toString()}`);
  const raw = await response.text();
  if (!response.ok) return { spans: [], raw };
  const { data } = JSON.parse(raw) as { data: PhoenixSpan[] };
  const total = await readTotal(api, traceId);
  return { spans: data.map(shown), raw, ...(total === undefined ? {} : { total }) };
}
