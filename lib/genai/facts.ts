import type { Attributes } from '@opentelemetry/api';
import type { CallRecord, Cost, RequestFacts, ResponseFacts, Usage } from './record.js';
import { GEN_AI } from './vocabularies/gen-ai-names.js';

function putUsage(attributes: Attributes, usage: Usage): void {
  if (usage.inputTokens !== undefined) attributes[GEN_AI.inputTokens] = usage.inputTokens;
  if (usage.outputTokens !== undefined) attributes[GEN_AI.outputTokens] = usage.outputTokens;
  if (usage.cacheReadTokens !== undefined) attributes[GEN_AI.cacheReadTokens] = usage.cacheReadTokens;
  if (usage.cacheWriteTokens !== undefined) attributes[GEN_AI.cacheWriteTokens] = usage.cacheWriteTokens;
  if (usage.reasoningTokens !== undefined) attributes[GEN_AI.reasoningTokens] = usage.reasoningTokens;
  if (usage.totalTokens !== undefined) attributes[GEN_AI.totalTokens] = usage.totalTokens;
  if (usage.inputAudioTokens !== undefined) attributes[GEN_AI.inputAudioTokens] = usage.inputAudioTokens;
  if (usage.outputAudioTokens !== undefined) attributes[GEN_AI.outputAudioTokens] = usage.outputAudioTokens;
  if (usage.searchUnits !== undefined) attributes[GEN_AI.searchUnits] = usage.searchUnits;
}

function putCost(attributes: Attributes, cost: Cost): void {
  attributes[GEN_AI.cost] = cost.usd;
  if (cost.source !== '') attributes[GEN_AI.priceTable] = cost.source;
}

function putRequest(attributes: Attributes, request: RequestFacts): void {
  if (request.maxTokens !== undefined) attributes[GEN_AI.maxTokens] = request.maxTokens;
  if (request.temperature !== undefined) attributes[GEN_AI.temperature] = request.temperature;
  if (request.topP !== undefined) attributes[GEN_AI.topP] = request.topP;
  if (request.topK !== undefined) attributes[GEN_AI.topK] = request.topK;
  if (request.frequencyPenalty !== undefined) attributes[GEN_AI.frequencyPenalty] = request.frequencyPenalty;
  if (request.presencePenalty !== undefined) attributes[GEN_AI.presencePenalty] = request.presencePenalty;
  if (request.stopSequences !== undefined) attributes[GEN_AI.stopSequences] = [...request.stopSequences];
  if (request.seed !== undefined) attributes[GEN_AI.seed] = request.seed;
  if (request.choiceCount !== undefined && request.choiceCount !== 1) {
    attributes[GEN_AI.choiceCount] = request.choiceCount;
  }
  if (request.stream === true) attributes[GEN_AI.stream] = true;
  if (request.reasoningLevel !== undefined) attributes[GEN_AI.reasoningLevel] = request.reasoningLevel;
  if (request.previousResponseId !== undefined) attributes[GEN_AI.previousResponseId] = request.previousResponseId;
  if (request.outputType !== undefined) attributes[GEN_AI.outputType] = request.outputType;
  if (request.encodingFormats !== undefined) attributes[GEN_AI.encodingFormats] = [...request.encodingFormats];
  if (request.guardrailId !== undefined) attributes[GEN_AI.guardrailId] = request.guardrailId;
}

function putResponse(attributes: Attributes, response: ResponseFacts): void {
  if (response.id !== undefined) attributes[GEN_AI.responseId] = response.id;
  if (response.finishReasons !== undefined) attributes[GEN_AI.finishReasons] = [...response.finishReasons];
}

// The conventions have one count for what was asked for and what came back; ours beside it tell them apart.
function putDimensions(attributes: Attributes, asked: number | undefined, given: number | undefined): void {
  const count = given ?? asked;
  if (count === undefined) return;
  attributes[GEN_AI.dimensionCount] = count;
  if (given === undefined) return;
  attributes[GEN_AI.responseDimensionCount] = given;
  if (asked !== undefined) attributes[GEN_AI.requestDimensionCount] = asked;
}

function isOpenai(provider: string | undefined): boolean {
  return provider !== undefined && (provider === 'openai' || provider.startsWith('azure.'));
}

// The conventions name these for OpenAI alone; others have them as well.
function putRefinements(attributes: Attributes, { provider, apiType, request, response }: CallRecord): void {
  const isTheirs = isOpenai(provider);
  if (apiType !== undefined) attributes[isTheirs ? GEN_AI.openaiApiType : GEN_AI.apiType] = apiType;
  if (request?.serviceTier !== undefined) {
    attributes[isTheirs ? GEN_AI.openaiRequestServiceTier : GEN_AI.requestServiceTier] = request.serviceTier;
  }
  if (response?.serviceTier !== undefined) {
    attributes[isTheirs ? GEN_AI.openaiResponseServiceTier : GEN_AI.responseServiceTier] = response.serviceTier;
  }
  if (response?.systemFingerprint !== undefined) {
    attributes[isTheirs ? GEN_AI.openaiSystemFingerprint : GEN_AI.systemFingerprint] = response.systemFingerprint;
  }
}

/**
 * The facts of a call as `gen-ai` attributes, the ones that must survive a limit first; content never.
 * `timeToFirstChunk` is in seconds. May be given a part of a record: what is known at the start, and all at the end.
 */
export function toAttributes(record: CallRecord, timeToFirstChunk?: number): Attributes {
  const { operation, provider, request, response, usage, cost } = record;
  const attributes: Attributes = {};
  if (operation !== undefined) attributes[GEN_AI.operationName] = operation;
  if (provider !== undefined) attributes[GEN_AI.providerName] = provider;
  if (request?.model !== undefined) attributes[GEN_AI.requestModel] = request.model;
  if (response?.model !== undefined) attributes[GEN_AI.responseModel] = response.model;
  if (usage !== undefined) putUsage(attributes, usage);
  if (cost !== undefined) putCost(attributes, cost);
  if (response !== undefined) putResponse(attributes, response);
  if (request !== undefined) putRequest(attributes, request);
  if (timeToFirstChunk !== undefined) attributes[GEN_AI.timeToFirstChunk] = timeToFirstChunk;
  putDimensions(attributes, request?.dimensions, response?.dimensions);
  putRefinements(attributes, record);
  return attributes;
}
