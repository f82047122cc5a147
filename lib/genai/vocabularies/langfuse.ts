import type { Attributes, HrTime } from '@opentelemetry/api';
import { toJson, toText } from '../json.js';
import { isLoose } from '../read-parts.js';
import type { CallRecord, Usage } from '../record.js';
import type { SpanSort } from '../span-facts.js';
import type { SpanRecord } from '../span-record.js';
import { capturedAttributes, factAttributes, put, putUntranslated } from './fact-attributes.js';
import { GEN_AI } from './gen-ai-names.js';
import { LANGFUSE } from './langfuse-names.js';
import { dropAskedDimensions, REQUEST_PARAMETER_KEYS, requestParameters } from './request-parameters.js';
import { shownInput, shownOutput } from './shown-content.js';
import type { Vocabulary } from './vocabulary.js';

const TYPES: Readonly<Record<SpanSort, string>> = {
  llm: 'generation',
  embedding: 'embedding',
  retrieval: 'retriever',
  rerank: 'retriever',
  tool: 'tool',
  agent: 'agent',
  policy: 'guardrail',
  workflow: 'chain',
  task: 'chain',
  remediation: 'chain',
  external: 'span',
  chain: 'span',
};

const TRANSLATED: ReadonlySet<string> = new Set([
  GEN_AI.operationName,
  GEN_AI.requestModel,
  GEN_AI.responseModel,
  GEN_AI.inputTokens,
  GEN_AI.outputTokens,
  GEN_AI.totalTokens,
  GEN_AI.cacheReadTokens,
  GEN_AI.cacheWriteTokens,
  GEN_AI.reasoningTokens,
  GEN_AI.inputAudioTokens,
  GEN_AI.outputAudioTokens,
  GEN_AI.cost,
  ...REQUEST_PARAMETER_KEYS,
  GEN_AI.promptName,
  GEN_AI.promptVersion,
  GEN_AI.sessionId,
  GEN_AI.userId,
  GEN_AI.tags,
  GEN_AI.metadata,
]);

// Each count is taken out of its whole only once: a provider may count cached audio under both.
function splitOff(
  whole: number | undefined,
  parts: Readonly<Record<string, number | undefined>>,
): Record<string, number> {
  const buckets: Record<string, number> = {};
  let left = whole ?? Number.POSITIVE_INFINITY;
  for (const [name, count] of Object.entries(parts)) {
    if (count === undefined) continue;
    buckets[name] = Math.min(count, left);
    left -= buckets[name];
  }
  return buckets;
}

const total = (buckets: Record<string, number>): number =>
  Object.values(buckets).reduce((sum, count) => sum + count, 0);

/**
 * Usage in buckets that share no token, as Langfuse adds them up and prices each on its own. Names: of those in its price
 * list the ones that OpenAI's, Anthropic's and Google's models have in common (`input_cached_tokens`, not
 * `input_cache_read`, which Gemini's lack); all contain `input` or `output`, by which its UI groups them.
 * Source: langfuse.com/docs/token-usage and worker/src/constants/default-model-prices.json, read 2026-11-20.
 */
function usageDetails(usage: Usage): Readonly<Record<string, number>> {
  const input = splitOff(usage.inputTokens, {
    input_cached_tokens: usage.cacheReadTokens,
    input_cache_creation: usage.cacheWriteTokens,
    input_audio_tokens: usage.inputAudioTokens,
  });
  const output = splitOff(usage.outputTokens, {
    output_reasoning: usage.reasoningTokens,
    output_audio_tokens: usage.outputAudioTokens,
  });
  return {
    ...(usage.inputTokens === undefined ? {} : { input: usage.inputTokens - total(input) }),
    ...(usage.outputTokens === undefined ? {} : { output: usage.outputTokens - total(output) }),
    ...(usage.totalTokens === undefined ? {} : { total: usage.totalTokens }),
    ...input,
    ...output,
  };
}

function putCall(attributes: Attributes, { request, response, usage, cost, ...call }: CallRecord): void {
  const model = response?.model ?? request?.model;
  put(attributes, LANGFUSE.modelName, model);
  const details = usage === undefined ? {} : usageDetails(usage);
  if (Object.keys(details).length > 0) put(attributes, LANGFUSE.usageDetails, toJson(details));
  if (cost !== undefined) put(attributes, LANGFUSE.costDetails, toJson({ total: cost.usd }));
  const asked = request?.model === model ? {} : { model: request?.model };
  const parameters = { ...asked, ...requestParameters({ ...call, ...(request === undefined ? {} : { request }) }) };
  if (Object.keys(parameters).length > 0) put(attributes, LANGFUSE.modelParameters, toJson(parameters));
}

