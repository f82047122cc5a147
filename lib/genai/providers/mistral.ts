import type { ChunkMerger, Endpoint, Json, Likeness } from '../endpoint.js';
import { isJson, listOf, objectOf, textOf } from '../untrusted.js';
import { openaiChat } from './openai-chat.js';
import { createChatMerger } from './openai-chat-merger.js';
import { openaiEmbeddings } from './openai-embeddings.js';
import {
  hasAny,
  isChatAnswer,
  isChatChunk,
  isChatRequest,
  isEmbeddingAnswer,
  isEmbeddingRequest,
} from './openai-shape.js';

const mistral = { provider: 'mistral_ai', aliases: ['mistral', 'mistralai'] } as const;
const CHAT_SIGNS = ['random_seed', 'randomSeed', 'safe_prompt', 'safePrompt', 'prompt_mode', 'promptMode'];
const CLIENT_SIGNS = ['topP', 'frequencyPenalty', 'presencePenalty', 'responseFormat', 'toolChoice'];
const EMBEDDING_SIGNS = ['output_dtype', 'outputDtype', 'outputDimension'];
const PLAIN_ID = /^[0-9a-f]{32}$/;

/** Mistral's chat completions; its client spells fields in camel case and wraps each chunk in `data`. */
export const mistralChat: Endpoint = {
  ...openaiChat,
  ...mistral,
  id: 'mistral.chat_completions',
  matchRequest: (value) => {
    if (!isChatRequest(value)) return 0;
    if (hasAny(value, CHAT_SIGNS)) return 3;
    return hasAny(value, CLIENT_SIGNS) ? 2 : 1;
  },
  matchResponse: (value) => (isChatAnswer(value) ? matchChoice(value) : 0),
  matchChunk: (value) => {
    const chunk = unwrap(value);
    return isChatChunk(chunk) ? matchChoice(chunk) : 0;
  },
  createMerger: createMistralMerger,
};

/** Mistral's embeddings; its client takes `inputs`. */
export const mistralEmbeddings: Endpoint = {
  ...openaiEmbeddings,
  ...mistral,
  id: 'mistral.embeddings',
  matchRequest: (value) => {
    const isOfClient = isEmbeddingRequest({ model: value['model'], input: value['inputs'] });
    if (!isOfClient && !isEmbeddingRequest(value)) return 0;
    if (hasAny(value, EMBEDDING_SIGNS)) return 3;
    return isOfClient ? 2 : 1;
  },
  matchResponse: (value) => {
    if (!isEmbeddingAnswer(value) || !PLAIN_ID.test(textOf(value, 'id') ?? '')) return 0;
    return objectOf(value, 'usage')['promptTokens'] === undefined ? 2 : 3;
  },
};

/** Other clients write camel case as well, other hosts (SGLang, MiniMax) give such ids: both together are Mistral's. */
function matchChoice(value: Json): Likeness {
  const choice = listOf(value, 'choices')[0];
  const hasPlainId = PLAIN_ID.test(textOf(value, 'id') ?? '');
  if (!hasPlainId || !isJson(choice)) return 0;
  if (choice['finishReason'] !== undefined) return 3;
  return hasAny(choice, ['logprobs', 'matched_stop']) || value['base_resp'] !== undefined ? 0 : 2;
}

function unwrap(chunk: Json): Json {
  const { data } = chunk;
  return isJson(data) ? data : chunk;
}

function createMistralMerger(): ChunkMerger {
  const merger = createChatMerger();
  return {
    add: (chunk, budget) => merger.add(unwrap(chunk), budget),
    response: () => merger.response(),
  };
}
