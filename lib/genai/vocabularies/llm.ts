import type { Attributes } from '@opentelemetry/api';
import { toJson } from '../json.js';
import type { SpanRecord } from '../span-record.js';
import { factAttributes, put, putUntranslated } from './fact-attributes.js';
import { contentAttributes } from './gen-ai.js';
import { GEN_AI } from './gen-ai-names.js';
import { LLM } from './llm-names.js';
import { shownInput, shownOutput } from './shown-content.js';
import type { Vocabulary } from './vocabulary.js';

const TRANSLATED: ReadonlySet<string> = new Set([
  GEN_AI.requestModel,
  GEN_AI.inputTokens,
  GEN_AI.outputTokens,
  GEN_AI.cost,
  GEN_AI.cached,
  GEN_AI.systemInstructions,
  GEN_AI.inputMessages,
  GEN_AI.outputMessages,
  GEN_AI.toolDefinitions,
  GEN_AI.retrievalQuery,
  GEN_AI.retrievalDocuments,
  GEN_AI.embeddingTexts,
]);

function putCall(attributes: Attributes, facts: Attributes, { call, external }: SpanRecord, durationMs?: number): void {
  if (call === undefined) return;
  const model = call.request?.model ?? call.response?.model;
  put(attributes, LLM.model, model);
  put(attributes, LLM.callType, call.operation);
  if (call.operation !== undefined) delete facts[GEN_AI.operationName];
  put(attributes, LLM.tokensIn, call.usage?.inputTokens);
  put(attributes, LLM.tokensOut, call.usage?.outputTokens);
  put(attributes, LLM.costUsd, call.cost?.usd);
  put(attributes, LLM.latencyMs, external?.latencyMs ?? durationMs);
  if (call.response?.model === model) delete facts[GEN_AI.responseModel];
}

function putContent(attributes: Attributes, record: SpanRecord): void {
  const input = shownInput(record);
  const output = shownOutput(record);
  if (input?.source === 'call') put(attributes, LLM.input, toJson(input.value));
  if (output?.source === 'call') put(attributes, LLM.output, toJson(output.value));
}

/** The flat names of the older designs; tasks, policies and remediations have theirs in every vocabulary. */
export const llm: Vocabulary = {
  name: 'llm',
  render: (record, { durationMs } = {}) => {
    const attributes: Attributes = {};
    const facts = factAttributes(record);
    putCall(attributes, facts, record, durationMs);
    put(attributes, LLM.cached, record.cached);
    putUntranslated(attributes, facts, TRANSLATED);
    putContent(attributes, record);
    putUntranslated(attributes, contentAttributes(record), TRANSLATED);
    return Object.assign(attributes, record.rest);
  },
};
