import { AzureOpenAI } from 'openai';
import type { ChatCompletionCreateParams } from 'openai/resources/chat/completions';
import type { EmbeddingCreateParams } from 'openai/resources/embeddings';

import type { CallRecord } from '#lib/genai/record.js';

import type { ClientCase } from '../client-case.js';

const chat = { operation: 'chat', provider: 'azure.ai.openai', apiType: 'chat_completions' } as const;
const prompt = 'Tell me a joke about opentelemetry';

function clientAt(url: string): AzureOpenAI {
  return new AzureOpenAI({ apiKey: 'key', endpoint: url, apiVersion: '2024-02-01', maxRetries: 0 });
}

function chatCase(exchange: string, expected: CallRecord): ClientCase {
  return {
    exchange,
    client: 'openai',
    endpoint: 'azure.openai.chat_completions',
    request: (body) => body,
    call: (url, request) => clientAt(url).chat.completions.create(request as ChatCompletionCreateParams),
    expected,
  };
}

function says(question: string, answer: string): NonNullable<CallRecord['messages']> {
  return {
    input: [{ role: 'user', parts: [{ type: 'text', content: question }] }],
    output: [{ role: 'assistant', parts: [{ type: 'text', content: answer }], finish_reason: 'stop' }],
  };
}

/** Every recording of Azure OpenAI, asked for with the `AzureOpenAI` of `openai`. */
export const azureOpenaiCases: readonly ClientCase[] = [
  {
    exchange: 'azure-openai-01',
    client: 'openai',
    endpoint: 'azure.openai.embeddings',
    request: (body) => body,
    call: (url, request) => clientAt(url).embeddings.create(request as EmbeddingCreateParams),
    expected: { errorStatus: 401 },
  },
  chatCase('azure-openai-02', {
    ...chat,
    request: { model: 'openllmetry-testing', stream: true },
    response: {
      id: 'chatcmpl-DPTBg29yUne0qG2XCotTwUgvJqaSb',
      model: 'gpt-4.1-mini-2025-04-14',
      finishReasons: ['stop'],
      systemFingerprint: 'fp_b6f445fc1c',
    },
    messages: says(
      prompt,
      'Why did the developer break up with OpenTelemetry?\n\nBecause it kept tracing their every move! 😄',
    ),
  }),
  chatCase('azure-openai-03', {
    ...chat,
    request: { model: 'openllmetry-testing' },
    response: { id: 'chatcmpl-9HpbZPf84KZFiQG6fdY0KVtIwHyIa', model: 'gpt-35-turbo', finishReasons: ['stop'] },
    usage: { inputTokens: 15, outputTokens: 24, totalTokens: 39 },
    messages: says(
      prompt,
      'Why did the Opentelemetry developer refuse to share their candy?\n\n' +
        'Because they wanted to keep all the traces for themselves!',
    ),
  }),
  chatCase('azure-openai-04', {
    ...chat,
    request: { model: 'gpt-5-nano', reasoningLevel: 'low' },
    response: {
      id: 'chatcmpl-C6EJeKZdEaC0VeeKH3lWwJBjCTcpd',
      model: 'gpt-5-nano-2025-08-07',
      finishReasons: ['stop'],
    },
    usage: {
      inputTokens: 11,
      outputTokens: 203,
      totalTokens: 214,
      cacheReadTokens: 0,
      reasoningTokens: 192,
      inputAudioTokens: 0,
      outputAudioTokens: 0,
    },
    messages: says("Count r's in strawberry", '3'),
  }),
  chatCase('azure-openai-05', {
    ...chat,
    request: { model: 'openllmetry-testing', stream: true },
    response: { id: 'chatcmpl-9HpbbsSaH8U6amSDAwdA2WzMeDdLB', model: 'gpt-35-turbo', finishReasons: ['stop'] },
    messages: says(
      prompt,
      'Why did the OpenTelemetry project become a stand-up comedian?\n\n' +
        'Because it wanted to trace its steps and observe its laughter-per-minute rate!',
    ),
  }),
  chatCase('azure-openai-06', {
    ...chat,
    request: { model: 'openllmetry-testing' },
    response: {
      id: 'chatcmpl-DPTBKC5U7aQYydhXIGw4HbPc0HcVT',
      model: 'gpt-4.1-mini-2025-04-14',
      finishReasons: ['stop'],
      systemFingerprint: 'fp_b6f445fc1c',
    },
    usage: {
      inputTokens: 16,
      outputTokens: 22,
      totalTokens: 38,
      cacheReadTokens: 0,
      reasoningTokens: 0,
      inputAudioTokens: 0,
      outputAudioTokens: 0,
    },
    messages: says(
      prompt,
      'Why did the developer bring OpenTelemetry to the party?\n\nBecause they wanted to trace all the fun events!',
    ),
  }),
];
