import type { Attributes } from '@opentelemetry/api';
import { toJson, toText } from '../json.js';
import type { CallRecord } from '../record.js';
import type { SpanSort } from '../span-facts.js';
import type { SpanRecord } from '../span-record.js';
import { fitLists } from './attribute-budget.js';
import { capturedAttributes, factAttributes, put, putUntranslated } from './fact-attributes.js';
import { GEN_AI } from './gen-ai-names.js';
import { modelHostOf } from './model-hosts.js';
import { contentLists } from './openinference-lists.js';
import { OPENINFERENCE } from './openinference-names.js';
import { dropAskedDimensions, REQUEST_PARAMETER_KEYS, requestParameters } from './request-parameters.js';
import { shownInput, shownOutput } from './shown-content.js';
import type { ShownContent } from './shown-content.js';
import type { Vocabulary } from './vocabulary.js';

const KINDS: Readonly<Record<SpanSort, string>> = {
  llm: 'LLM',
  embedding: 'EMBEDDING',
  retrieval: 'RETRIEVER',
  rerank: 'RERANKER',
  tool: 'TOOL',
  agent: 'AGENT',
  policy: 'GUARDRAIL',
  external: 'CHAIN',
  remediation: 'CHAIN',
  workflow: 'CHAIN',
  task: 'CHAIN',
  chain: 'CHAIN',
};

const TRANSLATED: ReadonlySet<string> = new Set([
  GEN_AI.operationName,
  GEN_AI.providerName,
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
  GEN_AI.toolName,
  GEN_AI.toolDescription,
  GEN_AI.toolCallId,
  GEN_AI.agentName,
  GEN_AI.promptName,
  GEN_AI.promptVersion,
  GEN_AI.tags,
  GEN_AI.metadata,
]);

function putUsage(attributes: Attributes, { usage, cost }: CallRecord): void {
  const { inputTokens, outputTokens } = usage ?? {};
  const sum = inputTokens === undefined || outputTokens === undefined ? undefined : inputTokens + outputTokens;
  put(attributes, OPENINFERENCE.promptTokens, inputTokens);
  put(attributes, OPENINFERENCE.completionTokens, outputTokens);
  put(attributes, OPENINFERENCE.totalTokens, usage?.totalTokens ?? sum);
  put(attributes, OPENINFERENCE.cacheReadTokens, usage?.cacheReadTokens);
  put(attributes, OPENINFERENCE.cacheWriteTokens, usage?.cacheWriteTokens);
  put(attributes, OPENINFERENCE.reasoningTokens, usage?.reasoningTokens);
  put(attributes, OPENINFERENCE.promptAudioTokens, usage?.inputAudioTokens);
  put(attributes, OPENINFERENCE.completionAudioTokens, usage?.outputAudioTokens);
  put(attributes, OPENINFERENCE.totalCost, cost?.usd);
}

function putModel(attributes: Attributes, call: CallRecord, kind: SpanSort): void {
  const { provider, request, response } = call;
  const model = response?.model ?? request?.model;
  if (kind === 'embedding') put(attributes, OPENINFERENCE.embeddingModelName, model);
  else if (kind === 'rerank') put(attributes, OPENINFERENCE.rerankerModelName, model);
  else put(attributes, OPENINFERENCE.modelName, model);
  if (request?.model !== undefined && response?.model !== undefined && request.model !== response.model) {
    attributes[OPENINFERENCE.requestModelName] = request.model;
    attributes[OPENINFERENCE.responseModelName] = response.model;
  }
  // Its rules leave both out of embeddings; who embedded is a fact all the same.
  if (provider === undefined) return;
  if (kind === 'embedding') attributes[GEN_AI.providerName] = provider;
  else {
    const host = modelHostOf(provider, model);
    attributes[OPENINFERENCE.provider] = host.provider;
    put(attributes, OPENINFERENCE.system, host.system);
  }
}

function putParameters(attributes: Attributes, call: CallRecord, kind: SpanSort): void {
  const isEmbedding = kind === 'embedding';
  const key = isEmbedding ? OPENINFERENCE.embeddingInvocationParameters : OPENINFERENCE.invocationParameters;
  put(attributes, key, toJson(requestParameters(call)));
  if (kind === 'rerank') {
    const topK = call.request?.topK;
    put(attributes, OPENINFERENCE.rerankerTopK, Number.isInteger(topK) ? topK : undefined);
    put(attributes, OPENINFERENCE.rerankerQuery, call.messages?.query);
  }
}

