import { GoogleGenAI, type GenerateContentParameters, type GoogleGenAIOptions } from '@google/genai';

import type { InputMessage, OutputMessage } from '#lib/genai/messages.js';
import type { CallRecord } from '#lib/genai/record.js';
import type { ClientCase } from '../client-case.js';
import { recordedText } from '../recorded-text.js';
import { poemOf05 } from './gemini-texts.js';

/** An account of Google Cloud whose token nobody checks: without one the client does not call Vertex AI. */
class UncheckedAccount {
  getRequestHeaders(): Promise<Headers> {
    return Promise.resolve(new Headers({ authorization: 'Bearer none' }));
  }
}

type AuthOptions = NonNullable<GoogleGenAIOptions['googleAuthOptions']>;

/** The client of Vertex AI, with one host for another. */
export function vertexAt(url: string): GoogleGenAI {
  const googleAuthOptions = { authClient: new UncheckedAccount() } as unknown as AuthOptions;
  const place = { project: 'test-project', location: 'us-central1' };
  return new GoogleGenAI({ vertexai: true, ...place, googleAuthOptions, httpOptions: { baseUrl: url } });
}

/** The client of the Gemini API, with one host for another. */
export function geminiAt(url: string): GoogleGenAI {
  return new GoogleGenAI({ apiKey: 'none', httpOptions: { baseUrl: url } });
}

// On the wire the parameters stand in an object of their own and everything else beside it; a user writes one `config`.
function asUser(model: string, { contents, generationConfig, ...rest }: Record<string, unknown>): object {
  const config = { ...(generationConfig as object | undefined), ...rest };
  return { model, contents, ...(Object.keys(config).length > 0 ? { config } : {}) };
}

const SCHEMA_TYPES: Readonly<Record<number, string>> = { 1: 'STRING', 6: 'OBJECT' };

/** A recorded body with words for the types of schemas; the recorded client writes numbers, this one refuses them. */
export function withWords(body: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(body), (key, value: unknown) =>
    key === 'type' && typeof value === 'number' ? (SCHEMA_TYPES[value] ?? value) : value,
  ) as Record<string, unknown>;
}

interface CaseFields {
  readonly model: string;
  readonly isVertex?: boolean;
  readonly isStream?: boolean;
  readonly expected: ClientCase['expected'];
}

function caseOf(number: string, { model, isVertex = true, isStream = false, expected }: CaseFields): ClientCase {
  const provider = isVertex ? 'gcp.vertex_ai' : 'gcp.gemini';
  return {
    exchange: `gemini-${number}`,
    client: '@google/genai',
    endpoint: 'gemini.generate_content',
    request: (body) => asUser(model, withWords(body)),
    call: (url, request) => {
      const { models } = isVertex ? vertexAt(url) : geminiAt(url);
      const parameters = request as GenerateContentParameters;
      return isStream ? models.generateContentStream(parameters) : models.generateContent(parameters);
    },
    expected: 'errorStatus' in expected ? expected : { operation: 'generate_content', provider, ...expected },
  };
}

const flash = 'gemini-2.5-flash';
const pro = 'gemini-2.5-pro';

function said(role: string, content: string): InputMessage {
  return { role, parts: [{ type: 'text', content }] };
}

function answered(content: string): OutputMessage {
  return { role: 'assistant', parts: [{ type: 'text', content }], finish_reason: 'stop' };
}

function byName(id: string, totalTokens: number, reasoningTokens: number): CallRecord {
  return {
    request: { model: pro },
    response: { id, model: pro, finishReasons: ['STOP'] },
    usage: { inputTokens: 25, outputTokens: 8 + reasoningTokens, totalTokens, reasoningTokens },
    messages: {
      system: [{ type: 'text', content: 'You are a clever language model' }],
      input: [
        said('user', 'My name is OpenTelemetry'),
        said('assistant', 'Hello OpenTelemetry!'),
        said('user', 'Address me by name and say this is a test'),
      ],
      output: [answered('OpenTelemetry, this is a test.')],
    },
  };
}

