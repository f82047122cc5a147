import OpenAI from 'openai';
import type { ChatCompletionCreateParams } from 'openai/resources/chat/completions';
import type { CompletionCreateParams } from 'openai/resources/completions';
import type { EmbeddingCreateParams } from 'openai/resources/embeddings';

import type { ClientCase } from '../client-case.js';

/** A chat completion asked for with `openai`. */
export function chatCase(exchange: string, expected: ClientCase['expected']): ClientCase {
  return {
    exchange,
    client: 'openai',
    endpoint: 'openai.chat_completions',
    request: (body) => body,
    call: (url, request) => clientAt(url).chat.completions.create(request as ChatCompletionCreateParams),
    expected,
  };
}

/** A legacy completion asked for with `openai`. */
export function completionCase(exchange: string, expected: ClientCase['expected']): ClientCase {
  return {
    exchange,
    client: 'openai',
    endpoint: 'openai.completions',
    request: (body) => body,
    call: (url, request) => clientAt(url).completions.create(request as CompletionCreateParams),
    expected,
  };
}

/** Embeddings asked for with `openai`. */
export function embeddingCase(exchange: string, expected: ClientCase['expected']): ClientCase {
  return {
    exchange,
    client: 'openai',
    endpoint: 'openai.embeddings',
    request: (body) => body,
    call: (url, request) => clientAt(url).embeddings.create(request as EmbeddingCreateParams),
    expected,
  };
}

/** The client, with one host for another. */
export function clientAt(url: string): OpenAI {
  return new OpenAI({ apiKey: 'key', baseURL: `${url}/v1`, maxRetries: 0 });
}
