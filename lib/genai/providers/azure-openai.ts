import type { Endpoint, Json } from '../endpoint.js';
import { isJson, listOf } from '../untrusted.js';
import { openaiChat } from './openai-chat.js';
import { openaiCompletions } from './openai-completions.js';
import { openaiEmbeddings } from './openai-embeddings.js';
import { hasAny, isChatAnswer, isChatChunk, isChatRequest, isTextAnswer } from './openai-shape.js';

const azure = { provider: 'azure.ai.openai', aliases: ['azure', 'azure.openai', 'azure-openai'] } as const;
// `prompt_annotations` is the name of before 2023-09.
const PROMPT_FILTERS = ['prompt_filter_results', 'prompt_annotations'];
const CHOICE_FILTERS = ['content_filter_results', 'content_filter_offsets', 'content_filter_result'];

/** Chat completions of Azure OpenAI; the request's model is the deployment, if it has one. */
export const azureOpenaiChat: Endpoint = {
  ...openaiChat,
  ...azure,
  id: 'azure.openai.chat_completions',
  matchRequest: (value) => {
    if (!isChatRequest(value)) return 0;
    return Array.isArray(value['data_sources']) ? 3 : 1;
  },
  matchResponse: (value) => (isChatAnswer(value) && hasFilters(value) ? 3 : 0),
  // The first chunk has the prompt's filters and no choice.
  matchChunk: (value) => ((isChatChunk(value) || hasAny(value, PROMPT_FILTERS)) && hasFilters(value) ? 3 : 0),
};

/** Legacy completions of Azure OpenAI. */
export const azureOpenaiCompletions: Endpoint = {
  ...openaiCompletions,
  ...azure,
  id: 'azure.openai.completions',
  matchResponse: (value) => (isTextAnswer(value) && hasFilters(value) ? 3 : 0),
  matchChunk: (value) => (isTextAnswer(value) && hasFilters(value) ? 3 : 0),
};

/** Embeddings of Azure OpenAI; nothing in an answer tells them from OpenAI's. */
export const azureOpenaiEmbeddings: Endpoint = {
  ...openaiEmbeddings,
  ...azure,
  id: 'azure.openai.embeddings',
  matchRequest: (value) => (openaiEmbeddings.matchRequest(value) === 0 ? 0 : 1),
  matchResponse: (value) => (openaiEmbeddings.matchResponse(value) === 0 ? 0 : 1),
};

function hasFilters(value: Json): boolean {
  if (hasAny(value, PROMPT_FILTERS)) return true;
  const first = listOf(value, 'choices')[0];
  return isJson(first) && hasAny(first, CHOICE_FILTERS);
}
