import { Ollama, type ChatRequest, type GenerateRequest } from 'ollama';

import type { CallMessages, CallRecord } from '#lib/genai/record.js';

import type { ClientCase } from '../client-case.js';

const CHAT = {
  client: 'ollama',
  endpoint: 'ollama.chat',
  // The client writes `stream` into it.
  request: (body: Record<string, unknown>) => body,
  call: (url: string, request: object) => new Ollama({ host: url }).chat(request as ChatRequest & { stream?: false }),
} as const;

const GENERATE = {
  ...CHAT,
  endpoint: 'ollama.generate',
  call: (url: string, request: object) =>
    new Ollama({ host: url }).generate(request as GenerateRequest & { stream?: false }),
} as const;

function asked(content: string): CallMessages {
  return { input: [{ role: 'user', parts: [{ type: 'text', content }] }] };
}

function answered(content: string): CallMessages {
  return { output: [{ role: 'assistant', parts: [{ type: 'text', content }], finish_reason: 'stop' }] };
}

function ended(operation: 'chat' | 'text_completion', model: string): CallRecord {
  return { operation, provider: 'ollama', request: { model }, response: { model, finishReasons: ['stop'] } };
}

/** Every recorded exchange of Ollama. */
export const ollamaCases: readonly ClientCase[] = [
  {
    ...GENERATE,
    exchange: 'ollama-01',
    expected: {
      ...ended('text_completion', 'llama3'),
      // The prompt came from the cache and is not counted.
      usage: { outputTokens: 38 },
      messages: {
        ...asked('Tell me a joke about OpenTelemetry'),
        ...answered(
          'A joke about OpenTelemetry!\n\nWhy did the OpenTelemetry collector go to therapy?\n\n' +
            "Because it was feeling instrumented, but couldn't seem to get a handle on its spans!",
        ),
      },
    },
  },
  {
    ...CHAT,
    exchange: 'ollama-02',
    expected: {
      ...ended('chat', 'llama3'),
      usage: { outputTokens: 79 },
      messages: {
        ...asked('Tell me a joke about OpenTelemetry'),
        ...answered(
          'A joke about OpenTelemetry! Here it is:\n\nWhy did the OpenTelemetry span go to therapy?\n\n' +
            'Because it was struggling to instrument its issues!\n\n' +
            '(Get it? "Instrument" has a double meaning here, referring both to the act of collecting metrics and ' +
            "traces in OpenTelemetry, as well as working through one's problems... okay, maybe it's just a techie joke)",
        ),
      },
    },
  },
  {
    ...CHAT,
    exchange: 'ollama-03',
    expected: {
      ...ended('chat', 'llama3.1'),
      usage: { inputTokens: 44, outputTokens: 113 },
      messages: {
        input: [
          {
            role: 'assistant',
            parts: [{ type: 'tool_call', name: 'get_current_weather', arguments: { location: 'San Francisco' } }],
          },
          {
            role: 'tool',
            parts: [
              {
                type: 'tool_call_response',
                response: 'The weather in San Francisco is 70 degrees and sunny.',
              },
            ],
          },
        ],
        ...answered(
          'This is a simple example, but in a real-world scenario, you would need to have an API key to access the ' +
            'OpenWeatherMap API. You can get one for free on their website. Also, this code should be placed in a ' +
            'file and run from there instead of running it directly in the Python interpreter. \n\n' +
            'Note: This is just a simple example, in real-world scenarios, you would need to handle errors more ' +
            'robustly and potentially add more features such as getting weather data for multiple locations at once ' +
            'or handling different units (e.g., Celsius).',
        ),
      },
    },
  },
  {
    ...CHAT,
    exchange: 'ollama-04',
    expected: {
      ...ended('chat', 'gemma3:1b'),
      usage: { inputTokens: 19, outputTokens: 104 },
      messages: {
        ...asked('Hello, this is a test for model attribute.'),
        ...answered(
          "Okay, I understand. You're testing my model's ability to understand and respond to specific attributes. " +
            "\n\nI'm ready. Please let me know what you'd like me to do.  Do you have a question for me, or would you " +
            'like me to:\n\n*   **Answer a question?**\n*   **Describe something?**\n*   **Generate something based ' +
            "on a prompt that includes specific attributes?** \n\nI'll do my best to respond appropriately.",
        ),
      },
    },
  },
  {
    ...GENERATE,
    exchange: 'ollama-05',
    expected: {
      ...ended('text_completion', 'llama3'),
      request: { model: 'llama3', stream: true },
      usage: { outputTokens: 58 },
      messages: {
        ...asked('Tell me a joke about OpenTelemetry'),
        ...answered(
          "A brave soul, asking for an OpenTelemetry joke!\n\nHere's one:\n\n" +
            'Why did the OpenTelemetry Span go to therapy?\n\n' +
            'Because it was feeling "instrumented" and wanted to get to the root cause of its errors!\n\n' +
            'I hope that brought a smile to your face!',
        ),
      },
    },
  },
];
