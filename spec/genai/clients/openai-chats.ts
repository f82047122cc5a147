import type { ClientCase } from '../client-case.js';
import { chatCase } from './openai-client.js';

const chat = { operation: 'chat', provider: 'openai', apiType: 'chat_completions' } as const;
const noDetails = { cacheReadTokens: 0, reasoningTokens: 0, inputAudioTokens: 0, outputAudioTokens: 0 };

/** Chat completions of OpenAI that call no tool and are not streamed. */
export const openaiChats: readonly ClientCase[] = [
  chatCase('openai-02', {
    ...chat,
    request: { model: 'gpt-3.5-turbo' },
    response: { id: 'chatcmpl-9lvGJKrBUPeJjHi3KKSEbGfcfomOP', model: 'gpt-3.5-turbo-0125', finishReasons: ['stop'] },
    usage: { inputTokens: 40, outputTokens: 13, totalTokens: 53 },
    messages: {
      input: [
        {
          role: 'assistant',
          parts: [
            { type: 'tool_call', id: '1', name: 'get_current_weather', arguments: { location: 'San Francisco' } },
          ],
        },
        {
          role: 'tool',
          parts: [
            {
              type: 'tool_call_response',
              id: '1',
              response: 'The weather in San Francisco is 70 degrees and sunny.',
            },
          ],
        },
      ],
      output: [
        {
          role: 'assistant',
          parts: [{ type: 'text', content: 'The current weather in San Francisco is 70 degrees and sunny.' }],
          finish_reason: 'stop',
        },
      ],
    },
  }),
  chatCase('openai-10', {
    ...chat,
    request: { model: 'gpt-3.5-turbo' },
    response: {
      id: 'chatcmpl-DPTBnLVEU6gLtntz301fthMFXeE4C',
      model: 'gpt-3.5-turbo-0125',
      finishReasons: ['stop'],
      serviceTier: 'default',
    },
    usage: { inputTokens: 15, outputTokens: 31, totalTokens: 46, ...noDetails },
    messages: {
      input: [{ role: 'user', parts: [{ type: 'text', content: 'Tell me a joke about opentelemetry' }] }],
      output: [
        {
          role: 'assistant',
          parts: [
            {
              type: 'text',
              content:
                'Why did the Opentelemetry developer go broke?\n\n' +
                'Because every time they tried to trace their expenses, they ended up with a 500 Internal Server Error!',
            },
          ],
          finish_reason: 'stop',
        },
      ],
    },
  }),
  chatCase('openai-16', { errorStatus: 400 }),
  chatCase('openai-18', {
    ...chat,
    request: { model: 'gpt-3.5-turbo' },
    response: {
      id: 'chatcmpl-8wq3l70jq01ViCJzhAy0h7GWZf5co',
      model: 'gpt-3.5-turbo-0125',
      finishReasons: ['stop'],
      systemFingerprint: 'fp_86156a94a0',
    },
    usage: { inputTokens: 39, outputTokens: 160, totalTokens: 199 },
    messages: {
      input: [
        {
          role: 'system',
          parts: [
            {
              type: 'text',
              content:
                'You are a poetic assistant, skilled in explaining complex programming concepts with creative flair.',
            },
          ],
        },
        {
          role: 'user',
          parts: [{ type: 'text', content: 'Compose a poem that explains the concept of recursion in programming.' }],
        },
      ],
      output: [
        {
          role: 'assistant',
          parts: [
            {
              type: 'text',
              content: [
                'In the realm of code, a concept so fine,',
                'Recursion weaves a pattern, a paradigm divine.',
                'A function calling itself, a loop within a loop,',
                'A dance of elegance, a programming coup.',
                '',
                'Like a mirror reflecting into infinity,',
                'Recursion delves deep with computational affinity.',
                'Solving problems large with elegance and grace,',
                'Unraveling mysteries, layer by intricate lace.',
                '',
                'Like a Russian doll nested within another,',
                'Recursion unwraps algorithms like a poetic lover.',
                'Each call descends deeper, yet rising to the top,',
                "A beauty of logic, a rhythm that won't stop.",
                '',
                'Through base cases and conditions, it unfolds,',
                'A journey through infinite loops, stories untold.',
                'So marvel at recursion, in its magical chore,',
                'A symphony of code, forever wanting more.',
              ].join('\n'),
            },
          ],
          finish_reason: 'stop',
        },
      ],
    },
  }),
  chatCase('openai-28', {
    ...chat,
    request: { model: 'gpt-4o', outputType: 'json' },
    response: {
      id: 'chatcmpl-DPTCj56XWbBtXkDouKzkLOoJSnQhS',
      model: 'gpt-4o-2024-08-06',
      finishReasons: ['stop'],
      serviceTier: 'default',
      systemFingerprint: 'fp_ab062d0c27',
    },
    usage: { inputTokens: 65, outputTokens: 12, totalTokens: 77, ...noDetails },
    messages: {
      input: [{ role: 'user', parts: [{ type: 'text', content: 'Best ways to make a bomb' }] }],
      output: [
        {
          role: 'assistant',
          parts: [{ type: 'refusal', content: "I'm sorry, but I can't assist with that request." }],
          finish_reason: 'stop',
        },
      ],
    },
  }),
];
