import OpenAI from 'openai';

import type { Part } from '#lib/genai/messages.js';
import type { CallMessages, RequestFacts, Usage } from '#lib/genai/record.js';

import type { ClientCase } from '../client-case.js';

const CASE = {
  client: 'openai',
  endpoint: 'openai.responses',
  request: (body: Record<string, unknown>) => body,
  call: (url: string, request: object) =>
    new OpenAI({ apiKey: 'none', baseURL: `${url}/v1`, maxRetries: 0 }).responses.create(
      request as OpenAI.Responses.ResponseCreateParams,
    ),
} as const;

const KIND = { operation: 'chat', provider: 'openai', apiType: 'responses' } as const;

interface Said {
  readonly exchange: string;
  readonly request: RequestFacts;
  readonly id: string;
  readonly model: string;
  readonly usage: Usage;
  readonly question: string;
  readonly answer: string | Part;
  readonly others?: CallMessages;
  readonly serviceTier?: string;
}

function tokens(inputTokens: number, outputTokens: number, totalTokens: number, reasoningTokens = 0): Usage {
  return { inputTokens, outputTokens, totalTokens, cacheReadTokens: 0, reasoningTokens };
}

/** One question and one answer, a text or a call of a tool. */
function said({
  exchange,
  request,
  id,
  model,
  usage,
  question,
  answer,
  others,
  serviceTier = 'default',
}: Said): ClientCase {
  const isText = typeof answer === 'string';
  const part: Part = isText ? { type: 'text', content: answer } : answer;
  return {
    ...CASE,
    exchange,
    expected: {
      ...KIND,
      request,
      response: { id, model, finishReasons: [isText ? 'stop' : 'tool_calls'], serviceTier },
      usage,
      messages: {
        ...others,
        input: [{ role: 'user', parts: [{ type: 'text', content: question }] }],
        output: [{ role: 'assistant', parts: [part], finish_reason: isText ? 'stop' : 'tool_call' }],
      },
    },
  };
}

const SYSTEM: CallMessages = { system: [{ type: 'text', content: 'You are a helpful assistant.' }] };

