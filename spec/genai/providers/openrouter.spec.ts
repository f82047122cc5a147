import { expect } from 'chai';

import { openrouterChat, openrouterCompletions } from '#lib/genai/providers/openrouter.js';

describe('openrouter', () => {
  const answer = {
    id: 'gen-1762345678-abc',
    provider: 'Anthropic',
    model: 'anthropic/claude-sonnet-4.5',
    object: 'chat.completion',
    choices: [{ finish_reason: 'stop', native_finish_reason: 'end_turn', message: { content: 'a', reasoning: 'hm' } }],
    usage: {
      prompt_tokens: 194,
      completion_tokens: 2,
      total_tokens: 196,
      prompt_tokens_details: { cached_tokens: 0, cache_write_tokens: 100 },
      cost: 0.0095,
      cost_details: { upstream_inference_cost: null },
    },
  };

  it('answers with the name of a provider and ids of its own', () => {
    expect(openrouterChat.matchResponse(answer)).equal(3);
    expect(openrouterChat.matchResponse({ ...answer, provider: undefined })).equal(2);
    expect(openrouterChat.matchResponse({ ...answer, id: 'chatcmpl-1' })).equal(0);
    expect(openrouterChat.matchChunk?.({ ...answer, choices: [{ delta: {} }] })).equal(3);
  });

  it('says what a call cost', () => {
    expect(openrouterChat.readResponse(answer)).deep.equal({
      response: { id: 'gen-1762345678-abc', model: 'anthropic/claude-sonnet-4.5', finishReasons: ['stop'] },
      usage: { inputTokens: 194, outputTokens: 2, totalTokens: 196, cacheReadTokens: 0, cacheWriteTokens: 100 },
      costUsd: 0.0095,
    });
    expect(openrouterChat.readResponse({ ...answer, usage: {} })).not.property('costUsd');
  });

  it("adds what the provider bills for the user's own key, and only then", () => {
    const cost = { cost: 1, cost_details: { upstream_inference_cost: 19 } };
    expect(openrouterChat.readResponse({ usage: { ...cost, is_byok: true } }).costUsd).equal(20);
    expect(openrouterChat.readResponse({ usage: { cost: 1, is_byok: true } }).costUsd).equal(1);
    expect(openrouterChat.readResponse({ usage: { ...cost, is_byok: false } }).costUsd).equal(1);
    expect(openrouterChat.readResponse({ usage: cost }).costUsd).equal(1);
  });

  it('says it at the end of a stream too', () => {
    const merger = openrouterChat.createMerger?.();
    const usage = { cost: 1, is_byok: true, cost_details: { upstream_inference_cost: 19 } };
    merger?.add({ id: 'gen-1', choices: [{ delta: { content: 'a' } }], usage }, { remaining: 9, isCut: false });
    expect(merger && openrouterChat.readResponse(merger.response()).costUsd).equal(20);
  });

  // source: https://openrouter.ai/docs/responses, 2026-11-21
  it('answers a chat, whole and in chunks whose last has the usage alone', () => {
    const usage = { prompt_tokens: 0, completion_tokens: 4, total_tokens: 4 };
    const head = { id: 'gen-xxxxxxxxxxxxxx', model: 'openai/gpt-3.5-turbo' };
    const ended = { finish_reason: 'stop', native_finish_reason: 'stop' };
    const message = { role: 'assistant', content: 'Hello there!' };
    const expected = {
      response: { id: head.id, model: head.model, finishReasons: ['stop'] },
      usage: { inputTokens: 0, outputTokens: 4, totalTokens: 4 },
    };
    const whole = { ...head, choices: [{ ...ended, message }], usage };
    const chunks = [
      {
        ...head,
        choices: [{ finish_reason: null, native_finish_reason: null, delta: { ...message, content: 'Hello ' } }],
      },
      { ...head, choices: [{ ...ended, delta: { content: 'there!' } }] },
      { ...head, object: 'chat.completion.chunk', choices: [], usage },
    ];
    const merger = openrouterChat.createMerger?.();
    expect(openrouterChat.matchResponse(whole)).equal(2);
    expect(chunks.map((chunk) => openrouterChat.matchChunk?.(chunk))).deep.equal([2, 2, 2]);
    for (const chunk of chunks) merger?.add(chunk, { remaining: 99, isCut: false });
    for (const given of [whole, merger?.response() ?? {}]) {
      expect(openrouterChat.readResponse(given)).deep.equal(expected);
      expect(openrouterChat.readOutput(given).output).deep.equal([
        { role: 'assistant', parts: [{ type: 'text', content: 'Hello there!' }], finish_reason: 'stop' },
      ]);
    }
  });

  // source: https://openrouter.ai/docs/responses, 2026-11-21
  it('completes a prompt under the name of a chat', () => {
    const whole = {
      id: 'gen-xxxxxxxxxxxxxx',
      choices: [{ finish_reason: 'stop', text: 'Hello there!' }],
      created: 1735317796,
      model: 'openai/gpt-3.5-turbo',
      object: 'chat.completion',
      usage: { prompt_tokens: 10, completion_tokens: 4, total_tokens: 14 },
    };
    expect(openrouterCompletions.matchResponse(whole)).equal(2);
    expect(openrouterChat.matchResponse(whole)).equal(0);
    expect(openrouterCompletions.readResponse(whole)).deep.equal({
      response: { id: whole.id, model: whole.model, finishReasons: ['stop'] },
      usage: { inputTokens: 10, outputTokens: 4, totalTokens: 14 },
    });
    expect(openrouterCompletions.readOutput(whole).output).deep.equal([
      { role: 'assistant', parts: [{ type: 'text', content: 'Hello there!' }], finish_reason: 'stop' },
    ]);
    const chunk = { ...whole, object: 'chat.completion.chunk' };
    expect(openrouterCompletions.matchChunk?.(chunk)).equal(2);
    expect(openrouterChat.matchChunk?.(chunk)).equal(0);
    expect(openrouterCompletions.matchRequest({ model: 'a/b', prompt: 'Hi' })).equal(1);
    expect(openrouterCompletions.matchRequest({ model: 'a/b', prompt: 'Hi', provider: {} })).equal(3);
  });

  it('says what a completion cost at the end of its stream', () => {
    const merger = openrouterCompletions.createMerger?.();
    const chunk = { id: 'gen-1', choices: [{ text: 'a' }], usage: { cost: 0.5 } };
    merger?.add(chunk, { remaining: 9, isCut: false });
    expect(merger && openrouterCompletions.readResponse(merger.response()).costUsd).equal(0.5);
  });

  it('takes wishes for providers', () => {
    const request = { model: 'openai/gpt-5', messages: [] };
    expect(openrouterChat.matchRequest(request)).equal(1);
    expect(openrouterChat.matchRequest({ ...request, models: ['a/b'] })).equal(2);
    expect(openrouterChat.matchRequest({ ...request, provider: { order: ['Azure'] } })).equal(3);
    expect(openrouterChat.readRequest({ ...request, reasoning: { effort: 'low' } }).request.reasoningLevel).equal(
      'low',
    );
  });
});
