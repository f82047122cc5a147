import type { Endpoint, Json, Likeness, ResponseReading } from '../endpoint.js';
import { countOf, objectOf, textOf } from '../untrusted.js';
import { createChatMerger } from './openai-chat-merger.js';
import {
  readChatInput,
  readChatOutput,
  readEmbeddingInput,
  readPromptInput,
  readTextOutput,
} from './openai-messages.js';
import { readRequest } from './openai-request.js';
import { readResponse } from './openai-response.js';
import {
  isChatAnswer,
  isChatChunk,
  isChatRequest,
  isEmbeddingAnswer,
  isEmbeddingRequest,
  isTextAnswer,
  isTextRequest,
} from './openai-shape.js';
import { createTextMerger } from './openai-text-merger.js';

const aliases = ['openai-compatible', 'openai_compatible'] as const;
const TICKS_PER_USD = 1e10;

/** Chat completions of a host that speaks OpenAI's language: DeepSeek, xAI, vLLM, … The answer tells some of them. */
export const compatibleChat: Endpoint = {
  id: 'openai_compatible.chat_completions',
  aliases,
  operation: 'chat',
  apiType: 'chat_completions',
  matchRequest: (value) => (isChatRequest(value) ? 1 : 0),
  matchResponse: (value) => (isChatAnswer(value) ? matchAnswer(value) : 0),
  matchChunk: (value) => (isChatChunk(value) ? matchAnswer(value) : 0),
  readRequest,
  readResponse: readWithProvider,
  readInput: readChatInput,
  readOutput: readChatOutput,
  createMerger: createChatMerger,
};

/** Legacy completions of such a host. */
export const compatibleCompletions: Endpoint = {
  id: 'openai_compatible.completions',
  aliases,
  operation: 'text_completion',
  matchRequest: (value) => (isTextRequest(value) ? 1 : 0),
  matchResponse: (value) => (isTextAnswer(value) ? 1 : 0),
  matchChunk: (value) => (isTextAnswer(value) ? 1 : 0),
  readRequest,
  readResponse,
  readInput: readPromptInput,
  readOutput: readTextOutput,
  createMerger: createTextMerger,
};

/** Embeddings of such a host. */
export const compatibleEmbeddings: Endpoint = {
  id: 'openai_compatible.embeddings',
  aliases,
  operation: 'embeddings',
  matchRequest: (value) => (isEmbeddingRequest(value) ? 1 : 0),
  matchResponse: (value) => (isEmbeddingAnswer(value) ? 1 : 0),
  readRequest,
  readResponse,
  readInput: readEmbeddingInput,
  readOutput: () => ({}),
};

function matchAnswer(value: Json): Likeness {
  return readProvider(value) === undefined ? 1 : 2;
}

function readWithProvider(value: Json): ResponseReading {
  const provider = readProvider(value);
  const ticks = countOf(objectOf(value, 'usage'), 'cost_in_usd_ticks');
  return {
    ...readResponse(value),
    ...(provider !== undefined && { provider }),
    ...(ticks !== undefined && { costUsd: ticks / TICKS_PER_USD }),
  };
}

/**
 * Fields that one host alone has. Model names do not tell: others host the same models, so they only confirm
 * (docs.x.ai and api-docs.deepseek.com, chat completions; read 2026-11-20).
 */
function readProvider(value: Json): string | undefined {
  const usage = objectOf(value, 'usage');
  if (countOf(usage, 'cost_in_usd_ticks') !== undefined) return 'x_ai';
  const hasCacheMisses = countOf(usage, 'prompt_cache_miss_tokens') !== undefined;
  return hasCacheMisses && textOf(value, 'model')?.startsWith('deepseek-') && !textOf(value, 'model')?.includes('/')
    ? 'deepseek'
    : undefined;
}
