import { expect } from 'chai';

import { mistralChat, mistralEmbeddings } from '#lib/genai/providers/mistral.js';

describe('mistral', () => {
  const id = '6dc321029f5d4aa5899c1b38c9657a61';

  it('reads the camel case of its client', () => {
    const request = {
      model: 'mistral-large-latest',
      maxTokens: 9,
      topP: 0.5,
      frequencyPenalty: 0.1,
      presencePenalty: 0.2,
      randomSeed: 7,
      stop: 'END',
      responseFormat: { type: 'json_object' },
      reasoningEffort: 'high',
    };
    expect(mistralChat.readRequest(request)).deep.equal({
      request: {
        model: 'mistral-large-latest',
        maxTokens: 9,
        topP: 0.5,
        frequencyPenalty: 0.1,
        presencePenalty: 0.2,
        stopSequences: ['END'],
        seed: 7,
        reasoningLevel: 'high',
        outputType: 'json',
      },
    });
    expect(mistralEmbeddings.readRequest({ encodingFormat: 'float', outputDimension: 256 })).deep.equal({
      request: { encodingFormats: ['float'], dimensions: 256 },
    });
  });

  it('reads the snake case of the wire', () => {
    expect(mistralChat.readRequest({ max_tokens: 9, random_seed: 7 })).deep.equal({
      request: { maxTokens: 9, seed: 7 },
    });
  });

  it('reads answers of its client, their calls and thoughts', () => {
    const message = {
      role: 'assistant',
      content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] }],
      toolCalls: [{ id: 'null', function: { name: 'look', arguments: { at: 1 } }, index: 0 }],
    };
    const answer = {
      id,
      model: 'mistral-tiny',
      choices: [{ index: 0, finishReason: 'tool_calls', message }],
      usage: { promptTokens: 1, completionTokens: 2, totalTokens: 3 },
    };
    expect(mistralChat.readResponse(answer)).deep.equal({
      response: { id, model: 'mistral-tiny', finishReasons: ['tool_calls'] },
      usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
    });
    expect(mistralChat.readOutput(answer)).deep.equal({
      output: [
        {
          role: 'assistant',
          parts: [
            { type: 'reasoning', content: 'hm' },
            { type: 'tool_call', name: 'look', arguments: { at: 1 } },
          ],
          finish_reason: 'tool_call',
        },
      ],
    });
  });

  it('merges chunks of its client and of the wire', () => {
    const call = { id: 'a1', function: { name: 'look', arguments: '{"at":1}' }, index: 0 };
    const ofClient = { id, choices: [{ index: 0, delta: { toolCalls: [call] }, finishReason: 'tool_calls' }] };
    const ofWire = { id, choices: [{ index: 0, delta: { tool_calls: [call] }, finish_reason: 'tool_calls' }] };
    for (const chunk of [{ data: ofClient }, ofWire]) {
      const merger = mistralChat.createMerger?.();
      merger?.add(chunk, { remaining: 100, isCut: false });
      expect(merger && mistralChat.readOutput(merger.response()).output).deep.equal([
        {
          role: 'assistant',
          parts: [{ type: 'tool_call', id: 'a1', name: 'look', arguments: { at: 1 } }],
          finish_reason: 'tool_call',
        },
      ]);
    }
  });

  it('merges arguments that its client has parsed', () => {
    const merger = mistralChat.createMerger?.();
    const call = { id: 'a1', function: { name: 'look', arguments: { at: 1 } } };
    merger?.add({ data: { choices: [{ delta: { toolCalls: [call] } }] } }, { remaining: 100, isCut: false });
    expect(JSON.stringify(merger && mistralChat.readOutput(merger.response()))).contain('"arguments":{"at":1}');
  });

  it('answers with plain ids, in camel case where its client hands them out', () => {
    const message = { role: 'assistant' };
    expect(mistralChat.matchResponse({ id, choices: [{ message, finishReason: 'stop' }] })).equal(3);
    expect(mistralChat.matchResponse({ id, choices: [{ message, finish_reason: 'stop' }] })).equal(2);
    expect(mistralChat.matchResponse({ id, choices: [{ message, finish_reason: 'stop', logprobs: null }] })).equal(0);
    expect(mistralChat.matchResponse({ id, choices: [{ message, finish_reason: 'stop' }], base_resp: {} })).equal(0);
    expect(mistralChat.matchResponse({ id: 'gen-1', choices: [{ message, finishReason: 'stop' }] })).equal(0);
    expect(mistralChat.matchChunk?.({ data: { id, choices: [{ delta: {}, finishReason: null }] } })).equal(3);
    expect(mistralChat.matchChunk?.({ id, choices: [{ delta: {}, finish_reason: null }] })).equal(2);
  });

  it('takes parameters of its own', () => {
    const request = { model: 'mistral-tiny', messages: [] };
    expect(mistralChat.matchRequest(request)).equal(1);
    expect(mistralChat.matchRequest({ ...request, topP: 1 })).equal(2);
    expect(mistralChat.matchRequest({ ...request, safePrompt: true })).equal(3);
  });

  it('embeds `inputs`', () => {
    const request = { model: 'mistral-embed', inputs: ['a', 'b'] };
    expect(mistralEmbeddings.matchRequest(request)).equal(2);
    expect(mistralEmbeddings.matchRequest({ ...request, outputDtype: 'int8' })).equal(3);
    expect(mistralEmbeddings.matchRequest({ model: 'mistral-embed', input: 'a' })).equal(1);
    expect(mistralEmbeddings.matchRequest({ model: 'mistral-embed' })).equal(0);
    expect(mistralEmbeddings.readInput(request)).deep.equal({ texts: ['a', 'b'] });
  });

  it('answers embeddings with an id', () => {
    const data = [{ embedding: [1] }];
    expect(mistralEmbeddings.matchResponse({ id, data, usage: { promptTokens: 1 } })).equal(3);
    expect(mistralEmbeddings.matchResponse({ id, data, usage: { prompt_tokens: 1 } })).equal(2);
    expect(mistralEmbeddings.matchResponse({ data })).equal(0);
  });
});
