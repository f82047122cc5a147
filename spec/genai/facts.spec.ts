import { expect } from 'chai';
import * as fc from 'fast-check';
import { toAttributes } from '#lib/genai/facts.js';
import type { CallRecord } from '#lib/genai/record.js';
import { readSpanRecord } from '#lib/genai/span-record.js';

const chat: CallRecord = {
  operation: 'chat',
  provider: 'openai',
  apiType: 'chat_completions',
  request: {
    model: 'gpt-4o',
    maxTokens: 256,
    temperature: 0.2,
    topP: 0.9,
    topK: 40,
    frequencyPenalty: 0.1,
    presencePenalty: -0.1,
    stopSequences: ['END'],
    seed: 7,
    choiceCount: 2,
    stream: true,
    reasoningLevel: 'low',
    previousResponseId: 'resp_0',
    outputType: 'json',
    serviceTier: 'auto',
  },
  response: {
    id: 'chatcmpl-1',
    model: 'gpt-4o-2024-08-06',
    finishReasons: ['stop', 'length'],
    serviceTier: 'default',
    systemFingerprint: 'fp_1',
  },
  usage: {
    inputTokens: 100,
    outputTokens: 20,
    totalTokens: 120,
    cacheReadTokens: 60,
    cacheWriteTokens: 10,
    reasoningTokens: 5,
    inputAudioTokens: 3,
    outputAudioTokens: 2,
  },
  cost: { usd: 0.0012, source: 'built-in 2026-11-01' },
  messages: { input: [{ role: 'user', parts: [{ type: 'text', content: 'secret' }] }] },
};

describe('facts of a call', () => {
  it('are attributes of the conventions', () => {
    expect(toAttributes(chat, 0.25)).deep.equal({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.response.model': 'gpt-4o-2024-08-06',
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.output_tokens': 20,
      'gen_ai.usage.cache_read.input_tokens': 60,
      'gen_ai.usage.cache_creation.input_tokens': 10,
      'gen_ai.usage.reasoning.output_tokens': 5,
      'gen_ai.usage.total_tokens': 120,
      'gen_ai.usage.audio.input_tokens': 3,
      'gen_ai.usage.audio.output_tokens': 2,
      'gen_ai.usage.cost': 0.0012,
      'spanwright.price_table': 'built-in 2026-11-01',
      'gen_ai.response.id': 'chatcmpl-1',
      'gen_ai.response.finish_reasons': ['stop', 'length'],
      'gen_ai.request.max_tokens': 256,
      'gen_ai.request.temperature': 0.2,
      'gen_ai.request.top_p': 0.9,
      'gen_ai.request.top_k': 40,
      'gen_ai.request.frequency_penalty': 0.1,
      'gen_ai.request.presence_penalty': -0.1,
      'gen_ai.request.stop_sequences': ['END'],
      'gen_ai.request.seed': 7,
      'gen_ai.request.choice.count': 2,
      'gen_ai.request.stream': true,
      'gen_ai.request.reasoning.level': 'low',
      'gen_ai.request.previous_response.id': 'resp_0',
      'gen_ai.output.type': 'json',
      'gen_ai.response.time_to_first_chunk': 0.25,
      'openai.api.type': 'chat_completions',
      'openai.request.service_tier': 'auto',
      'openai.response.service_tier': 'default',
      'openai.response.system_fingerprint': 'fp_1',
    });
  });

  it('begin with those that must survive a limit', () => {
    expect(Object.keys(toAttributes(chat)).slice(0, 6)).deep.equal([
      'gen_ai.operation.name',
      'gen_ai.provider.name',
      'gen_ai.request.model',
      'gen_ai.response.model',
      'gen_ai.usage.input_tokens',
      'gen_ai.usage.output_tokens',
    ]);
  });

  it('hold no content', () => {
    expect(JSON.stringify(toAttributes(chat))).not.contain('secret');
  });

  it('have names of OpenAI only for OpenAI and Azure', () => {
    const refined = (provider: string): string[] =>
      Object.keys(toAttributes({ ...chat, provider })).filter((key) => key.startsWith('openai.'));
    expect(refined('azure.ai.openai')).length(4);
    expect(refined('groq')).empty;
    expect(toAttributes({ ...chat, provider: 'groq' })).include({
      'spanwright.api.type': 'chat_completions',
      'spanwright.request.service_tier': 'auto',
      'spanwright.response.service_tier': 'default',
      'spanwright.response.system_fingerprint': 'fp_1',
    });
  });

  it('say nothing of one choice and of an answer that is not streamed', () => {
    expect(toAttributes({ request: { choiceCount: 1, stream: false } })).deep.equal({});
  });

  it('name the guardrail of Bedrock and the size of embeddings', () => {
    expect(toAttributes({ request: { guardrailId: 'gr-1' } })).deep.equal({ 'aws.bedrock.guardrail.id': 'gr-1' });
    expect(toAttributes({ request: { dimensions: 256 } })).deep.equal({ 'gen_ai.embeddings.dimension.count': 256 });
    expect(toAttributes({ response: { dimensions: 1536 } })).include({ 'gen_ai.embeddings.dimension.count': 1536 });
    const both = { request: { dimensions: 256 }, response: { dimensions: 255 } };
    expect(toAttributes(both)).include({ 'gen_ai.embeddings.dimension.count': 255 });
  });

  it('may be a part of a record', () => {
    expect(toAttributes({})).deep.equal({});
    expect(toAttributes({ usage: { searchUnits: 1 } })).deep.equal({ 'spanwright.usage.search_units': 1 });
  });
});

