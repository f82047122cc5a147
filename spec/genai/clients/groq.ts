import Groq from 'groq-sdk';
import type { ChatCompletionCreateParams } from 'groq-sdk/resources/chat/completions';

import type { CallRecord } from '#lib/genai/record.js';

import type { ClientCase } from '../client-case.js';

const chat = { operation: 'chat', provider: 'groq', apiType: 'chat_completions' } as const;

function chatCase(exchange: string, expected: CallRecord): ClientCase {
  return {
    exchange,
    client: 'groq-sdk',
    endpoint: 'groq.chat_completions',
    request: (body) => body,
    call: (url, request) =>
      new Groq({ apiKey: 'key', baseURL: url, maxRetries: 0 }).chat.completions.create(
        request as ChatCompletionCreateParams,
      ),
    expected,
  };
}

function jokes(answer: string): NonNullable<CallRecord['messages']> {
  return {
    input: [{ role: 'user', parts: [{ type: 'text', content: 'Tell me a joke about opentelemetry' }] }],
    output: [{ role: 'assistant', parts: [{ type: 'text', content: answer }], finish_reason: 'stop' }],
  };
}

/** Every recording of Groq, asked for with `groq-sdk`. */
export const groqCases: readonly ClientCase[] = [
  chatCase('groq-01', {
    ...chat,
    request: { model: 'llama3-8b-8192', stream: true },
    response: {
      id: 'chatcmpl-532a6640-2e18-4a4c-8406-8437a857ce48',
      model: 'llama3-8b-8192',
      finishReasons: ['stop'],
      systemFingerprint: 'fp_179b0f92c9',
    },
    usage: { inputTokens: 18, outputTokens: 73, totalTokens: 91 },
    messages: jokes(
      'A joke about OpenTelemetry!\n\nWhy did the OpenTelemetry Span go to therapy?\n\n' +
        'Because it was feeling "traced" out and needed to "inject" some self-care into its life!\n\n' +
        '(Sorry, it\'s a bit of a " instrumentation"-ally-challenged joke, but I hope it "exposes" a smile on your face!)',
    ),
  }),
  chatCase('groq-02', {
    ...chat,
    request: { model: 'llama3-8b-8192' },
    response: {
      id: 'chatcmpl-ec0a74e9-df7f-4e91-aa09-e9618451f5c9',
      model: 'llama3-8b-8192',
      finishReasons: ['stop'],
      systemFingerprint: 'fp_179b0f92c9',
    },
    usage: { inputTokens: 18, outputTokens: 70, totalTokens: 88 },
    messages: jokes(
      "A joke about OpenTelemetry! Here's one:\n\nWhy did the OpenTelemetry agent go to therapy?\n\n" +
        'Because it was struggling to "trace" its emotions and "span" its feelings of frustration!\n\n' +
        '(Sorry, it\'s a bit of a " metrics"-al pun, but I hope it "counted" as a good joke!)',
    ),
  }),
];
