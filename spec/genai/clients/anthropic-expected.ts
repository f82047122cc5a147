import type { ToolDefinition } from '#lib/genai/messages.js';
import type { CallMessages, CallRecord, RequestFacts, Usage } from '#lib/genai/record.js';
import { recordedText } from '../recorded-text.js';

/** Counts of a model without a cache, or of a call that did not use it. */
export function uncached(inputTokens: number, outputTokens: number): Usage {
  return { inputTokens, outputTokens, cacheReadTokens: 0, cacheWriteTokens: 0 };
}

/** One question and one answer, both of text. */
export function exchangeOfTexts(question: string, answer: string): CallMessages {
  return {
    input: [{ role: 'user', parts: [{ type: 'text', content: question }] }],
    output: [{ role: 'assistant', parts: [{ type: 'text', content: answer }], finish_reason: 'stop' }],
  };
}

/** What was asked of Claude 3.5 Haiku. */
export const haiku: RequestFacts = { model: 'claude-3-5-haiku-20241022', maxTokens: 1024 };
/** What was asked of Claude 3.5 Sonnet. */
export const sonnet: RequestFacts = { model: 'claude-3-5-sonnet-20240620', maxTokens: 1024 };
const thinker: RequestFacts = { model: 'claude-3-7-sonnet-20250219', maxTokens: 2048 };

/** The system text of three recordings. */
export const summarise = 'You help generate concise summaries of news articles and blog posts that user sends you.';
const strawberry = "How many times does the letter 'r' appear in the word strawberry?";

/** Two tools that three recordings offer. */
export const weatherAndTime: readonly ToolDefinition[] = [
  {
    type: 'function',
    name: 'get_weather',
    description: 'Get the current weather in a given location',
    parameters: {
      type: 'object',
      properties: {
        location: { type: 'string', description: 'The city and state, e.g. San Francisco, CA' },
        unit: {
          type: 'string',
          enum: ['celsius', 'fahrenheit'],
          description: "The unit of temperature, either 'celsius' or 'fahrenheit'",
        },
      },
      required: ['location'],
    },
  },
  {
    type: 'function',
    name: 'get_time',
    description: 'Get the current time in a given time zone',
    parameters: {
      type: 'object',
      properties: { timezone: { type: 'string', description: 'The IANA time zone name, e.g. America/Los_Angeles' } },
      required: ['timezone'],
    },
  },
];

/** A summary of articles that were written to the cache. */
export function cachedArticles(number: string, id: string, outputTokens: number, cacheWriteTokens: number): CallRecord {
  const name = `anthropic-${number}`;
  const article = recordedText(name, 'request', 'body', 'messages', 0, 'content', 0, 'text');
  const summary = recordedText(name, 'response', 'json', 'content', 0, 'text');
  return {
    request: sonnet,
    response: { id, model: 'claude-3-5-sonnet-20240620', finishReasons: ['end_turn'] },
    usage: { inputTokens: 4 + cacheWriteTokens, outputTokens, cacheReadTokens: 0, cacheWriteTokens },
    messages: { system: [{ type: 'text', content: summarise }], ...exchangeOfTexts(article, summary) },
  };
}

/** The second turn of a conversation with tools. */
export function timeAfterWeather(id: string, callId: string): CallRecord {
  return {
    request: haiku,
    response: { id, model: 'claude-3-5-haiku-20241022', finishReasons: ['tool_use'], serviceTier: 'standard' },
    usage: uncached(568, 58),
    messages: {
      input: [
        {
          role: 'user',
          parts: [{ type: 'text', content: 'What is the weather and current time in San Francisco?' }],
        },
        {
          role: 'assistant',
          parts: [
            { type: 'text', content: "I'll help you get the weather and current time in San Francisco." },
            { type: 'tool_call', id: 'call_1', name: 'get_weather', arguments: { location: 'San Francisco, CA' } },
          ],
        },
        {
          role: 'user',
          parts: [{ type: 'tool_call_response', id: 'call_1', response: 'Sunny and 65 degrees Fahrenheit' }],
        },
      ],
      output: [
        {
          role: 'assistant',
          parts: [{ type: 'tool_call', id: callId, name: 'get_time', arguments: { timezone: 'America/Los_Angeles' } }],
          finish_reason: 'tool_call',
        },
      ],
      tools: weatherAndTime,
    },
  };
}

/** Letters counted with thinking switched on. */
export function thought(reasoning: string, id: string, outputTokens: number, isStream: boolean): CallRecord {
  const answer = `The letter 'r' appears 3 times in the word "strawberry".`;
  return {
    request: isStream ? { ...thinker, stream: true } : thinker,
    response: { id, model: 'claude-3-7-sonnet-20250219', finishReasons: ['end_turn'] },
    usage: uncached(52, outputTokens),
    messages: {
      input: [{ role: 'user', parts: [{ type: 'text', content: strawberry }] }],
      output: [
        {
          role: 'assistant',
          parts: [
            { type: 'reasoning', content: reasoning },
            { type: 'text', content: answer },
          ],
          finish_reason: 'stop',
        },
      ],
    },
  };
}
