import type { Endpoint, Json, Likeness } from '../endpoint.js';
import { isJson, listOf, objectOf, textOf } from '../untrusted.js';
import { openaiChat } from './openai-chat.js';
import { openaiCompletions } from './openai-completions.js';
import { openaiEmbeddings } from './openai-embeddings.js';
import {
  hasAny,
  isChatAnswer,
  isChatChunk,
  isChatRequest,
  isEmbeddingAnswer,
  isEmbeddingRequest,
  isTextAnswer,
  isTextRequest,
} from './openai-shape.js';

const together = { provider: 'together', aliases: ['together_ai', 'togetherai'] } as const;
const REQUEST_SIGNS = ['safety_model', 'context_length_exceeded_behavior'];
/** `88fa668fac30bb19-MXP`: the number that Cloudflare gives a request, and an airport. */
const RAY_ID = /^[0-9a-f]{16}-[A-Z]{3}$/;

/** Together's chat completions. */
export const togetherChat: Endpoint = {
  ...openaiChat,
  ...together,
  id: 'together.chat_completions',
  matchRequest: (value) => (isChatRequest(value) ? matchParameters(value) : 0),
  matchResponse: (value) => (isChatAnswer(value) ? matchAnswer(value) : 0),
  matchChunk: (value) => (isChatChunk(value) ? matchAnswer(value) : 0),
};

/** Together's completions. */
export const togetherCompletions: Endpoint = {
  ...openaiCompletions,
  ...together,
  id: 'together.completions',
  matchRequest: (value) => (isTextRequest(value) ? matchParameters(value) : 0),
  matchResponse: (value) => (isTextAnswer(value) ? matchAnswer(value) : 0),
  matchChunk: (value) => (isTextAnswer(value) ? matchAnswer(value) : 0),
};

/** Together's embeddings; models of its own apart, nothing tells them from OpenAI's. */
export const togetherEmbeddings: Endpoint = {
  ...openaiEmbeddings,
  ...together,
  id: 'together.embeddings',
  matchRequest: (value) => (isEmbeddingRequest(value) ? matchModel(value) : 0),
  matchResponse: (value) => (isEmbeddingAnswer(value) ? matchModel(value) : 0),
};

function matchModel(value: Json): Likeness {
  return textOf(value, 'model')?.startsWith('togethercomputer/') ? 3 : 1;
}

function matchParameters(value: Json): Likeness {
  return hasAny(value, REQUEST_SIGNS) ? 3 : 1;
}

/** A list under `prompt` and, in chunks, a token's number in the delta are Together's alone. */
function matchAnswer(value: Json): Likeness {
  const choice = listOf(value, 'choices')[0];
  if (Array.isArray(value['prompt'])) return 3;
  if (isJson(choice) && objectOf(choice, 'delta')['token_id'] !== undefined) return 3;
  return RAY_ID.test(textOf(value, 'id') ?? '') ? 2 : 0;
}
