import type { InputMessage, Part, ToolDefinition } from '#lib/genai/messages.js';

import type { ClientCase } from '../client-case.js';
import { chatCase } from './openai-client.js';

const chat = { operation: 'chat', provider: 'openai', apiType: 'chat_completions' } as const;
const noDetails = { cacheReadTokens: 0, reasoningTokens: 0, inputAudioTokens: 0, outputAudioTokens: 0 };

const city = { type: 'string', description: 'The city and state, e.g. San Francisco, CA' };
const currentWeather: ToolDefinition = {
  type: 'function',
  name: 'get_current_weather',
  description: 'Get the current weather',
  parameters: { type: 'object', properties: { location: city }, required: ['location'] },
};
const weatherInUnit: ToolDefinition = {
  type: 'function',
  name: 'get_current_weather',
  description: 'Get the current weather in a given location',
  parameters: {
    type: 'object',
    properties: { location: city, unit: { type: 'string', enum: ['celsius', 'fahrenheit'] } },
    required: ['location'],
  },
};

function asks(content: string): InputMessage {
  return { role: 'user', parts: [{ type: 'text', content }] };
}

function weatherIn(location: string, id?: string): Part {
  return { type: 'tool_call', ...(id !== undefined && { id }), name: 'get_current_weather', arguments: { location } };
}

/** Chat completions of OpenAI that call tools. */
export const openaiToolCalls: readonly ClientCase[] = [
  chatCase('openai-03', {
    ...chat,
    request: { model: 'gpt-4' },
    response: {
      id: 'chatcmpl-DPTDvejNjal4FLo3y89eNFsbKoI4M',
      model: 'gpt-4-0613',
      finishReasons: ['tool_calls'],
      serviceTier: 'default',
    },
    usage: { inputTokens: 67, outputTokens: 18, totalTokens: 85, ...noDetails },
    messages: {
      input: [asks("What's the weather like in Boston?")],
      tools: [currentWeather],
      output: [
        {
          role: 'assistant',
          parts: [weatherIn('Boston, MA', 'call_nyDXQZ1Ao3rKiffJ74zhnoVP')],
          finish_reason: 'tool_call',
        },
      ],
    },
  }),
  chatCase('openai-04', {
    ...chat,
    request: { model: 'gpt-3.5-turbo', stream: true },
    response: {
      id: 'chatcmpl-9g58noIjRkOeNNxfFsFfcNjhXlul7',
      model: 'gpt-3.5-turbo-0125',
      finishReasons: ['tool_calls'],
    },
    messages: {
      input: [asks("What's the weather like in San Francisco and Boston?")],
      tools: [currentWeather],
      output: [
        {
          role: 'assistant',
          parts: [
            weatherIn('San Francisco', 'call_cCPjAyfwTzboEKjVlqFrArNF'),
            weatherIn('Boston', 'call_Zi4He1Ns0mozwT6f85nW1BOW'),
          ],
          finish_reason: 'tool_call',
        },
      ],
    },
  }),
  chatCase('openai-11', {
    ...chat,
    request: { model: 'gpt-4o-mini' },
    response: {
      id: 'chatcmpl-ASv9bJqWatpvCC0YMsYRcTSIiXoxk',
      model: 'gpt-4o-mini-2024-07-18',
      finishReasons: ['tool_calls'],
      systemFingerprint: 'fp_0ba0d124f1',
    },
    usage: { inputTokens: 75, outputTokens: 51, totalTokens: 126, ...noDetails },
    messages: {
      input: [
        { role: 'system', parts: [{ type: 'text', content: "You're a helpful assistant." }] },
        asks("What's the weather in Seattle and San Francisco today?"),
      ],
      tools: [
        {
          type: 'function',
          name: 'get_current_weather',
          description: 'Get the current weather in a given location',
          parameters: {
            type: 'object',
            properties: { location: { type: 'string', description: 'The city and state, e.g. Boston, MA' } },
            required: ['location'],
            additionalProperties: false,
          },
        },
      ],
      output: [
        {
          role: 'assistant',
          parts: [
            weatherIn('Seattle, WA', 'call_vwOezSsB5j9ei1SSMlZjqx7g'),
            weatherIn('San Francisco, CA', 'call_LzeIYcKhHnVF60u4LmBpT1tv'),
          ],
          finish_reason: 'tool_call',
        },
      ],
    },
  }),
  chatCase('openai-19', {
    ...chat,
    request: { model: 'gpt-3.5-turbo', stream: true },
    response: {
      id: 'chatcmpl-DPTE031ooLk878co6WxEBbSOOYaA1',
      model: 'gpt-3.5-turbo-0125',
      finishReasons: ['tool_calls'],
      serviceTier: 'default',
    },
    messages: {
      input: [asks("What's the weather like in San Francisco?")],
      tools: [currentWeather],
      output: [
        {
          role: 'assistant',
          parts: [weatherIn('San Francisco', 'call_EeTNusLwnYeAZxp9l40v9XvU')],
          finish_reason: 'tool_call',
        },
      ],
    },
  }),
  chatCase('openai-23', {
    ...chat,
    request: { model: 'gpt-4' },
    response: {
      id: 'chatcmpl-8wq4AUDD36geK9Za8cccowhObkV9H',
      model: 'gpt-4-0613',
      finishReasons: ['function_call'],
    },
    usage: { inputTokens: 82, outputTokens: 16, totalTokens: 98 },
    messages: {
      input: [asks("What's the weather like in Boston?")],
      tools: [weatherInUnit],
      output: [{ role: 'assistant', parts: [weatherIn('Boston')], finish_reason: 'tool_call' }],
    },
  }),
  chatCase('openai-24', {
    ...chat,
    request: { model: 'gpt-4' },
    response: {
      id: 'chatcmpl-934OqhoorTmk1VnovIRXQCPk8PUTd',
      model: 'gpt-4-0613',
      finishReasons: ['tool_calls'],
    },
    usage: { inputTokens: 82, outputTokens: 16, totalTokens: 98 },
    messages: {
      input: [asks("What's the weather like in Boston?")],
      tools: [weatherInUnit],
      output: [
        {
          role: 'assistant',
          parts: [weatherIn('Boston', 'call_b4lU3wKOqwO7Xb2Ksok2XWyB')],
          finish_reason: 'tool_call',
        },
      ],
    },
  }),
  chatCase('openai-29', {
    ...chat,
    request: { model: 'gpt-3.5-turbo' },
    response: {
      id: 'chatcmpl-DPTOrBCHCedndAglQ0w1ginYRg8my',
      model: 'gpt-3.5-turbo-0125',
      finishReasons: ['tool_calls'],
      serviceTier: 'default',
    },
    usage: { inputTokens: 70, outputTokens: 46, totalTokens: 116, ...noDetails },
    messages: {
      input: [asks("What's the weather like in San Francisco and Boston?")],
      tools: [currentWeather],
      output: [
        {
          role: 'assistant',
          parts: [
            weatherIn('San Francisco', 'call_rU416PaA6UFgxje2GemBVAwt'),
            weatherIn('Boston', 'call_iqCZB6DkOW5TPjHK29vpiAFa'),
          ],
          finish_reason: 'tool_call',
        },
      ],
    },
  }),
];
