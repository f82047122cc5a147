import Anthropic from '@anthropic-ai/sdk';

import type { CallRecord } from '#lib/genai/record.js';
import type { ClientCase } from '../client-case.js';
import {
  cachedArticles,
  exchangeOfTexts,
  haiku,
  sonnet,
  summarise,
  thought,
  timeAfterWeather,
  uncached,
  weatherAndTime,
} from './anthropic-expected.js';
import { jokeOf01, jokeOf04, reasoningOf13, reasoningOf15 } from './anthropic-texts.js';

type Params = Anthropic.MessageCreateParamsNonStreaming;
type StreamParams = Anthropic.MessageCreateParamsStreaming;
type Call = (client: Anthropic, request: object) => unknown;

const create: Call = (client, request) => client.messages.create(request as Params | StreamParams);
const stream: Call = (client, request) => client.messages.stream(request as Params);
const betaStream: Call = (client, request) => client.beta.messages.stream(request as Params);

// The helpers for streams add `stream` on the way to the wire; a user of theirs does not write it.
function withoutStream(body: Record<string, unknown>): object {
  const { stream: added, ...request } = body;
  return added === undefined ? body : request;
}

function caseOf(number: string, call: Call, expected: CallRecord): ClientCase {
  return {
    exchange: `anthropic-${number}`,
    client: '@anthropic-ai/sdk',
    endpoint: 'anthropic.messages',
    request: call === create ? (body) => body : withoutStream,
    call: (url, request) => call(new Anthropic({ apiKey: 'none', baseURL: url, maxRetries: 0 }), request),
    expected: { operation: 'chat', provider: 'anthropic', ...expected },
  };
}

const joke = 'Tell me a joke about OpenTelemetry';

const locationSchema = { type: 'object', properties: { location: { type: 'string' } }, required: ['location'] };

