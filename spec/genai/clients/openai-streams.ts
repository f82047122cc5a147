import type { ClientCase } from '../client-case.js';
import { chatCase } from './openai-client.js';

const chat = { operation: 'chat', provider: 'openai', apiType: 'chat_completions' } as const;
const noDetails = { cacheReadTokens: 0, reasoningTokens: 0, inputAudioTokens: 0, outputAudioTokens: 0 };

/** Streamed chat completions of OpenAI that call no tool. */
export const openaiStreams: readonly ClientCase[] = [
  chatCase('openai-12', {
    ...chat,
    request: { model: 'gpt-4', stream: true },
    response: { id: 'chatcmpl-ASv9gROIIAvRs9QnmLP8Nzs3PGMCX', model: 'gpt-4-0613', finishReasons: ['stop'] },
    messages: {
      input: [{ role: 'user', parts: [{ type: 'text', content: 'Say this is a test' }] }],
      output: [{ role: 'assistant', parts: [{ type: 'text', content: 'This is a test.' }], finish_reason: 'stop' }],
    },
  }),
  chatCase('openai-30', {
    ...chat,
    request: { model: 'gpt-4o-mini', choiceCount: 2, stream: true },
    response: {
      id: 'chatcmpl-ASv9hB9He94oQyZr1CDC8coqvmn5U',
      model: 'gpt-4o-mini-2024-07-18',
      finishReasons: ['stop', 'stop'],
      systemFingerprint: 'fp_0ba0d124f1',
    },
    usage: { inputTokens: 26, outputTokens: 133, totalTokens: 159, ...noDetails },
    messages: {
      input: [
        { role: 'system', parts: [{ type: 'text', content: "You're a helpful assistant." }] },
        {
          role: 'user',
          parts: [{ type: 'text', content: "What's the weather in Seattle and San Francisco today?" }],
        },
      ],
      output: [
        {
          role: 'assistant',
          parts: [
            {
              type: 'text',
              content:
                "I'm unable to provide real-time weather updates as my knowledge was last updated in October 2021, " +
                "and I don't have access to live data. However, you can easily check the current weather for Seattle " +
                'and San Francisco using a weather website or a mobile app for the most accurate and up-to-date information.',
            },
          ],
          finish_reason: 'stop',
        },
        {
          role: 'assistant',
          parts: [
            {
              type: 'text',
              content:
                "I'm unable to provide real-time weather updates as my knowledge only extends until October 2023, " +
                "and I don't have access to live data. However, you can easily check the current weather in Seattle " +
                'and San Francisco by visiting a weather website or using a weather app. If you need historical ' +
                'weather information or general climate data for those cities, feel free to ask!',
            },
          ],
          finish_reason: 'stop',
        },
      ],
    },
  }),
  chatCase('openai-34', {
    ...chat,
    request: { model: 'gpt-4o-mini', stream: true },
    response: {
      id: 'chatcmpl-CnMGGNmSdY4yYxO9NmV7cSVxXZ5ci',
      model: 'gpt-4o-mini-2024-07-18',
      finishReasons: ['stop'],
      serviceTier: 'default',
      systemFingerprint: 'fp_644f11dd4d',
    },
    usage: { inputTokens: 12, outputTokens: 12, totalTokens: 24, ...noDetails },
    messages: {
      input: [{ role: 'user', parts: [{ type: 'text', content: 'Say this is a test' }] }],
      output: [
        {
          role: 'assistant',
          parts: [{ type: 'text', content: 'This is a test. How can I assist you further?' }],
          finish_reason: 'stop',
        },
      ],
    },
  }),
];
