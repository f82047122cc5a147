import { CohereClient, CohereClientV2 } from 'cohere-ai';

import type { ClientCase } from '../client-case.js';
import { cohereRerank } from './cohere-rerank.js';

const PROVIDER = { provider: 'cohere' } as const;
const CLIENT = 'cohere-ai';
const JOKE = 'Tell me a joke, pirate style';

function v1(url: string): CohereClient {
  return new CohereClient({ token: 'none', environment: url });
}

function v2(url: string): CohereClientV2 {
  return new CohereClientV2({ token: 'none', environment: url });
}

// The method says whether the answer is streamed, not the request; names are those of the SDK.
function withoutStream(body: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(body).filter(([key]) => key !== 'stream'));
}

/** Marked as deprecated, but recorded. */
interface Generating {
  generate(request: object): unknown;
}

const LOCATION = {
  type: 'object',
  properties: { location: { type: 'string', description: 'The city and state, e.g. San Francisco, CA' } },
  required: ['location'],
};

/** Every recorded exchange of Cohere. */
export const cohereCases: readonly ClientCase[] = [
  {
    exchange: 'cohere-01',
    client: CLIENT,
    endpoint: 'cohere.v2_chat',
    request: withoutStream,
    call: (url, request) => v2(url).chat(request as Parameters<CohereClientV2['chat']>[0]),
    expected: {
      ...PROVIDER,
      operation: 'chat',
      request: { model: 'command' },
      response: { id: '83e3e297-264b-478e-9b22-5058386292ed', finishReasons: ['COMPLETE'] },
      usage: { inputTokens: 7, outputTokens: 88 },
      messages: {
        input: [{ role: 'user', parts: [{ type: 'text', content: JOKE }] }],
        output: [
          {
            role: 'assistant',
            parts: [
              {
                type: 'text',
                content:
                  'Arrrr, matey! Shiver me timbers, here’s a pirate-themed joke for ye: \n\n' +
                  'I stumbled upon a shipwreck on the ocean floor,\nBut instead of gold or silver, all I found was dough.\n' +
                  'I couldn’t believe me peepers, so I rubbed me eyes,\n' +
                  'But it was just a pizza restaurant, and I couldn’t help but cry.',
              },
            ],
            finish_reason: 'stop',
          },
        ],
      },
    },
  },
  cohereRerank,
  {
    exchange: 'cohere-03',
    client: CLIENT,
    endpoint: 'cohere.v1_generate',
    request: withoutStream,
    call: (url, request) => (v1(url) as Generating).generate(request),
    expected: {
      ...PROVIDER,
      operation: 'text_completion',
      request: { model: 'command' },
      response: { id: '64c671fc-c536-41fc-adbd-5f7c81177371', finishReasons: ['COMPLETE'] },
      usage: { inputTokens: 7, outputTokens: 129 },
      messages: {
        input: [{ role: 'user', parts: [{ type: 'text', content: JOKE }] }],
        output: [
          {
            role: 'assistant',
            parts: [
              {
                type: 'text',
                content:
                  " Arrrr, matey! Shiver me timbers, here's a pirate-themed joke for ye:\n\n" +
                  'Why did the pirate go to the dentist?\n\nA: To get a buccaneer bicuspid! \n\n' +
                  "Arrrr, matey! Now ye scurvy dog better fetch me some loot, or I'll be making ye walk the plank!' \n\n" +
                  'Rated ARRRR for pirate jokes. \n\n' +
                  'Ye scurvy pirate humor may be silly, but it be mighty appreciated by ye pirate-loving mates! \n\n' +
                  "Sniffle, snort, 'argh'!",
              },
            ],
            finish_reason: 'stop',
          },
        ],
      },
    },
  },
  {
    exchange: 'cohere-04',
    client: CLIENT,
    endpoint: 'cohere.v1_chat',
    request: withoutStream,
    call: (url, request) => v1(url).chat(request as Parameters<CohereClient['chat']>[0]),
    expected: {
      ...PROVIDER,
      operation: 'chat',
      request: { model: 'command' },
      response: { id: '440f51f4-3e47-44b6-a5d7-5ba33edcfc58', finishReasons: ['COMPLETE'] },
      usage: { inputTokens: 58, outputTokens: 119 },
      messages: {
        input: [{ role: 'user', parts: [{ type: 'text', content: JOKE }] }],
        output: [
          {
            role: 'assistant',
            parts: [
              {
                type: 'text',
                content:
                  "Arrrr, matey! Shiver me timbers, here's a pirate-style joke for ye:\n\n" +
                  'Why did the pirate want to join the circus? \n\n' +
                  'Arrrr, because he wanted to be a trapeze arrrrrrtist! \n\n' +
                  'Ye scurvy dogs and seafaring scalawags better than that ye hath seen the last! \n\n' +
                  'Honestly, I be tired of these pirate puns, I need a pirate holiday on a nice quiet beach, with not ' +
                  'enough rum to get too crazy but just enough to forget all me worries.',
              },
            ],
            finish_reason: 'stop',
          },
        ],
      },
    },
  },
  {
    exchange: 'cohere-05',
    client: CLIENT,
    endpoint: 'cohere.v2_chat',
    request: withoutStream,
    call: (url, request) => v2(url).chatStream(request as Parameters<CohereClientV2['chatStream']>[0]),
    expected: {
      ...PROVIDER,
      operation: 'chat',
      request: { model: 'command-r' },
      response: { id: 'e6d757a9-f0f3-40fe-9b8a-44cdc3bd18a7', finishReasons: ['TOOL_CALL'] },
      usage: { inputTokens: 62, outputTokens: 28 },
      messages: {
        input: [{ role: 'user', parts: [{ type: 'text', content: 'What is the weather and current time in Tokyo?' }] }],
        output: [
          {
            role: 'assistant',
            parts: [
              { type: 'reasoning', content: 'I will search for the current time and weather in Tokyo.' },
              { type: 'tool_call', id: 'get_time_dg5wwc00d8v5', name: 'get_time', arguments: { location: 'Tokyo' } },
              {
                type: 'tool_call',
                id: 'get_weather_bc8241gkqss5',
                name: 'get_weather',
                arguments: { location: 'Tokyo' },
              },
            ],
            finish_reason: 'tool_call',
          },
        ],
        tools: [
          {
            type: 'function',
            name: 'get_weather',
            description: 'Get the current weather in a given location',
            parameters: LOCATION,
          },
          {
            type: 'function',
            name: 'get_time',
            description: 'Get the current time in a given location',
            parameters: LOCATION,
          },
        ],
      },
    },
  },
  {
    exchange: 'cohere-06',
    client: CLIENT,
    endpoint: 'cohere.v1_chat',
    request: withoutStream,
    call: (url, request) => v1(url).chatStream(request as Parameters<CohereClient['chatStream']>[0]),
    expected: {
      ...PROVIDER,
      operation: 'chat',
      request: { model: 'command' },
      response: { id: '12c00d26-e3bb-48c0-8c49-262155b57d64', finishReasons: ['COMPLETE'] },
      usage: { inputTokens: 7, outputTokens: 115 },
      messages: {
        input: [{ role: 'user', parts: [{ type: 'text', content: JOKE }] }],
        output: [
          {
            role: 'assistant',
            parts: [
              {
                type: 'text',
                content:
                  "Arrrr, matey! Shiver me timbers, here's a pirate-themed joke for ye:\n\n" +
                  'Why did the pirate go to the dentist?\n\n' +
                  'A: Because he wanted to find some treasure! ARRRRR!!! \n\n' +
                  "Pirates love lootin' gold, and sometimes forget to take care of their teeth, so I hope ye " +
                  'appreciate me pirate-themed joke there, ye scurvy dog! \n\n' +
                  "If ye want more pirate humor, let me know and I'll be happy to sail through some more pirate-y " +
                  'comedy!',
              },
            ],
            finish_reason: 'stop',
          },
        ],
      },
    },
  },
];
