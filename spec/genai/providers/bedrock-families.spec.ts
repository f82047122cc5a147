import { expect } from 'chai';

import type { Json } from '#lib/genai/endpoint.js';
import type { CallRecord } from '#lib/genai/record.js';
import { bedrockEndpoints } from '#lib/genai/providers/bedrock.js';
import { readRecord } from '../client-replay.js';
import { endpointOf } from '../endpoint-of.js';

const invoke = endpointOf(bedrockEndpoints, 'bedrock.invoke_model');

function bytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

function plain(value: object): Json {
  return invoke.toPlain?.(value as Json) ?? {};
}

/** What is read of a request and an answer with these bodies. */
function recordOf(modelId: string, request: object, answer: object): CallRecord {
  const answered = plain({ body: bytes(answer), contentType: 'application/json', $metadata: {} });
  expect(invoke.matchResponse(answered)).equal(3);
  return readRecord(invoke, plain({ modelId, body: JSON.stringify(request) }), answered, false);
}

function said(role: string, content: string): object {
  return { role, parts: [{ type: 'text', content }] };
}

function ended(content: string, reason: string): object {
  return { ...said('assistant', content), finish_reason: reason };
}

describe('families of models on Bedrock', () => {
  it('read Llama', () => {
    const record = recordOf(
      'us.meta.llama3-2-3b-instruct-v1:0',
      { prompt: 'Hi', max_gen_len: 10, temperature: 0.5, top_p: 0.9 },
      { generation: 'Hello', prompt_token_count: 2, generation_token_count: 1, stop_reason: 'stop' },
    );
    expect(record).deep.equal({
      operation: 'text_completion',
      provider: 'aws.bedrock',
      request: { model: 'us.meta.llama3-2-3b-instruct-v1:0', maxTokens: 10, temperature: 0.5, topP: 0.9 },
      response: { finishReasons: ['stop'] },
      usage: { inputTokens: 2, outputTokens: 1 },
      messages: { input: [said('user', 'Hi')], output: [ended('Hello', 'stop')] },
    });
  });

  it('read Nova', () => {
    const record = recordOf(
      'amazon.nova-lite-v1:0',
      {
        system: [{ text: 'Be brief.' }],
        messages: [{ role: 'user', content: [{ text: 'Hi' }] }],
        inferenceConfig: { max_new_tokens: 10, top_p: 0.9, top_k: 20, stopSequences: ['END'] },
      },
      {
        output: { message: { role: 'assistant', content: [{ text: 'Hello' }] } },
        stopReason: 'end_turn',
        usage: { inputTokens: 2, outputTokens: 1, totalTokens: 3, cacheReadInputTokenCount: 5 },
      },
    );
    expect(record).deep.equal({
      operation: 'chat',
      provider: 'aws.bedrock',
      request: { model: 'amazon.nova-lite-v1:0', maxTokens: 10, topP: 0.9, topK: 20, stopSequences: ['END'] },
      response: { finishReasons: ['end_turn'] },
      usage: { inputTokens: 7, outputTokens: 1, totalTokens: 3, cacheReadTokens: 5 },
      messages: {
        system: [{ type: 'text', content: 'Be brief.' }],
        input: [said('user', 'Hi')],
        output: [ended('Hello', 'stop')],
      },
    });
  });

  // source: https://docs.aws.amazon.com/nova/latest/userguide/complete-request-schema-response.html, 2026-11-21
  it('read an answer of Nova that reasons', () => {
    const content = [{ reasoningContent: { reasoningText: { text: '[REDACTED]' } } }, { text: 'Dry.' }];
    const record = recordOf(
      'us.amazon.nova-2-lite-v1:0',
      { messages: [{ role: 'user', content: [{ text: 'Weather?' }] }] },
      {
        output: { message: { role: 'assistant', content } },
        stopReason: 'max_tokens',
        usage: { inputTokens: 2, outputTokens: 1, totalTokens: 3 },
        metrics: { latencyMs: 5 },
      },
    );
    expect(record.usage).deep.equal({ inputTokens: 2, outputTokens: 1, totalTokens: 3 });
    expect(record.response).deep.equal({ finishReasons: ['max_tokens'] });
    expect(record.messages?.output).deep.equal([
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: '[REDACTED]' },
          { type: 'text', content: 'Dry.' },
        ],
        finish_reason: 'length',
      },
    ]);
  });

  it('read a conversation of Command R with tools', () => {
    const record = recordOf(
      'cohere.command-r-plus-v1:0',
      {
        preamble: 'Be brief.',
        chat_history: [
          { role: 'USER', message: 'Hi' },
          { role: 'CHATBOT', message: 'Hello' },
        ],
        message: 'Weather?',
        k: 5,
        tools: [{ name: 'f', description: 'F', parameter_definitions: { city: { type: 'str' } } }],
      },
      { text: 'Looking.', tool_calls: [{ name: 'f', parameters: { city: 'Berlin' } }], finish_reason: 'ERROR_TOXIC' },
    );
    expect(record.request).deep.equal({ model: 'cohere.command-r-plus-v1:0', topK: 5 });
    expect(record.messages).deep.equal({
      system: [{ type: 'text', content: 'Be brief.' }],
      input: [said('user', 'Hi'), said('assistant', 'Hello'), said('user', 'Weather?')],
      tools: [{ type: 'function', name: 'f', description: 'F', parameters: { city: { type: 'str' } } }],
      output: [
        {
          role: 'assistant',
          parts: [
            { type: 'text', content: 'Looking.' },
            { type: 'tool_call', name: 'f', arguments: { city: 'Berlin' } },
          ],
          finish_reason: 'content_filter',
        },
      ],
    });
  });

  it('read embeddings of Titan and Cohere', () => {
    const titan = recordOf(
      'amazon.titan-embed-text-v2:0',
      { inputText: 'Hi', dimensions: 256, embeddingTypes: ['float'] },
      { embedding: [0.1, 0.2], inputTextTokenCount: 2 },
    );
    expect(titan).deep.equal({
      operation: 'embeddings',
      provider: 'aws.bedrock',
      request: { model: 'amazon.titan-embed-text-v2:0', dimensions: 256, encodingFormats: ['float'] },
      response: { dimensions: 2 },
      usage: { inputTokens: 2 },
      messages: { texts: ['Hi'] },
    });
    const cohere = recordOf(
      'cohere.embed-multilingual-v3',
      { texts: ['Hi', 'Ho'], input_type: 'search_query' },
      { id: 'e1', embeddings: [[0.1, 0.2, 0.3]], response_type: 'embeddings_floats' },
    );
    expect(cohere.response).deep.equal({ id: 'e1', dimensions: 3 });
    expect(cohere.messages).deep.equal({ texts: ['Hi', 'Ho'] });
  });

  it('read several results of Titan', () => {
    const results = [
      { outputText: 'a', tokenCount: 2, completionReason: 'LENGTH' },
      { outputText: 'b', tokenCount: 3, completionReason: 'CONTENT_FILTERED' },
    ];
    const answer = { body: { inputTextTokenCount: 1, results } };
    expect(invoke.readResponse(answer)).deep.equal({
      response: { finishReasons: ['LENGTH', 'CONTENT_FILTERED'] },
      usage: { inputTokens: 1, outputTokens: 5 },
    });
    expect(invoke.readOutput(answer).output).deep.equal([ended('a', 'length'), ended('b', 'content_filter')]);
  });
});
