import type { Endpoint, Json } from '#lib/genai/endpoint.js';
import { cohereEndpoints } from '#lib/genai/providers/cohere.js';

/** One of Cohere's endpoints. */
export function endpointOf(id: string): Endpoint {
  const found = cohereEndpoints.find((endpoint) => endpoint.id === id);
  if (found === undefined) throw new Error(`no endpoint ${id}`);
  return found;
}

/** The answer that the chunks of a stream come to. */
export function merged(endpoint: Endpoint, chunks: readonly Json[], remaining = 10_000): Json {
  const merger = endpoint.createMerger?.();
  for (const chunk of chunks) merger?.add(chunk, { remaining, isCut: false });
  return merger?.response() ?? {};
}

/** A request to `/v2/chat` in both spellings. */
export const V2_REQUEST: Json = {
  model: 'command-a',
  max_tokens: 50,
  stop_sequences: ['END'],
  frequency_penalty: 0.1,
  presencePenalty: 0.2,
  seed: 7,
  k: 40,
  p: 0.9,
  responseFormat: { type: 'json_object' },
  messages: [
    { role: 'system', content: 'Be brief.' },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'What is it?' },
        { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
      ],
    },
    {
      role: 'assistant',
      toolPlan: 'I look.',
      toolCalls: [{ id: 'c1', type: 'function', function: { name: 'look', arguments: '{}' } }],
    },
    { role: 'tool', toolCallId: 'c1', content: [{ type: 'document', document: { data: { found: 'a cat' } } }] },
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'A cat.' },
        { type: 'text', text: 'Cat.' },
      ],
    },
  ],
};

/** A request to `/v1/chat` as the SDK takes it. */
export const V1_REQUEST: Json = {
  model: 'command-r',
  message: 'And now?',
  preamble: 'Be brief.',
  chatHistory: [
    { role: 'USER', message: 'Hi' },
    { role: 'CHATBOT', message: 'Hello', toolCalls: [{ name: 'look', parameters: { far: true } }] },
    { role: 'TOOL', toolResults: [{ call: { name: 'look', parameters: {} }, outputs: [{ found: 'a cat' }] }] },
  ],
  tools: [{ name: 'look', description: 'Looks.', parameterDefinitions: { far: { type: 'bool' } } }],
};
