import { decoratedCall } from '../decorated-call.js';
import type { Place } from '../trial.js';

interface Exchange {
  readonly request: object;
  readonly answer: object;
}

const image = (canary: string): string =>
  `data:text/plain;base64,${Buffer.from(`see ${canary} there`).toString('base64')}`;

// The shapes of each vendor, with the canary in every text and value.
const EXCHANGES: Readonly<Record<string, (canary: string) => Exchange>> = {
  'parts of OpenAI chat': (canary) => ({
    request: {
      model: 'gpt-4o',
      messages: [
        { role: 'developer', content: [{ type: 'text', text: canary }] },
        {
          role: 'user',
          name: canary,
          content: [
            { type: 'text', text: canary },
            { type: 'image_url', image_url: { url: `https://example.com/a?key=${encodeURIComponent(canary)}` } },
            { type: 'image_url', image_url: { url: image(canary) } },
            { type: 'file', file: { filename: canary, file_data: image(canary) } },
          ],
        },
      ],
      response_format: { type: 'json_schema', json_schema: { name: 'x', schema: { description: canary } } },
    },
    answer: {
      id: 'chatcmpl-1',
      object: 'chat.completion',
      model: 'gpt-4o',
      choices: [
        {
          index: 0,
          finish_reason: 'tool_calls',
          message: {
            role: 'assistant',
            content: canary,
            reasoning_content: canary,
            refusal: canary,
            tool_calls: [{ id: canary, type: 'function', function: { name: canary, arguments: `{"note":"${canary}` } }],
          },
        },
      ],
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
    },
  }),
  'OpenAI Responses': (canary) => ({
    request: {
      model: 'gpt-4o',
      instructions: canary,
      input: [
        { role: 'user', content: [{ type: 'input_text', text: canary }] },
        { type: 'function_call_output', call_id: 'c', output: JSON.stringify({ note: canary }) },
      ],
    },
    answer: {
      id: 'resp_1',
      object: 'response',
      model: 'gpt-4o',
      status: 'completed',
      output: [
        { type: 'reasoning', id: 'r', summary: [{ type: 'summary_text', text: canary }] },
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: canary, annotations: [] }] },
        { type: 'function_call', call_id: 'c', name: 'look_up', arguments: JSON.stringify({ note: canary }) },
      ],
      usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 },
    },
  }),
  'Anthropic messages': (canary) => ({
    request: {
      model: 'claude-haiku-4-5',
      max_tokens: 100,
      system: [{ type: 'text', text: canary }],
      messages: [
        { role: 'user', content: [{ type: 'text', text: canary }] },
        { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'look_up', input: { note: canary } }] },
        {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: 't', content: [{ type: 'text', text: canary }] }],
        },
      ],
      tools: [{ name: 'look_up', description: canary, input_schema: { type: 'object', description: canary } }],
    },
    answer: {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'claude-haiku-4-5',
      content: [
        { type: 'thinking', thinking: canary, signature: 'c2lnbmF0dXJl' },
        { type: 'text', text: canary },
        { type: 'tool_use', id: 't', name: 'look_up', input: { note: { deep: [canary] } } },
      ],
      stop_reason: 'stop_sequence',
      stop_sequence: canary,
      usage: { input_tokens: 1, output_tokens: 1 },
    },
  }),
  Gemini: (canary) => ({
    request: {
      model: 'gemini-2.0-flash',
      contents: [
        { role: 'user', parts: [{ text: canary }] },
        { role: 'model', parts: [{ functionCall: { name: 'look_up', args: { note: canary } } }] },
        { role: 'user', parts: [{ functionResponse: { name: 'look_up', response: { note: canary } } }] },
      ],
      config: { systemInstruction: canary },
    },
    answer: {
      responseId: 'g-1',
      modelVersion: 'gemini-2.0-flash',
      candidates: [{ index: 0, finishReason: 'STOP', content: { role: 'model', parts: [{ text: canary }] } }],
      usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 },
    },
  }),
  Ollama: (canary) => ({
    request: { model: 'llama3', messages: [{ role: 'user', content: canary }], options: { stop: [canary] } },
    answer: {
      model: 'llama3',
      created_at: '2026-01-01T00:00:00Z',
      message: { role: 'assistant', content: canary, thinking: canary },
      done: true,
      done_reason: 'stop',
      prompt_eval_count: 1,
      eval_count: 1,
    },
  }),
  'the AI SDK': (canary) => ({
    request: { model: 'gpt-4o', system: canary, prompt: canary },
    answer: {
      text: canary,
      content: [{ type: 'text', text: canary }],
      reasoningText: canary,
      toolCalls: [{ type: 'tool-call', toolCallId: 'c', toolName: 'look_up', input: { note: canary } }],
      finishReason: 'stop',
      usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 },
      response: { id: 'r', modelId: 'gpt-4o', timestamp: new Date(0), messages: [] },
      steps: [],
      warnings: [],
    },
  }),
  'a shape that nobody knows': (canary) => ({
    request: { prompt: canary, nested: { prompt: canary } },
    answer: { reply: canary, [canary]: 1 },
  }),
};

/** Places in what the vendors' clients take and give. */
export const PROVIDER_PLACES: readonly Place[] = Object.entries(EXCHANGES).map(([title, exchangeOf]) => ({
  title: `in ${title}`,
  decorators: ['LlmCall', 'AgentCall'],
  run: (trial) => {
    const { request, answer } = exchangeOf(trial.text);
    const options = trial.decorator === 'LlmCall' ? { args: false, result: false } : {};
    return decoratedCall(trial, { options, args: [request], result: () => answer, error: () => answer });
  },
}));
