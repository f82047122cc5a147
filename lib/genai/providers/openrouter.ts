import type { Endpoint, Json, Likeness, ResponseReading } from '../endpoint.js';
import { countOf, fieldOf, isJson, objectOf, textOf } from '../untrusted.js';
import { openaiChat } from './openai-chat.js';
import { readResponse } from './openai-response.js';
import { hasAny, isChatAnswer, isChatChunk, isChatRequest } from './openai-shape.js';

const REQUEST_SIGNS = ['models', 'transforms', 'plugins', 'route'];

/** OpenRouter's chat completions (openrouter.ai/docs, API reference and usage accounting; read 2026-11-20). */
export const openrouterChat: Endpoint = {
  ...openaiChat,
  id: 'openrouter.chat_completions',
  provider: 'openrouter',
  matchRequest: (value) => {
    if (!isChatRequest(value)) return 0;
    if (isJson(value['provider'])) return 3;
    return hasAny(value, REQUEST_SIGNS) ? 2 : 1;
  },
  matchResponse: (value) => (isChatAnswer(value) ? matchAnswer(value) : 0),
  matchChunk: (value) => (isChatChunk(value) ? matchAnswer(value) : 0),
  readResponse: readWithCost,
};

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
