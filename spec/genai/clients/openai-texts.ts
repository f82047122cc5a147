import type { CallRecord } from '#lib/genai/record.js';

import type { ClientCase } from '../client-case.js';
import { completionCase, embeddingCase } from './openai-client.js';

const completion = { operation: 'text_completion', provider: 'openai' } as const;
const embeddings = { operation: 'embeddings', provider: 'openai' } as const;

function completes(prompt: string, text: string): NonNullable<CallRecord['messages']> {
  return {
    input: [{ role: 'user', parts: [{ type: 'text', content: prompt }] }],
    output: [{ role: 'assistant', parts: [{ type: 'text', content: text }], finish_reason: 'length' }],
  };
}

/** Legacy completions and embeddings of OpenAI. */
export const openaiTexts: readonly ClientCase[] = [
  embeddingCase('openai-01', {
    ...embeddings,
    request: { model: 'text-embedding-3-small', encodingFormats: ['base64'] },
    response: { model: 'text-embedding-3-small' },
    usage: { inputTokens: 9, totalTokens: 9 },
    messages: { texts: ['This is a test for embeddings with encoding format'] },
  }),
  completionCase('openai-07', {
    ...completion,
    request: { model: 'davinci-002', maxTokens: 10 },
    response: {
      id: 'cmpl-DPTDmcPpFtmCtN4bhgjMoJKoOVp8h',
      model: 'davinci:2023-07-21-v2',
      finishReasons: ['length'],
    },
    usage: { inputTokens: 10, outputTokens: 10, totalTokens: 20 },
    messages: completes(
      'Tell me a very long story about opentelemetry',
      '/opentelemetry-client-go and label mapping under the',
    ),
  }),
  completionCase('openai-09', {
    ...completion,
    request: { model: 'davinci-002', stream: true },
    response: { id: 'cmpl-8wq44uFYuGm6kNe44ntRwluggKZFY', model: 'davinci-002', finishReasons: ['length'] },
    messages: completes(
      'Tell me a joke about opentelemetry',
      ' that isn’t about collecting logs\n\nJ) Some of these folks helped bring the',
    ),
  }),
  embeddingCase('openai-17', {
    ...embeddings,
    request: { model: 'text-embedding-ada-002', encodingFormats: ['base64'] },
    response: { model: 'text-embedding-ada-002-v2' },
    usage: { inputTokens: 8, totalTokens: 8 },
    messages: { texts: ['Tell me a joke about opentelemetry'] },
  }),
  embeddingCase('openai-22', {
    ...embeddings,
    request: { model: 'text-embedding-ada-002', encodingFormats: ['base64'] },
    response: { model: 'text-embedding-ada-002' },
    usage: { inputTokens: 8, totalTokens: 8 },
    messages: { texts: ['Tell me a joke about opentelemetry'] },
  }),
  completionCase('openai-32', {
    ...completion,
    request: { model: 'davinci-002' },
    response: {
      id: 'cmpl-DPTCythiarxGOzdbvuGKDfHSHCeMD',
      model: 'davinci:2023-07-21-v2',
      finishReasons: ['length'],
    },
    usage: { inputTokens: 8, outputTokens: 16, totalTokens: 24 },
    messages: completes(
      'Tell me a joke about opentelemetry',
      '. What does opentelemetry say to overdressed traders? Why is opente',
    ),
  }),
  embeddingCase('openai-33', {
    ...embeddings,
    request: { model: 'text-embedding-3-small' },
    response: { model: 'text-embedding-3-small', dimensions: 1536 },
    usage: { inputTokens: 6, totalTokens: 6 },
    messages: { texts: ['This is a test for embeddings'] },
  }),
];
