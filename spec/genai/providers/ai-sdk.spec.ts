import { expect } from 'chai';

import type { Json } from '#lib/genai/endpoint.js';
import { aiSdkEndpoints } from '#lib/genai/providers/ai-sdk.js';
import { isAiSdkStream } from '#lib/genai/providers/ai-sdk-plain.js';

import { GenerateTextResult, Model, plain, Step, StreamTextResult } from './ai-sdk-results.js';
import { expectStandsAnything } from './stands-anything.js';

const [generation, embedding] = aiSdkEndpoints;
if (generation === undefined || embedding === undefined) throw new Error('no endpoints');

const USAGE_5 = { inputTokens: 10, outputTokens: 5, totalTokens: 15, reasoningTokens: 2, cachedInputTokens: 4 };
const USAGE_6 = {
  inputTokens: 10,
  inputTokenDetails: { noCacheTokens: 3, cacheReadTokens: 4, cacheWriteTokens: 3 },
  outputTokens: 5,
  outputTokenDetails: { textTokens: 3, reasoningTokens: 2 },
  totalTokens: 15,
};
const TWO_STEPS = new GenerateTextResult(
  [
    new Step(
      [
        { type: 'reasoning', text: 'I look.' },
        { type: 'tool-call', toolCallId: 'c1', toolName: 'look', input: { far: true } },
        { type: 'tool-result', toolCallId: 'c1', toolName: 'look', output: 'a cat' },
      ],
      'tool-calls',
      { inputTokens: 4, outputTokens: 2 },
    ),
    new Step(
      [
        { type: 'source', id: 's1' },
        { type: 'text', text: 'A cat.' },
      ],
      'stop',
      { inputTokens: 6, outputTokens: 3 },
    ),
  ],
  USAGE_6,
);
describe('vercel.ai_sdk results', () => {
  it('reads a result whose fields are getters', () => {
    const result = plain(TWO_STEPS);
    expect(generation.matchResponse(result)).to.equal(3);
    expect(generation.readResponse(result)).to.deep.equal({
      response: { id: 'resp_1', model: 'gpt-5-2025-08-07', finishReasons: ['stop'] },
      usage: {
        inputTokens: 10,
        outputTokens: 5,
        totalTokens: 15,
        cacheReadTokens: 4,
        cacheWriteTokens: 3,
        reasoningTokens: 2,
      },
    });
    expect(JSON.stringify(result)).to.not.include('set-cookie');
  });

  it('puts the content of all steps into one message', () => {
    expect(generation.readOutput(plain(TWO_STEPS)).output).to.deep.equal([
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: 'I look.' },
          { type: 'tool_call', id: 'c1', name: 'look', arguments: { far: true } },
          { type: 'tool_call_response', id: 'c1', response: 'a cat' },
          { type: 'text', content: 'A cat.' },
        ],
        finish_reason: 'stop',
      },
    ]);
  });

  it('reads the usage of version 5, and of a result that is plain', () => {
    const result = plain({ text: 'Hi', reasoningText: 'Hm.', toolCalls: [], finishReason: 'length', usage: USAGE_5 });
    expect(generation.readResponse(result).usage).to.deep.equal({
      inputTokens: 10,
      outputTokens: 5,
      totalTokens: 15,
      cacheReadTokens: 4,
      reasoningTokens: 2,
    });
    expect(generation.readOutput(result).output).to.deep.equal([
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: 'Hm.' },
          { type: 'text', content: 'Hi' },
        ],
        finish_reason: 'length',
      },
    ]);
  });

  it('adds the cache to the input where version 5 leaves it beside', () => {
    const anthropic = { cacheCreationInputTokens: 20 };
    const step = new Step(
      [],
      'stop',
      { inputTokens: 3, outputTokens: 2, totalTokens: 5, cachedInputTokens: 10 },
      { providerMetadata: { anthropic } },
    );
    const result = plain(new GenerateTextResult([step], step.usage));
    expect(generation.readResponse(result)).to.deep.include({
      usage: { inputTokens: 33, outputTokens: 2, cacheReadTokens: 10, cacheWriteTokens: 20 },
      provider: 'anthropic',
    });
  });

  it('reads the provider and the price that the gateway tells', () => {
    const others = {
      model: { provider: 'gateway', modelId: 'openai/gpt-4o-mini' },
      providerMetadata: { openai: {}, gateway: { cost: '0.00000795' } },
    };
    const step = new Step([{ type: 'text', text: 'Hi' }], 'stop', USAGE_6, others);
    expect(generation.readResponse(plain(new GenerateTextResult([step, step], USAGE_6)))).to.deep.include({
      costUsd: 0.0000159,
      provider: 'openai',
    });
    const free = new Step([], 'stop', USAGE_6);
    expect(
      generation.readResponse(plain(new GenerateTextResult([step, free], USAGE_6))),
      'a sum with gaps is none',
    ).to.not.have.property('costUsd');
  });

  it('reads the object of generateObject as its text', () => {
    const result = plain({
      object: { name: 'cat' },
      finishReason: 'stop',
      usage: USAGE_6,
      response: { id: 'r', modelId: 'm' },
    });
    expect(generation.matchResponse(result)).to.equal(3);
    expect(generation.readOutput(result).output?.[0]?.parts).to.deep.equal([
      { type: 'text', content: '{"name":"cat"}' },
    ]);
  });

  it('reads embed and embedMany', () => {
    const model = new Model('text-embedding-3-small', 'openai.embedding');
    expect(embedding.matchRequest(plain({ model, value: 'one' }))).to.equal(3);
    expect(generation.matchRequest(plain({ model, value: 'one' }))).to.equal(0);
    expect(embedding.readInput(plain({ model, values: ['one', 'two'] }))).to.deep.equal({ texts: ['one', 'two'] });
    const one = plain({ value: 'one', embedding: [0.1, 0.2], usage: { tokens: 3 } });
    expect(embedding.matchResponse(one)).to.equal(3);
    expect(generation.matchResponse(one)).to.equal(0);
    expect(embedding.readResponse(one)).to.deep.equal({ response: { dimensions: 2 }, usage: { inputTokens: 3 } });
    const many = plain({ values: ['one', 'two'], embeddings: [[1], [2]], usage: { tokens: 6 } });
    expect(embedding.matchResponse(many)).to.equal(3);
    expect(embedding.readResponse(many)).to.deep.equal({ response: { dimensions: 1 }, usage: { inputTokens: 6 } });
  });
});