const text = fc.string();
const count = fc.nat();
const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const maybe: { requiredKeys: [] } = { requiredKeys: [] };

const records = fc.record(
  {
    operation: fc.constantFrom(
      ...(['chat', 'text_completion', 'generate_content', 'embeddings', 'retrieval', 'rerank'] as const),
    ),
    provider: fc.oneof(fc.constantFrom('openai', 'azure.ai.openai', 'anthropic', 'xai'), text),
    apiType: text,
    request: fc.record(
      {
        model: text,
        maxTokens: count,
        temperature: number,
        topP: number,
        topK: number,
        frequencyPenalty: number,
        presencePenalty: number,
        stopSequences: fc.array(text),
        seed: fc.integer(),
        choiceCount: fc.integer({ min: 2 }),
        stream: fc.constant(true),
        reasoningLevel: text,
        previousResponseId: text,
        outputType: fc.constantFrom('text', 'json', 'image', 'speech'),
        encodingFormats: fc.array(text),
        dimensions: count,
        serviceTier: text,
        guardrailId: text,
      },
      maybe,
    ),
    response: fc.record(
      {
        id: text,
        model: text,
        finishReasons: fc.array(text),
        serviceTier: text,
        systemFingerprint: text,
        dimensions: count,
      },
      maybe,
    ),
    usage: fc.record(
      {
        inputTokens: count,
        outputTokens: count,
        totalTokens: count,
        cacheReadTokens: count,
        cacheWriteTokens: count,
        reasoningTokens: count,
        inputAudioTokens: count,
        outputAudioTokens: count,
        searchUnits: count,
      },
      maybe,
    ),
    cost: fc.record({ usd: number, source: text }),
  },
  maybe,
);

// A group in which nothing was said is the same as none.
function withoutEmptyGroups(record: object): object {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => typeof value !== 'object' || Object.keys(value as object).length > 0),
  );
}

describe('attributes of a call', () => {
  it('read back as the record that they were made of', () => {
    fc.assert(
      fc.property(records, fc.option(number, { nil: undefined }), (record, timeToFirstChunk) => {
        const attributes = toAttributes(record, timeToFirstChunk);
        const read = readSpanRecord({ name: 'call', kind: 2, attributes, events: [], status: { code: 0 } }, undefined);
        expect(read.call ?? {}).deep.equal(withoutEmptyGroups(record));
        expect(read.timeToFirstChunk).equal(timeToFirstChunk);
        expect(read.rest).deep.equal({});
        expect(read.context).deep.equal({});
      }),
    );
  });
});