function putCall(attributes: Attributes, facts: Attributes, { call, kind }: SpanRecord): void {
  if (call === undefined) return;
  putModel(attributes, call, kind);
  putUsage(attributes, call);
  putParameters(attributes, call, kind);
  const reasons = call.response?.finishReasons ?? [];
  put(attributes, OPENINFERENCE.finishReason, reasons[0]);
  if (reasons.length === 1) delete facts[GEN_AI.finishReasons];
  dropAskedDimensions(facts, call);
}

function putActors(attributes: Attributes, { tool, agent, prompt }: SpanRecord): void {
  put(attributes, OPENINFERENCE.toolName, tool?.name);
  put(attributes, OPENINFERENCE.toolDescription, tool?.description);
  put(attributes, OPENINFERENCE.toolId, tool?.callId);
  put(attributes, OPENINFERENCE.agentName, agent?.name);
  put(attributes, OPENINFERENCE.promptId, prompt?.name);
  put(attributes, OPENINFERENCE.promptTemplateVersion, toText(prompt?.version));
}

function putContext(attributes: Attributes, facts: Attributes, { context }: SpanRecord): void {
  const { sessionId, conversationId, tags, metadata } = context;
  if (sessionId === undefined && conversationId !== undefined) {
    attributes[OPENINFERENCE.sessionId] = conversationId;
    delete facts[GEN_AI.conversationId];
  }
  put(attributes, OPENINFERENCE.tags, tags === undefined ? undefined : [...tags]);
  put(attributes, OPENINFERENCE.metadata, toJson(metadata));
}

function putShown(attributes: Attributes, shown: ShownContent | undefined, value: string, mimeType: string): void {
  const text = toText(shown?.value);
  if (text === undefined) return;
  attributes[value] = text;
  attributes[mimeType] = typeof shown?.value === 'string' ? 'text/plain' : 'application/json';
}

function putContent(attributes: Attributes, record: SpanRecord): void {
  const input = shownInput(record);
  const output = shownOutput(record);
  putShown(attributes, input, OPENINFERENCE.inputValue, OPENINFERENCE.inputMimeType);
  putShown(attributes, output, OPENINFERENCE.outputValue, OPENINFERENCE.outputMimeType);
  put(attributes, OPENINFERENCE.promptTemplateVariables, toJson(record.prompt?.variables));
  const others = {
    input: input?.source === 'captured' ? undefined : record.input,
    output: output?.source === 'captured' ? undefined : record.output,
  };
  Object.assign(attributes, capturedAttributes(others));
}

function putLists(attributes: Attributes, record: SpanRecord, maxAttributes: number): void {
  const lists = contentLists(record);
  const room = maxAttributes - Object.keys(attributes).length;
  const all = fitLists(lists, room);
  const { lists: kept } = all.isCut ? fitLists(lists, room - 1) : all;
  if (all.isCut) attributes[GEN_AI.contentDropped] ??= true;
  for (const { prefix, items } of kept) {
    for (const [index, item] of items.entries()) {
      for (const [key, value] of item) attributes[`${prefix}.${index}.${key}`] = value;
    }
  }
}

/**
 * OpenInference, which Phoenix and Arize read. Messages, documents and tools are flattened; when they would pass
 * `maxAttributes`, the middle of a conversation and the last documents, texts and tools give way. Facts never do.
 */
export const openinference: Vocabulary = {
  name: 'openinference',
  render: (record, { maxAttributes = Number.POSITIVE_INFINITY } = {}) => {
    const attributes: Attributes = { [OPENINFERENCE.spanKind]: KINDS[record.kind] };
    const facts = factAttributes(record);
    putCall(attributes, facts, record);
    putActors(attributes, record);
    putContext(attributes, facts, record);
    putUntranslated(attributes, facts, TRANSLATED);
    putContent(attributes, record);
    Object.assign(attributes, record.rest);
    putLists(attributes, record, maxAttributes);
    return attributes;
  },
};
