import { expect } from 'chai';

import { copyCounts, createCounts, readUsage } from '#lib/genai/providers/openai-usage.js';

describe('usage in the shape of OpenAI', () => {
  it('counts cached, written, audio and reasoning tokens inside their whole', () => {
    const usage = {
      prompt_tokens: 100,
      completion_tokens: 50,
      total_tokens: 150,
      prompt_tokens_details: { cached_tokens: 64, cache_write_tokens: 20, audio_tokens: 8 },
      completion_tokens_details: { reasoning_tokens: 30, audio_tokens: 5 },
    };
    expect(readUsage({ usage })).deep.equal({
      inputTokens: 100,
      outputTokens: 50,
      totalTokens: 150,
      cacheReadTokens: 64,
      cacheWriteTokens: 20,
      reasoningTokens: 30,
      inputAudioTokens: 8,
      outputAudioTokens: 5,
    });
  });

  it('adds reasoning that the total shows to be beside the completion, as xAI counts', () => {
    const usage = {
      prompt_tokens: 32,
      completion_tokens: 9,
      total_tokens: 135,
      completion_tokens_details: { reasoning_tokens: 94 },
    };
    expect(readUsage({ usage })).deep.equal({
      inputTokens: 32,
      outputTokens: 103,
      totalTokens: 135,
      reasoningTokens: 94,
    });
  });

  it('adds no reasoning where the total does not say so', () => {
    const usage = { prompt_tokens: 32, completion_tokens: 9, completion_tokens_details: { reasoning_tokens: 94 } };
    expect(readUsage({ usage })?.outputTokens).equal(9);
    expect(readUsage({ usage: { ...usage, total_tokens: 41 } })?.outputTokens).equal(9);
  });

  it('knows the names of DeepSeek and Moonshot for cached tokens', () => {
    expect(readUsage({ usage: { prompt_cache_hit_tokens: 5, prompt_cache_miss_tokens: 1 } })).deep.equal({
      cacheReadTokens: 5,
    });
    expect(readUsage({ usage: { cached_tokens: 6 } })).deep.equal({ cacheReadTokens: 6 });
  });

  it('reads camel case', () => {
    const usage = {
      promptTokens: 1,
      completionTokens: 2,
      totalTokens: 3,
      promptTokensDetails: { cachedTokens: 1 },
      completionTokensDetails: { reasoningTokens: 2 },
    };
    expect(readUsage({ usage })).deep.equal({
      inputTokens: 1,
      outputTokens: 2,
      totalTokens: 3,
      cacheReadTokens: 1,
      reasoningTokens: 2,
    });
  });

  it('is absent where nothing is said, and counts nothing that is no count', () => {
    for (const usage of [undefined, null, {}, [], 7, { prompt_tokens: '7', completion_tokens: -1 }]) {
      expect(readUsage({ usage })).equal(undefined);
    }
  });
});

describe('copied counts', () => {
  it('hold numbers one level deep and no reference', () => {
    const counts = createCounts();
    const usage = { prompt_tokens: 1, tier: 'a', details: { cached_tokens: 2, deeper: { lost: 3 } } };
    copyCounts(usage, counts);
    usage.details.cached_tokens = 9;
    expect(JSON.parse(JSON.stringify(counts))).deep.equal({ prompt_tokens: 1, details: { cached_tokens: 2 } });
  });

  it('take the last word, also where it has another shape', () => {
    const counts = createCounts();
    copyCounts({ a: 1, b: 1 }, counts);
    copyCounts({ a: { c: 2 }, b: 3 }, counts);
    expect(JSON.parse(JSON.stringify(counts))).deep.equal({ a: { c: 2 }, b: 3 });
  });

  it('reach no prototype', () => {
    copyCounts(
      JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":1}}') as object as never,
      createCounts(),
    );
    expect(({} as Record<string, unknown>)['polluted']).equal(undefined);
  });

  it('are as many as a usage may have', () => {
    const counts = createCounts();
    copyCounts(Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`count_${at}`, at])), counts);
    expect(Object.keys(counts)).length(32);
  });
});
