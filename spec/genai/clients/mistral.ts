import { Mistral } from '@mistralai/mistralai';
import type { ChatCompletionRequest, EmbeddingRequest } from '@mistralai/mistralai/models/components';

import type { CallRecord } from '#lib/genai/record.js';

import type { ClientCase } from '../client-case.js';

const chat = { operation: 'chat', provider: 'mistral_ai', apiType: 'chat_completions' } as const;

function clientAt(url: string): Mistral {
  return new Mistral({ apiKey: 'key', serverURL: url, retryConfig: { strategy: 'none' } });
}

function jokes(answer: string): NonNullable<CallRecord['messages']> {
  return {
    input: [{ role: 'user', parts: [{ type: 'text', content: 'Tell me a joke about OpenTelemetry' }] }],
    output: [{ role: 'assistant', parts: [{ type: 'text', content: answer }], finish_reason: 'stop' }],
  };
}

/** Every recording of Mistral, asked for with `@mistralai/mistralai`. */
export const mistralCases: readonly ClientCase[] = [
  {
    exchange: 'mistral-01',
    client: '@mistralai/mistralai',
    endpoint: 'mistral.chat_completions',
    request: (body) => body,
    call: (url, request) => clientAt(url).chat.stream(request as ChatCompletionRequest),
    expected: {
      ...chat,
      request: { model: 'mistral-tiny', stream: true },
      response: { id: '6dc321029f5d4aa5899c1b38c9657a61', model: 'mistral-tiny', finishReasons: ['stop'] },
      usage: { inputTokens: 11, outputTokens: 80, totalTokens: 91 },
      messages: jokes(
        "Here's a light-hearted joke that combines OpenTelemetry with a bit of humor:\n\n" +
          'Why did the OpenTelemetry trace cross the road?\n\n' +
          'To get to the other service call, of course! But it got so caught up in gathering metadata, ' +
          "it didn't realize a bus had hit it! (I hope this brings a smile to your face.)",
      ),
    },
  },
  {
    exchange: 'mistral-02',
    client: '@mistralai/mistralai',
    endpoint: 'mistral.embeddings',
    request: ({ model, input }) => ({ model, inputs: input }),
    call: (url, request) => clientAt(url).embeddings.create(request as EmbeddingRequest),
    expected: {
      operation: 'embeddings',
      provider: 'mistral_ai',
      request: { model: 'mistral-embed' },
      response: { id: 'cc93a06d10244e07a4b2604c20855c61', model: 'mistral-embed', dimensions: 1024 },
      usage: { inputTokens: 10, outputTokens: 0, totalTokens: 10 },
      messages: { texts: ['Tell me a joke about OpenTelemetry'] },
    },
  },
  {
    exchange: 'mistral-03',
    client: '@mistralai/mistralai',
    endpoint: 'mistral.chat_completions',
    request: (body) => body,
    call: (url, request) => clientAt(url).chat.complete(request as ChatCompletionRequest),
    expected: {
      ...chat,
      request: { model: 'mistral-tiny' },
      response: { id: 'bda521177c084183bba5eaf32ad99027', model: 'mistral-tiny', finishReasons: ['stop'] },
      usage: { inputTokens: 11, outputTokens: 99, totalTokens: 110 },
      messages: jokes(
        "Here's a light-hearted joke related to OpenTelemetry, a popular open-source system for observability:\n\n" +
          'Why did OpenTelemetry bring a carrier pigeon to the party?\n\n' +
          'Because it wanted to trace the flight paths of its friends! ' +
          '(Since OpenTelemetry is all about distributed tracing and monitoring)\n\n' +
          'Remember, this is just a fun joke and not meant to provide any actual insights into the workings of ' +
          'OpenTelemetry. :)',
      ),
    },
  },
];