describe('vercel.ai_sdk streams', () => {
  it('refuses the result of a stream without reading any of it', () => {
    const result = new StreamTextResult();
    const value = result as object as Json;
    expect(isAiSdkStream(value)).to.equal(true);
    for (const endpoint of aiSdkEndpoints) {
      expect(endpoint.toPlain?.(value)).to.deep.equal({});
      expect(endpoint.matchResponse(value)).to.equal(0);
      expect(endpoint.matchRequest(endpoint.toPlain?.(value) ?? {})).to.equal(0);
    }
    expect(result.read).to.deep.equal([]);
  });

  it('stands a getter that throws and a proxy that forbids to be looked at', () => {
    const refuse = () => {
      throw new Error('no');
    };
    const proxy = new Proxy({}, { has: refuse, get: refuse });
    expect(generation.toPlain?.(proxy)).to.deep.equal({});
    expect(generation.matchResponse(proxy)).to.equal(0);
    const model = Object.defineProperty({ modelId: 'm' }, 'provider', { get: refuse });
    expect(generation.readRequest(plain({ model, prompt: 'x' })).request).to.deep.equal({ model: 'm' });
  });

  it('stands anything', () => {
    expectStandsAnything(aiSdkEndpoints, [plain(TWO_STEPS), { text: 'a', finishReason: 'stop', usage: USAGE_5 }]);
  });
});