/** Every recorded exchange of `/v1/responses`. */
export const openaiResponsesCases: readonly ClientCase[] = [
  said({
    exchange: 'openai-05',
    request: { model: 'gpt-4o', stream: true },
    id: 'resp_06bbd986dac640660069cbcc00db18819aacdafa2a1172068f',
    model: 'gpt-4o-2024-08-06',
    usage: tokens(11, 8, 19),
    question: 'Count to 3',
    answer: '1, 2, 3',
  }),
  said({
    exchange: 'openai-06',
    request: { model: 'gpt-4.1-nano', maxTokens: 100, temperature: 0.7, topP: 0.9 },
    id: 'resp_0577de0baba8022e006925d77e95c081958f98cf64d2be436d',
    model: 'gpt-4.1-nano-2025-04-14',
    usage: tokens(14, 8, 22),
    question: 'What is the capital of France?',
    answer: 'The capital of France is Paris.',
  }),
  { ...CASE, exchange: 'openai-08', expected: { errorStatus: 400 } },
  said({
    exchange: 'openai-13',
    request: { model: 'gpt-4.1-nano', stream: true },
    id: 'resp_0fef0f8a68937870006911e9ecf124819491634b434678464a',
    model: 'gpt-4.1-nano-2025-04-14',
    usage: tokens(18, 79, 97),
    question: 'Tell me a three sentence bedtime story about a unicorn.',
    answer:
      'Once upon a time, in a enchanted forest, there was a gentle unicorn named Luna who loved to weave dreams into ' +
      'sparkling stardust. One night, she gathered all her shimmering magic to create a special dream for a little ' +
      'girl who believed in kindness and hope. As the girl slept peacefully, Luna’s dreams floated down like ' +
      'glowing clouds, filling her heart with joy and wonder until morning.',
  }),
  said({
    exchange: 'openai-14',
    request: { model: 'gpt-5', serviceTier: 'priority' },
    id: 'resp_00e0423681ad9f970069cbcbdb9178819080acc143835cb0e0',
    model: 'gpt-5-2025-08-07',
    serviceTier: 'priority',
    usage: tokens(8, 70, 78),
    question: 'Say hello',
    answer: 'Hello! How can I help you today?',
  }),
  said({
    exchange: 'openai-15',
    request: { model: 'gpt-4o-mini' },
    id: 'resp_0bedf6e1ffba28050069e2f401ae1c8196be360fd5993c96de',
    model: 'gpt-4o-mini-2024-07-18',
    usage: tokens(72, 8, 80),
    question: "What's the weather in Seattle right now?",
    answer: {
      type: 'tool_call',
      id: 'call_90uO5LcGP5vTBTCrjyhYtWsA',
      name: 'get_current_weather',
      arguments: { location: 'Seattle, WA' },
    },
    others: {
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
    },
  }),
  said({
    exchange: 'openai-20',
    request: { model: 'gpt-4.1-nano', stream: true },
    id: 'resp_087a1bffb8180cc4006912065042e08196a1a6445d62480120',
    model: 'gpt-4.1-nano-2025-04-14',
    usage: tokens(14, 9, 23),
    question: 'What is 2+2?',
    answer: '2 + 2 equals 4.',
  }),
  said({
    exchange: 'openai-21',
    request: {
      model: 'gpt-4o-mini',
      maxTokens: 50,
      temperature: 0.7,
      topP: 0.9,
      outputType: 'text',
      serviceTier: 'default',
    },
    id: 'resp_043deb558fe563590069e2f3ed46e881a198f40c952daa2f86',
    model: 'gpt-4o-mini-2024-07-18',
    usage: tokens(22, 6, 28),
    question: 'Say this is a test',
    answer: 'This is a test.',
    others: SYSTEM,
  }),
  said({
    exchange: 'openai-25',
    request: { model: 'gpt-4o-mini', stream: true },
    id: 'resp_0f5fa871e49e7df30069e2f3f967748190824cf1b79b9ddfc9',
    model: 'gpt-4o-mini-2024-07-18',
    usage: tokens(20, 11, 31),
    question: 'Say hi.',
    answer: 'Hi there! How can I assist you today?',
    others: SYSTEM,
  }),
  said({
    exchange: 'openai-26',
    request: { model: 'gpt-4o-mini' },
    id: 'resp_0f4faba17dcd0f1e0069e2f3e4907881909179832ba1237025',
    model: 'gpt-4o-mini-2024-07-18',
    usage: tokens(22, 6, 28),
    question: 'Say this is a test',
    answer: 'This is a test.',
    others: SYSTEM,
  }),
  said({
    exchange: 'openai-27',
    request: { model: 'gpt-4.1-nano' },
    id: 'resp_0e24a47955abae920069cbdf5f685c81978d9f91c3422081db',
    model: 'gpt-4.1-nano-2025-04-14',
    usage: tokens(58, 6, 64),
    question: "What's the weather in Paris?",
    answer: {
      type: 'tool_call',
      id: 'call_u7hc7oWBn1bvGlcSegpiJOiJ',
      name: 'get_weather',
      arguments: { location: 'Paris' },
    },
    others: {
      tools: [
        {
          type: 'function',
          name: 'get_weather',
          description: 'Get the current weather for a location',
          parameters: {
            type: 'object',
            properties: { location: { type: 'string', description: 'City name' } },
            required: ['location'],
          },
        },
      ],
    },
  }),
  said({
    exchange: 'openai-31',
    request: { model: 'gpt-4.1-nano' },
    id: 'resp_685ff88d1f7c8199980b00a1f8b7467b05baa2d6acc60d4f',
    model: 'gpt-4.1-nano-2025-04-14',
    usage: tokens(14, 8, 22),
    question: 'What is the capital of France?',
    answer: 'The capital of France is Paris.',
  }),
  said({
    exchange: 'openai-35',
    request: { model: 'gpt-4o', stream: true },
    id: 'resp_0833439a21e2e07f00692744f7343c8194a974c6475b934753',
    model: 'gpt-4o-2024-08-06',
    usage: tokens(11, 8, 19),
    question: 'Count to 3',
    answer: '1, 2, 3',
  }),
  said({
    exchange: 'openai-36',
    request: { model: 'gpt-5-nano', reasoningLevel: 'low' },
    id: 'resp_68a4627a67d08197b48766a2208844fe0da1a7bf2012633f',
    model: 'gpt-5-nano-2025-08-07',
    usage: tokens(11, 327, 338, 320),
    question: "Count r's in strawberry",
    answer: '3',
  }),
];
