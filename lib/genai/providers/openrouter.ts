import type { Endpoint, Json, Likeness, ResponseReading } from '../endpoint.js';
import { countOf, fieldOf, isJson, listOf, objectOf, textOf } from '../untrusted.js';
import { openaiChat } from './openai-chat.js';
import { readResponse } from './openai-response.js';
import { openaiCompletions } from './openai-completions.js';
import { hasAny, isChatAnswer, isChatChunk, isChatRequest, isTextRequest } from './openai-shape.js';

const REQUEST_SIGNS = ['models', 'transforms', 'plugins', 'route'];

/** OpenRouter's chat completions (openrouter.ai/docs, API reference and usage accounting; read 2026-11-20). */
export const openrouterChat: Endpoint = {
  ...openaiChat,
  id: 'openrouter.chat_completions',
  provider: 'openrouter',
  matchRequest: (value) => (isChatRequest(value) ? matchParameters(value) : 0),
  matchResponse: (value) => (isChatAnswer(value) && !isText(value) ? matchAnswer(value) : 0),
  matchChunk: (value) => (isChatChunk(value) && !isText(value) ? matchAnswer(value) : 0),
  readResponse: readWithCost,
};

/** OpenRouter's completions of a prompt. */
export const openrouterCompletions: Endpoint = {
  ...openaiCompletions,
  id: 'openrouter.completions',
  provider: 'openrouter',
  matchRequest: (value) => (isTextRequest(value) ? matchParameters(value) : 0),
  matchResponse: (value) => (isText(value) ? matchAnswer(value) : 0),
  matchChunk: (value) => (isText(value) ? matchAnswer(value) : 0),
  readResponse: readWithCost,
};

// The name of the object may be that of a chat.
function isText(value: Json): boolean {
  const choice = listOf(value, 'choices')[0];
  return isJson(choice) && typeof choice['text'] === 'string' && !hasAny(choice, ['message', 'delta']);
}

function matchParameters(value: Json): Likeness {
  if (isJson(value['provider'])) return 3;
  return hasAny(value, REQUEST_SIGNS) ? 2 : 1;
}

function matchAnswer(value: Json): Likeness {
  if (!textOf(value, 'id')?.startsWith('gen-')) return 0;
  return textOf(value, 'provider') === undefined ? 2 : 3;
}

function readWithCost(value: Json): ResponseReading {
  const costUsd = readCost(objectOf(value, 'usage'));
  return costUsd === undefined ? readResponse(value) : { ...readResponse(value), costUsd };
}

/** Credits are US dollars. With a key of the user's own, `cost` is OpenRouter's fee and the provider bills the rest. */
function readCost(usage: Json): number | undefined {
  const cost = countOf(usage, 'cost');
  if (cost === undefined || fieldOf(usage, 'is_byok', 'isByok') !== true) return cost;
  const upstream = countOf(
    objectOf(usage, 'cost_details', 'costDetails'),
    'upstream_inference_cost',
    'upstreamInferenceCost',
  );
  return cost + (upstream ?? 0);
}
