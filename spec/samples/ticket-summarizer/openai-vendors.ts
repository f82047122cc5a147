import { expect } from 'chai';
import type { OpenAI } from 'openai';

import { recordedEvents, recordedJson, toEventStream, toJson } from './vendor-case.js';
import type { Asked, SeenCall, VendorCase } from './vendor-case.js';

type Completion = OpenAI.ChatCompletion;
type Chunk = OpenAI.ChatCompletionChunk;

function ask({ body }: SeenCall): Asked {
  const { messages, stream } = body as unknown as OpenAI.ChatCompletionCreateParams;
  const [system = '', user = ''] = messages.map(({ content }) => (typeof content === 'string' ? content : ''));
  return { system, user, isStreamed: stream === true };
}

/** The recorded answer with another text in its only message. */
function answerWhole(id: string, content: string) {
  const completion = recordedJson(id) as Completion;
  for (const { message } of completion.choices) message.content = content;
  return toJson(completion);
}

/** The recorded stream with the text in its first piece. */
function answerStream(id: string, content: string) {
  let rest = content;
  const events = recordedEvents<Chunk>(id);
  for (const event of events) {
    if (typeof event === 'string') continue;
    for (const { delta } of event.choices) {
      if (typeof delta.content !== 'string' || delta.role !== undefined) continue;
      delta.content = rest;
      rest = '';
    }
  }
  return toEventStream(events);
}

const openai: VendorCase = {
  provider: 'openai',
  env: (url) => ({ OPENAI_BASE_URL: `${url}/v1`, OPENAI_API_KEY: 'key-1' }),
  recordings: ['openai-10', 'openai-34'],
  ask,
  answer: (content, { isStreamed }) =>
    isStreamed ? answerStream('openai-34', content) : answerWhole('openai-10', content),
  expectCall: ({ path, headers, body }) => {
    expect(path).to.equal('/v1/chat/completions');
    expect(headers).to.include({ authorization: 'Bearer key-1' });
    expect(body).to.include({ model: 'gpt-4o-mini' });
  },
  spanName: 'chat gpt-4o-mini',
  whole: {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-4o-mini',
    'gen_ai.response.model': 'gpt-3.5-turbo-0125',
    'gen_ai.response.id': 'chatcmpl-DPTBnLVEU6gLtntz301fthMFXeE4C',
    'gen_ai.usage.input_tokens': 15,
    'gen_ai.usage.output_tokens': 31,
    'gen_ai.usage.cost': 0.000054,
    'spanwright.price_table': 'genai-prices 0.1.8',
  },
  streamed: {
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.stream': true,
    'gen_ai.response.model': 'gpt-4o-mini-2024-07-18',
    'gen_ai.usage.input_tokens': 12,
    'gen_ai.usage.output_tokens': 12,
    'gen_ai.usage.cost': 0.000009,
  },
  summary: /^Model: openai gpt-4o-mini: 6 calls, 84 input and 148 output tokens, 0\.000234 USD, \d+ ms a call$/m,
};

const azure: VendorCase = {
  ...openai,
  provider: 'azure',
  env: (url) => ({
    AZURE_OPENAI_ENDPOINT: `${url}/`,
    AZURE_OPENAI_API_KEY: 'key-2',
    AZURE_OPENAI_DEPLOYMENT: 'tickets',
    OPENAI_BASE_URL: 'http://127.0.0.1:9',
  }),
  recordings: ['azure-openai-03', 'azure-openai-02'],
  answer: (content, { isStreamed }) =>
    isStreamed ? answerStream('azure-openai-02', content) : answerWhole('azure-openai-03', content),
  expectCall: ({ path, headers, body }) => {
    expect(path).to.equal('/openai/deployments/tickets/chat/completions?api-version=2024-10-21');
    expect(headers).to.include({ 'api-key': 'key-2' });
    expect(body).to.include({ model: 'tickets' });
  },
  spanName: 'chat tickets',
  whole: {
    'gen_ai.provider.name': 'azure.ai.openai',
    'gen_ai.request.model': 'tickets',
    'gen_ai.response.model': 'gpt-35-turbo',
    'gen_ai.usage.input_tokens': 15,
    'gen_ai.usage.output_tokens': 24,
    'gen_ai.usage.cost': 0.0000435,
  },
  // The recorded stream tells no tokens.
  streamed: { 'gen_ai.provider.name': 'azure.ai.openai', 'gen_ai.response.model': 'gpt-4.1-mini-2025-04-14' },
  summary:
    /^Model: azure\.ai\.openai tickets: 6 calls, 60 input and 96 output tokens \(2 calls without counts\), 0\.000174 USD/m,
};

// Typed from openrouter.ai/docs, API reference (read 2026-11-20).
const openrouter: VendorCase = {
  ...openai,
  provider: 'openrouter',
  env: (url) => ({ OPENROUTER_BASE_URL: `${url}/api/v1`, OPENROUTER_API_KEY: 'key-3' }),
  recordings: [],
  answer: (content) =>
    toJson({
      id: 'gen-1763720000-abc',
      provider: 'OpenAI',
      model: 'openai/gpt-4o-mini',
      object: 'chat.completion',
      created: 1_763_720_000,
      choices: [
        {
          logprobs: null,
          finish_reason: 'stop',
          native_finish_reason: 'stop',
          index: 0,
          message: { role: 'assistant', content, refusal: null, reasoning: null },
        },
      ],
      usage: { prompt_tokens: 194, completion_tokens: 2, total_tokens: 196, cost: 0.00003, is_byok: false },
    }),
  expectCall: ({ path, headers, body }) => {
    expect(path).to.equal('/api/v1/chat/completions');
    expect(headers).to.include({ authorization: 'Bearer key-3' });
    expect(body).to.include({ model: 'openai/gpt-4o-mini' }).and.not.have.property('stream');
  },
  spanName: 'chat openai/gpt-4o-mini',
  whole: {
    'gen_ai.provider.name': 'openrouter',
    'gen_ai.response.id': 'gen-1763720000-abc',
    'gen_ai.usage.input_tokens': 194,
    'gen_ai.usage.output_tokens': 2,
    'gen_ai.usage.cost': 0.00003,
    'spanwright.price_table': 'provider',
  },
  // Read whole as well: there is no client that would take a stream apart.
  streamed: { 'gen_ai.provider.name': 'openrouter', 'gen_ai.usage.output_tokens': 2 },
  summary: /^Model: openrouter openai\/gpt-4o-mini: 6 calls, 1164 input and 12 output tokens, 0\.00018 USD, \d+ ms/m,
};

/** The vendors that speak OpenAI's language. */
export const openaiVendors: readonly VendorCase[] = [openai, azure, openrouter];
