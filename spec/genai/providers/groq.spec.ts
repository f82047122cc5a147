import { expect } from 'chai';

import { groqChat } from '#lib/genai/providers/groq.js';

describe('groq', () => {
  it('signs its answers and the first chunk', () => {
    const signed = { x_groq: { id: 'req_1' } };
    expect(groqChat.matchResponse({ object: 'chat.completion', choices: [], ...signed })).equal(3);
    expect(groqChat.matchResponse({ object: 'chat.completion', choices: [] })).equal(0);
    expect(groqChat.matchChunk?.({ choices: [{ delta: {} }], ...signed })).equal(3);
    expect(groqChat.matchChunk?.({ choices: [{ delta: {} }] })).equal(0);
  });

  it('takes parameters of its own', () => {
    const request = { model: 'groq/compound', messages: [] };
    expect(groqChat.matchRequest(request)).equal(1);
    expect(groqChat.matchRequest({ ...request, reasoning_format: 'parsed' })).equal(2);
    expect(groqChat.matchRequest({ ...request, search_settings: {} })).equal(3);
  });

  it('counts at the end of a stream under its sign', () => {
    const merger = groqChat.createMerger?.();
    const usage = { prompt_tokens: 18, completion_tokens: 73, total_tokens: 91, total_time: 0.06 };
    merger?.add({ choices: [{ delta: {}, finish_reason: 'stop' }], x_groq: { usage } }, { remaining: 0, isCut: false });
    expect(merger && groqChat.readResponse(merger.response()).usage).deep.equal({
      inputTokens: 18,
      outputTokens: 73,
      totalTokens: 91,
    });
  });

  it('counts in `usage` where both are there: under the sign are caches of the hardware', () => {
    const answer = { usage: { prompt_tokens: 18 }, x_groq: { usage: { dram_cached_tokens: 4 } } };
    expect(groqChat.readResponse(answer).usage).deep.equal({ inputTokens: 18 });
  });
});
