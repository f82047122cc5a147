import type { ConventionMessage, ShownCall, ShownSpan, ShownTrace } from './shown-span.js';
import { textOr, toShownMessage } from './shown-span.js';

/** A value in the JSON of protobuf, by the names of the protocol. */
interface AnyValue {
  readonly array_value?: { readonly values?: readonly AnyValue[] };
  readonly kvlist_value?: { readonly values?: readonly KeyValue[] };
  readonly string_value?: string;
  readonly int_value?: number;
  readonly double_value?: number;
  readonly bool_value?: boolean;
}

interface KeyValue {
  readonly key: string;
  readonly value: AnyValue;
}

interface MlflowSpan {
  readonly trace_id: string;
  readonly span_id: string;
  readonly parent_span_id?: string;
  readonly name: string;
  readonly attributes?: readonly KeyValue[];
  readonly status?: { readonly code?: string };
}

interface MlflowTrace {
  readonly trace_info: { readonly trace_metadata?: Readonly<Record<string, string>> };
  readonly spans?: readonly MlflowSpan[];
}

function valueOf(value: AnyValue): unknown {
  if (value.array_value !== undefined) return (value.array_value.values ?? []).map(valueOf);
  if (value.kvlist_value !== undefined) return recordOf(value.kvlist_value.values);
  return value.string_value ?? value.int_value ?? value.double_value ?? value.bool_value;
}

function recordOf(pairs: readonly KeyValue[] = []): Record<string, unknown> {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, valueOf(value)]));
}

const hex = (base64 = ''): string => Buffer.from(base64, 'base64').toString('hex');

function callOf(attributes: Record<string, unknown>): ShownCall {
  const usage = attributes['mlflow.chat.tokenUsage'] as Record<string, unknown> | undefined;
  const inputs = attributes['mlflow.spanInputs'] as ConventionMessage[] | undefined;
  const [output] = (attributes['mlflow.spanOutputs'] ?? []) as Array<ConventionMessage & { finish_reason: unknown }>;
  return {
    model: attributes['mlflow.llm.model'],
    inputTokens: usage?.['input_tokens'],
    outputTokens: usage?.['output_tokens'],
    finishReason: output?.finish_reason,
    ...(inputs === undefined ? {} : { input: inputs.map(toShownMessage) }),
    ...(output === undefined ? {} : { output: toShownMessage(output).text }),
  };
}

function shown(span: MlflowSpan): ShownSpan {
  const attributes = recordOf(span.attributes);
  const kind = textOr(attributes['mlflow.spanType'], 'none');
  return {
    traceId: hex(span.trace_id),
    spanId: hex(span.span_id),
    parentSpanId: hex(span.parent_span_id),
    name: span.name,
    isFailed: span.status?.code === 'STATUS_CODE_ERROR',
    kind,
    // Those that were sent are there as well; what counts is what MLflow made of them.
    attributes: Object.fromEntries(Object.entries(attributes).filter(([key]) => key.startsWith('mlflow.'))),
    ...(kind === 'CHAT_MODEL' ? { call: callOf(attributes) } : {}),
  };
}

/** Reads a trace through MLflow's REST API; only what MLflow made of the attributes counts, not the attributes sent. */
export async function readMlflow(api: string, traceId: string): Promise<ShownTrace> {
  const response = await fetch(`${api}/api/3.0/mlflow/traces/get?trace_id=tr-${traceId}`);
  const raw = await response.text();
  if (!response.ok) return { spans: [], raw };
  const { trace } = JSON.parse(raw) as { trace: MlflowTrace };
  const usage = trace.trace_info.trace_metadata?.['mlflow.trace.tokenUsage'] ?? '{}';
  const { input_tokens, output_tokens } = JSON.parse(usage) as Record<string, unknown>;
  const total = { inputTokens: input_tokens, outputTokens: output_tokens };
  return { spans: (trace.spans ?? []).map(shown), raw, total };
}
