import type { Endpoint, Json, Likeness, RequestReading, ResponseReading } from '../endpoint.js';
import type { RequestFacts, ResponseFacts } from '../record.js';
import { readAiSdkInput, readAiSdkOutput, readAiSdkTexts } from './ai-sdk-content.js';
import { providerOfAiSdk } from './ai-sdk-names.js';
import { isAiSdkEmbedding, isAiSdkGeneration, toPlainAiSdk } from './ai-sdk-plain.js';
import { readAiSdkCost, readAiSdkUsage } from './ai-sdk-usage.js';
import { asCount, asName, asNumber, asObject, asObjects, asTexts, present } from '../json-fields.js';

const ALIASES = ['vercel', 'ai-sdk', 'vercel.ai_sdk'];
// Settings with names of the SDK's own; a model of the gateway is a text.
const OWN_SETTINGS = ['maxOutputTokens', 'stopWhen', 'maxRetries', 'hasSchema'];

function isModel(model: unknown): boolean {
  return typeof asObject(model)?.['modelId'] === 'string';
}

function isGatewayModel(model: unknown): boolean {
  return typeof model === 'string' && model.includes('/');
}

function matchGeneration(request: Json): Likeness {
  const { model, prompt, messages } = request;
  if (typeof prompt !== 'string' && !Array.isArray(prompt) && !Array.isArray(messages)) return 0;
  if (isModel(model)) return 3;
  if (!isGatewayModel(model)) return 0;
  return OWN_SETTINGS.some((name) => request[name] !== undefined) ? 2 : 1;
}

function matchEmbedding(request: Json): Likeness {
  const { model, value, values } = request;
  if (typeof value !== 'string' && asTexts(values) === undefined) return 0;
  if (isModel(model)) return 3;
  return isGatewayModel(model) ? 2 : 0;
}

function matchResult(result: Json, isOne: (value: object) => boolean): Likeness {
  try {
    return isOne(result) && asObject(result['usage']) !== undefined ? 3 : 0;
  } catch {
    return 0;
  }
}

function readRequest(request: Json): RequestReading {
  const model = asObject(request['model']);
  const modelId = asName(model?.['modelId']) ?? asName(request['model']);
  const provider = providerOfAiSdk(asName(model?.['provider']), modelId);
  const level = asName(request['reasoning']);
  return {
    request: present<RequestFacts>({
      model: modelId,
      maxTokens: asCount(request['maxOutputTokens']),
      temperature: asNumber(request['temperature']),
      topP: asNumber(request['topP']),
      topK: asCount(request['topK']),
      frequencyPenalty: asNumber(request['frequencyPenalty']),
      presencePenalty: asNumber(request['presencePenalty']),
      stopSequences: asTexts(request['stopSequences']),
      seed: asNumber(request['seed']),
      reasoningLevel: level === 'provider-default' ? undefined : level,
      outputType: request['hasSchema'] === true ? 'json' : undefined,
    }),
    ...(provider === undefined ? {} : { provider }),
  };
}

// The last step names its provider (version 7); the metadata of a provider stand under its name.
function providerOf(result: Json): string | undefined {
  const model = asObject(asObjects(result['steps']).at(-1)?.['model']);
  const name = asName(model?.['provider']);
  if (name !== undefined) return providerOfAiSdk(name, asName(model?.['modelId']));
  const names = Object.keys(asObject(result['providerMetadata']) ?? {}).filter((key) => key !== 'gateway');
  return names.length === 1 ? providerOfAiSdk(names[0]) : undefined;
}

function readResponse(result: Json): ResponseReading {
  const response = asObject(result['response']);
  const reason = asName(result['finishReason']);
  const usage = readAiSdkUsage(result);
  const costUsd = readAiSdkCost(result);
  const provider = providerOf(result);
  return {
    response: present<ResponseFacts>({
      id: asName(response?.['id']),
      model: asName(response?.['modelId']),
      finishReasons: reason === undefined ? undefined : [reason],
      dimensions: asCount(result['dimensions']),
    }),
    ...(usage === undefined ? {} : { usage }),
    ...(costUsd === undefined ? {} : { costUsd }),
    ...(provider === undefined ? {} : { provider }),
  };
}

const generation: Endpoint = {
  id: 'vercel.ai_sdk',
  // Whose model it is, only the request or the answer can tell.
  provider: '',
  aliases: ALIASES,
  operation: 'chat',
  matchRequest: matchGeneration,
  matchResponse: (result) => matchResult(result, isAiSdkGeneration),
  readRequest,
  readResponse,
  readInput: readAiSdkInput,
  readOutput: readAiSdkOutput,
  toPlain: toPlainAiSdk,
};

const embedding: Endpoint = {
  id: 'vercel.ai_sdk_embed',
  provider: '',
  aliases: ALIASES,
  operation: 'embeddings',
  matchRequest: matchEmbedding,
  matchResponse: (result) => matchResult(result, isAiSdkEmbedding),
  readRequest,
  readResponse,
  readInput: readAiSdkTexts,
  readOutput: () => ({}),
  toPlain: toPlainAiSdk,
};

/** generateText, generateObject, embed and embedMany of the Vercel AI SDK, versions 5 to 7; no streams. */
export const aiSdkEndpoints: readonly Endpoint[] = [generation, embedding];
