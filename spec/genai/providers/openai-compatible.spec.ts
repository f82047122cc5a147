import { expect } from 'chai';

import { compatibleChat, compatibleCompletions, compatibleEmbeddings } from '#lib/genai/providers/openai-compatible.js';

describe('openai_compatible', () => {
  const answer = { id: 'a1', object: 'chat.completion', choices: [{ message: { content: 'a' } }] };

  it('names no provider where the answer does not', () => {
    expect(compatibleChat).not.property('provider');
    expect(compatibleChat.readResponse({ ...answer, model: 'deepseek-ai/DeepSeek-V3' })).deep.equal({
      response: { id: 'a1', model: 'deepseek-ai/DeepSeek-V3' },
    });
    expect(compatibleChat.readResponse({ ...answer, model: 'grok-4' })).not.property('provider');
  });

  it('names xAI by its ticks, of which a dollar has ten billion', () => {
    const usage = { prompt_tokens: 1, cost_in_usd_ticks: 232_856_000 };
    expect(compatibleChat.readResponse({ ...answer, usage })).deep.equal({
      response: { id: 'a1' },
      usage: { inputTokens: 1 },
      provider: 'x_ai',
      costUsd: 0.0232856,
    });
    expect(compatibleChat.matchResponse({ ...answer, usage })).equal(2);
  });

  it('names DeepSeek by its cache misses together with a model of its own', () => {
    const usage = { prompt_cache_hit_tokens: 1, prompt_cache_miss_tokens: 2 };
    expect(compatibleChat.readResponse({ ...answer, model: 'deepseek-chat', usage }).provider).equal('deepseek');
    expect(compatibleChat.readResponse({ ...answer, model: 'deepseek-ai/DeepSeek-V3', usage })).not.property(
      'provider',
    );
    expect(compatibleChat.readResponse({ ...answer, model: 'glm-5', usage })).not.property('provider');
  });

  it('names a provider after a stream as well', () => {
    const merger = compatibleChat.createMerger?.();
    const budget = { remaining: 9, isCut: false };
    merger?.add({ model: 'grok-4', choices: [{ delta: { content: 'a' } }] }, budget);
    merger?.add({ choices: [], usage: { cost_in_usd_ticks: 5 } }, budget);
    expect(merger && compatibleChat.readResponse(merger.response()).provider).equal('x_ai');
  });

  it('is like whatever has the shape', () => {
    expect(compatibleChat.matchRequest({ model: 'a', messages: [] })).equal(1);
    expect(compatibleChat.matchResponse(answer)).equal(1);
    expect(compatibleChat.matchResponse({ choices: [{ message: {} }] })).equal(1);
    expect(compatibleChat.matchResponse({ choices: [] })).equal(0);
    expect(compatibleChat.matchChunk?.({ object: 'chat.completion.chunk', choices: [] })).equal(1);
    expect(compatibleCompletions.matchRequest({ prompt: 'a' })).equal(1);
    expect(compatibleCompletions.matchResponse({ choices: [{ text: 'a' }] })).equal(1);
    expect(compatibleEmbeddings.matchRequest({ input: 'a' })).equal(1);
    expect(compatibleEmbeddings.matchResponse({ data: [{ embedding: [1] }] })).equal(1);
  });
});