const weatherOfTwoCities: CallRecord = {
  request: { model: pro },
  response: { id: 'ZZCkaLnDCuavgLUP4fGpsQs', model: pro, finishReasons: ['STOP'] },
  usage: { inputTokens: 128, outputTokens: 718, totalTokens: 846, reasoningTokens: 692 },
  messages: {
    input: [
      said('user', 'Get weather details in New Delhi and San Francisco?'),
      {
        role: 'assistant',
        parts: [
          { type: 'tool_call', name: 'get_current_weather', arguments: { location: 'New Delhi' } },
          { type: 'tool_call', name: 'get_current_weather', arguments: { location: 'San Francisco' } },
        ],
      },
      {
        role: 'user',
        parts: [
          {
            type: 'tool_call_response',
            name: 'get_current_weather',
            response: { content: '{"temperature": 35, "unit": "C"}' },
          },
          {
            type: 'tool_call_response',
            name: 'get_current_weather',
            response: { content: '{"temperature": 25, "unit": "C"}' },
          },
        ],
      },
    ],
    output: [answered('The current temperature in New Delhi is 35°C, and in San Francisco, it is 25°C.')],
    tools: [
      {
        type: 'function',
        name: 'get_current_weather',
        description: 'Get the current weather in a given location',
        parameters: {
          type: 'OBJECT',
          properties: {
            location: {
              type: 'STRING',
              description:
                "The location for which to get the weather. It can be a city name, a city name and state, or a zip code. Examples: 'San Francisco', 'San Francisco, CA', '95616', etc.",
            },
          },
          propertyOrdering: ['location'],
        },
      },
    ],
  },
};

const smallImage =
  'iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==';

/** Every recording of Google's generateContent: those of Vertex AI, and 06 of the Gemini API. */
export const geminiCases: readonly ClientCase[] = [
  caseOf('01', {
    model: flash,
    expected: {
      request: { model: flash },
      response: { id: 'LTXpaKCyFdPlnvgPuajSiQQ', model: flash, finishReasons: ['STOP'] },
      usage: { inputTokens: 8, outputTokens: 451, totalTokens: 459, reasoningTokens: 433 },
      messages: {
        input: [said('user', 'Create a haiku about Open Telemetry.')],
        output: [answered('Open data streams,\nMetrics, logs, and traces flow,\nClearly see inside.')],
      },
    },
  }),
  caseOf('02', { model: pro, expected: byName('WZCkaJqECuavgLUP4fGpsQs', 400, 367) }),
  caseOf('03', { model: pro, expected: { errorStatus: 400 } }),
  caseOf('04', {
    model: pro,
    expected: {
      request: {
        model: pro,
        maxTokens: 5,
        temperature: 0.2,
        topP: 0.95,
        topK: 2,
        frequencyPenalty: 1,
        presencePenalty: -1.5,
        stopSequences: ['\n\n\n'],
        seed: 12345,
      },
      response: { id: '05WkaM3FEaGSmecPxYzosQM', model: pro, finishReasons: ['MAX_TOKENS'] },
      usage: { inputTokens: 5, outputTokens: 4, totalTokens: 9, reasoningTokens: 4 },
      messages: {
        input: [said('user', 'Say this is a test')],
        output: [{ role: 'assistant', parts: [], finish_reason: 'length' }],
      },
    },
  }),
  caseOf('05', {
    model: flash,
    isStream: true,
    expected: {
      request: { model: flash, stream: true },
      response: { id: '5izpaJ_VMqednvgP2KWkqQ8', model: flash, finishReasons: ['STOP'] },
      usage: { inputTokens: 8, outputTokens: 2464, totalTokens: 2472, reasoningTokens: 2027 },
      messages: {
        input: [said('user', 'Create a poem about Open Telemetry.')],
        output: [answered(poemOf05)],
      },
    },
  }),
  caseOf('06', {
    model: flash,
    isVertex: false,
    expected: {
      request: { model: flash },
      response: { id: '-hk4afOSMZKkjuMPnJWGkAk', model: flash, finishReasons: ['STOP'] },
      usage: { inputTokens: 5, outputTokens: 1935, totalTokens: 1940, reasoningTokens: 1058 },
      messages: {
        input: [said('user', 'What is ai?')],
        output: [
          answered(recordedText('gemini-06', 'response', 'json', 'candidates', 0, 'content', 'parts', 0, 'text')),
        ],
      },
    },
  }),
  caseOf('07', { model: pro, expected: weatherOfTwoCities }),
  caseOf('08', {
    model: pro,
    expected: {
      request: { model: pro },
      response: { id: '-yjtaKeCJ5KYmecP76S4-AI', model: pro, finishReasons: ['STOP'] },
      usage: { inputTokens: 521, outputTokens: 429, totalTokens: 950, reasoningTokens: 424 },
      messages: {
        input: [
          {
            role: 'user',
            parts: [
              { type: 'text', content: 'Say this is a test' },
              {
                type: 'uri',
                modality: 'image',
                mime_type: 'image/jpeg',
                uri: 'https://images.pdimagearchive.org/collections/microscopic-delights/1lede-0021.jpg',
              },
              { type: 'blob', modality: 'image', mime_type: 'image/jpeg', content: smallImage },
            ],
          },
        ],
        output: [answered('This is a test.')],
      },
    },
  }),
  caseOf('09', { model: pro, expected: byName('UJCkaPfbEdDxgLUPhardyQg', 439, 406) }),
];