function putStatus(attributes: Attributes, { isFailed, statusMessage }: SpanRecord): void {
  if (!isFailed) return;
  attributes[LANGFUSE.level] = 'ERROR';
  put(attributes, LANGFUSE.statusMessage, statusMessage);
}

// A version that is no whole number makes Langfuse refuse the span, and what begins with `gen_ai.prompt` it takes for
// the input.
function putPrompt(attributes: Attributes, { prompt }: SpanRecord): void {
  const { name, version, variables } = prompt ?? {};
  put(attributes, LANGFUSE.promptName, name);
  if (version !== undefined) {
    const isWhole = /^\d{1,9}$/.test(String(version));
    if (isWhole) attributes[LANGFUSE.promptVersion] = Number(version);
    else attributes[`${LANGFUSE.observationMetadata}.prompt_version`] = version;
  }
  put(attributes, `${LANGFUSE.observationMetadata}.prompt_variables`, toJson(variables));
}

function putContext(attributes: Attributes, facts: Attributes, { context }: SpanRecord): void {
  const { sessionId, userId, conversationId, tags, metadata } = context;
  put(attributes, LANGFUSE.sessionId, sessionId ?? conversationId);
  if (sessionId === undefined) delete facts[GEN_AI.conversationId];
  put(attributes, LANGFUSE.userId, userId);
  put(attributes, LANGFUSE.tags, tags === undefined ? undefined : [...tags]);
  if (isLoose(metadata)) {
    for (const [key, value] of Object.entries(metadata))
      put(attributes, `${LANGFUSE.traceMetadata}.${key}`, toText(value));
  } else put(attributes, `${LANGFUSE.traceMetadata}.metadata`, toText(metadata));
}

function toIso([seconds, nanos]: HrTime, laterSeconds: number): string | undefined {
  const time = seconds * 1000 + nanos / 1_000_000 + laterSeconds * 1000;
  return Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : undefined;
}

function putFirstChunk(attributes: Attributes, facts: Attributes, record: SpanRecord, startTime?: HrTime): void {
  if (startTime === undefined || record.timeToFirstChunk === undefined) return;
  const time = toIso(startTime, record.timeToFirstChunk);
  if (time === undefined) return;
  attributes[LANGFUSE.completionStartTime] = time;
  delete facts[GEN_AI.timeToFirstChunk];
}

function putContent(attributes: Attributes, record: SpanRecord): void {
  const input = shownInput(record);
  const output = shownOutput(record);
  put(attributes, LANGFUSE.input, toText(input?.value));
  put(attributes, LANGFUSE.output, toText(output?.value));
  const others = {
    input: input?.source === 'captured' ? undefined : record.input,
    output: output?.source === 'captured' ? undefined : record.output,
  };
  Object.assign(attributes, capturedAttributes(others));
}

// Of a span that somebody else made Langfuse can tell more from their attributes than `span` says.
function typeOf({ kind, rest }: SpanRecord): string | undefined {
  const isForeign =
    kind === 'chain' && Object.keys(rest).some((key) => /^(ai|gen_ai|llm|mlflow|openinference|traceloop)\./.test(key));
  return isForeign ? undefined : TYPES[kind];
}

/** Langfuse's own attributes, which it reads before any others. */
export const langfuse: Vocabulary = {
  name: 'langfuse',
  render: (record, { startTime } = {}) => {
    const attributes: Attributes = {};
    const facts = factAttributes(record);
    put(attributes, LANGFUSE.type, typeOf(record));
    if (record.call !== undefined) {
      putCall(attributes, record.call);
      dropAskedDimensions(facts, record.call);
    }
    putStatus(attributes, record);
    putFirstChunk(attributes, facts, record, startTime);
    putPrompt(attributes, record);
    putContext(attributes, facts, record);
    putUntranslated(attributes, facts, TRANSLATED);
    putContent(attributes, record);
    return Object.assign(attributes, record.rest);
  },
};