/** Every recording of Anthropic's Messages API. */
export const anthropicCases: readonly ClientCase[] = [
  caseOf('01', create, {
    request: { model: 'claude-3-haiku-20240307', maxTokens: 1024, stream: true },
    response: { id: 'msg_01MXWxhWoPSgrYhjTuMDM6F1', model: 'claude-3-haiku-20240307', finishReasons: ['end_turn'] },
    usage: { inputTokens: 17, outputTokens: 171 },
    messages: exchangeOfTexts(joke, jokeOf01),
  }),
  caseOf('02', create, {
    request: { model: 'claude-3-5-haiku-latest', maxTokens: 1024 },
    response: {
      id: 'msg_01Ctc62hUPvikvYASXZqTo9q',
      model: 'claude-3-5-haiku-20241022',
      finishReasons: ['end_turn'],
      serviceTier: 'standard',
    },
    usage: uncached(29, 46),
    messages: {
      system: [{ type: 'text', content: 'You are a helpful assistant. Be concise and to the point.' }],
      ...exchangeOfTexts(
        'Are you capable of describing an image?',
        'Yes, I am capable of analyzing and describing images in detail when an image is uploaded to our conversation. Just attach an image and I can describe its contents, colors, objects, people, or other visual elements.',
      ),
    },
  }),
  caseOf('03', create, {
    request: { model: 'claude-3-5-haiku-latest', maxTokens: 1024 },
    response: {
      id: 'msg_01LSxhQZ8AAJ3o5JWmZoSprt',
      model: 'claude-3-5-haiku-latest',
      finishReasons: ['tool_use'],
    },
    usage: uncached(374, 82),
    messages: {
      input: [
        {
          role: 'user',
          parts: [{ type: 'text', content: "Hey, what's the weather in San Francisco? Also, any news in town?" }],
        },
      ],
      output: [
        {
          role: 'assistant',
          parts: [
            {
              type: 'text',
              content:
                "I'll help you with that by checking the weather and news for San Francisco right away.\n\nFirst, let's check the weather:",
            },
            {
              type: 'tool_call',
              id: 'toolu_016q9vtSd8CY2vnZSpEp1j4o',
              name: 'get_weather',
              arguments: { location: 'San Francisco' },
            },
          ],
          finish_reason: 'tool_call',
        },
      ],
      tools: [
        { type: 'function', name: 'get_weather', description: '', parameters: locationSchema },
        { type: 'function', name: 'get_news', description: '', parameters: locationSchema },
      ],
    },
  }),
  caseOf('04', stream, {
    request: { ...haiku, stream: true },
    response: {
      id: 'msg_01MCkQZZtEKF3nVbFaExwATe',
      model: 'claude-3-5-haiku-20241022',
      finishReasons: ['end_turn'],
      serviceTier: 'standard',
    },
    usage: uncached(17, 108),
    messages: exchangeOfTexts(joke, jokeOf04),
  }),
  caseOf('05', create, cachedArticles('05', 'msg_01EF3r8zYyZntM4Sg9a5kc6k', 187, 1163)),
  caseOf('06', create, timeAfterWeather('msg_01QJDheQSo4hSrxgtLpEJFkA', 'toolu_01K5KhMEdg2McN7dAkB4Y4hi')),
  caseOf('07', create, {
    request: sonnet,
    response: { id: 'msg_01AuPRFtHQUKc4DSCpFcEdhD', model: 'claude-3-5-sonnet-20240620', finishReasons: ['end_turn'] },
    usage: { inputTokens: 33, outputTokens: 95 },
    messages: {
      system: [{ type: 'text', content: summarise }],
      ...exchangeOfTexts(
        'What is the weather in San Francisco?',
        "I apologize, but I don't have access to real-time weather information. As an AI language model, I don't have the ability to check current weather conditions or forecasts. To get accurate and up-to-date weather information for San Francisco, you would need to check a reliable weather website, app, or local news source. These sources can provide you with current conditions, forecasts, and other weather-related details for specific locations.",
      ),
    },
  }),
  caseOf('08', create, {
    request: sonnet,
    response: { id: 'msg_01RBkXFe9TmDNNWThMz2HmGt', model: 'claude-3-5-sonnet-20240620', finishReasons: ['tool_use'] },
    usage: { inputTokens: 514, outputTokens: 152 },
    messages: {
      input: [
        {
          role: 'user',
          parts: [
            {
              type: 'text',
              content: 'What is the weather like right now in New York? Also what time is it there now?',
            },
          ],
        },
      ],
      output: [
        {
          role: 'assistant',
          parts: [
            {
              type: 'text',
              content:
                "Certainly! I'd be happy to help you with both the current weather in New York and the current time there. Let's use the available tools to get this information for you.",
            },
            {
              type: 'tool_call',
              id: 'toolu_012r6TBCWjRHG71j6zruYyUL',
              name: 'get_weather',
              arguments: { location: 'New York, NY', unit: 'fahrenheit' },
            },
            {
              type: 'tool_call',
              id: 'toolu_01SkeBKkLCNYWNuivqFerGDd',
              name: 'get_time',
              arguments: { timezone: 'America/New_York' },
            },
          ],
          finish_reason: 'tool_call',
        },
      ],
      tools: weatherAndTime,
    },
  }),
  caseOf('09', betaStream, {
    request: { ...haiku, stream: true },
    response: {
      id: 'msg_01BetaStreamTest1234567',
      model: 'claude-3-5-haiku-20241022',
      finishReasons: ['end_turn'],
      serviceTier: 'standard',
    },
    usage: uncached(17, 20),
    messages: exchangeOfTexts(
      joke,
      'Why did the developer love OpenTelemetry? Because it helped them trace their bugs',
    ),
  }),
  caseOf('10', stream, {
    request: { ...haiku, stream: true },
    response: {
      id: 'msg_015vYx5y1ygzx5WM3FSMKpqQ',
      model: 'claude-3-5-haiku-20241022',
      finishReasons: ['end_turn'],
      serviceTier: 'standard',
    },
    usage: uncached(11, 6),
    messages: exchangeOfTexts('Say hello there!', 'Hello there!'),
  }),
  caseOf('11', create, {
    request: { model: 'claude-2.1', maxTokens: 1024 },
    response: { id: 'msg_017fMG9SRDFTBhcD1ibtN1nK', model: 'claude-2.1', finishReasons: ['end_turn'] },
    usage: { inputTokens: 19, outputTokens: 22 },
    messages: {
      system: [{ type: 'text', content: 'You are a helpful assistant' }],
      ...exchangeOfTexts('tell me a short joke', "Why can't a bicycle stand up by itself? Because it's two-tired!"),
    },
  }),
  caseOf('12', create, timeAfterWeather('msg_016eGC7NKnXhYDXCDHQxMMNu', 'toolu_013CVavAKjSN7RZoE2ZN4xQJ')),
  caseOf('13', create, thought(reasoningOf13, 'msg_01SZKz6DEhWnfZcxPQDQz49Y', 216, true)),
  caseOf('14', create, cachedArticles('14', 'msg_01AGcJaUoaQe4VfWUjnSBrXg', 207, 1165)),
  caseOf('15', create, thought(reasoningOf15, 'msg_01Ayp2LhrapBJLPf22sskg4c', 215, false)),
];
