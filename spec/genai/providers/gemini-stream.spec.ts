import { expect } from 'chai';

import type { ContentBudget, Json } from '#lib/genai/endpoint.js';
import { geminiEndpoints } from '#lib/genai/providers/gemini.js';
import { merge } from '../client-replay.js';
import { endpointOf } from '../endpoint-of.js';

const generate = endpointOf(geminiEndpoints, 'gemini.generate_content');

function chunk(parts: readonly object[], fields: object = {}): Json {
  return { candidates: [{ content: { role: 'model', parts }, ...fields }], responseId: 'r1', modelVersion: 'gemini' };
}

describe('a stream of generateContent', () => {
  it('is told by its candidates', () => {
    expect(generate.matchChunk?.(chunk([{ text: 'a' }]))).equal(3);
    expect(generate.matchChunk?.({ usageMetadata: { promptTokenCount: 1 } })).equal(2);
    expect(generate.matchChunk?.({ choices: [] })).equal(0);
  });

  it('joins texts that follow one another, thoughts apart, and keeps what is between', async () => {
    const chunks = [
      chunk([{ text: 'Hm', thought: true }]),
      chunk([{ text: '.', thought: true }, { text: 'Let ' }]),
      chunk([{ text: 'me look.' }, { functionCall: { name: 'f', args: { city: 'Berlin' } } }]),
      chunk([{ text: 'Done.' }], { finishReason: 'STOP' }),
    ];
    expect(generate.readOutput(await merge(generate, chunks)).output).deep.equal([
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: 'Hm.' },
          { type: 'text', content: 'Let me look.' },
          { type: 'tool_call', name: 'f', arguments: { city: 'Berlin' } },
          { type: 'text', content: 'Done.' },
        ],
        finish_reason: 'stop',
      },
    ]);
  });

  it('keeps candidates apart by their index', async () => {
    const chunks = [1, 0, 1].map((index) => ({
      candidates: [
        { index, content: { parts: [{ text: String(index) }] }, finishReason: index === 0 ? 'STOP' : 'SAFETY' },
      ],
    }));
    const answer = await merge(generate, chunks);
    expect(generate.readResponse(answer).response.finishReasons).deep.equal(['STOP', 'SAFETY']);
    expect(generate.readOutput(answer).output?.map(({ parts }) => parts)).deep.equal([
      [{ type: 'text', content: '0' }],
      [{ type: 'text', content: '11' }],
    ]);
  });

  it('becomes the answer that there is without one', async () => {
    const usageMetadata = {
      promptTokenCount: 8,
      toolUsePromptTokenCount: 1,
      cachedContentTokenCount: 4,
      candidatesTokenCount: 2,
      thoughtsTokenCount: 3,
      totalTokenCount: 14,
      promptTokensDetails: [{ modality: 'TEXT', tokenCount: 8 }],
      candidatesTokensDetails: [{ modality: 'AUDIO', tokenCount: 2 }],
      trafficType: 'ON_DEMAND',
      serviceTier: 'priority',
    };
    const promptFeedback = { blockReason: 'OTHER', blockReasonMessage: 'Blocked.' };
    const chunks = [
      { ...chunk([{ text: 'He' }]), createTime: '2026-01-01T00:00:00Z' },
      { ...chunk([{ text: 'llo' }], { finishReason: 1 }), usageMetadata, promptFeedback },
    ];
    expect(await merge(generate, chunks)).deep.equal({
      responseId: 'r1',
      modelVersion: 'gemini',
      createTime: '2026-01-01T00:00:00Z',
      candidates: [
        { index: 0, content: { role: 'model', parts: [{ text: 'Hello', thought: false }] }, finishReason: 1 },
      ],
      usageMetadata,
      promptFeedback,
    });
  });

  it('counts what its last word on usage says', async () => {
    const audio = [{ modality: 'AUDIO', tokenCount: 2 }];
    const chunks = [
      {
        ...chunk([{ text: 'a' }]),
        usageMetadata: { promptTokenCount: 8, candidatesTokenCount: 1, totalTokenCount: 9 },
      },
      { usageMetadata: { candidatesTokenCount: 5, thoughtsTokenCount: 2, promptTokensDetails: audio } },
    ];
    expect(generate.readResponse(await merge(generate, chunks))).deep.equal({
      response: { id: 'r1', model: 'gemini' },
      usage: { inputTokens: 8, outputTokens: 7, totalTokens: 9, reasoningTokens: 2, inputAudioTokens: 2 },
    });
  });

  it('shows a prompt that was blocked', async () => {
    const answer = await merge(generate, [{ promptFeedback: { blockReason: 'SAFETY' } }]);
    expect(generate.readResponse(answer).response.finishReasons).deep.equal(['SAFETY']);
    expect(generate.readOutput(answer).output).deep.equal([
      { role: 'assistant', parts: [], finish_reason: 'content_filter' },
    ]);
  });

  it('keeps what came of one that breaks off', async () => {
    const answer = await merge(generate, [chunk([{ text: 'Let me' }])]);
    expect(generate.readResponse(answer)).deep.equal({ response: { id: 'r1', model: 'gemini' } });
    expect(generate.readOutput(answer).output?.[0]?.finish_reason).equal('error');
    expect(generate.readOutput(await merge(generate, []))).deep.equal({});
  });

  it('keeps facts and the names of calls when the budget for content is used up', async () => {
    const budget: ContentBudget = { remaining: 30, isCut: false };
    const chunks = [
      chunk([{ text: 'x'.repeat(20) }]),
      chunk([{ functionCall: { id: 'c1', name: 'f', args: { text: 'y'.repeat(20) } } }]),
      chunk([{ text: 'z'.repeat(20) }], { finishReason: 'STOP' }),
    ];
    const answer = await merge(generate, chunks, budget);
    expect(budget).deep.equal({ remaining: 0, isCut: true });
    expect(generate.readOutput(answer).output).deep.equal([
      {
        role: 'assistant',
        parts: [
          { type: 'text', content: 'x'.repeat(20) },
          { type: 'tool_call', id: 'c1', name: 'f' },
          { type: 'text', content: 'z'.repeat(10) },
        ],
        finish_reason: 'stop',
      },
    ]);
  });

  it('keeps no chunk: what it holds does not change with them', async () => {
    const call = { name: 'f', args: { city: 'before' } };
    const merger = generate.createMerger?.();
    merger?.add(chunk([{ functionCall: call }]), { remaining: 100, isCut: false });
    call.args.city = 'after';
    expect(generate.readOutput(merger?.response() ?? {}).output?.[0]?.parts).deep.equal([
      { type: 'tool_call', name: 'f', arguments: { city: 'before' } },
    ]);
  });

  it('bounds how many parts and candidates there are', async () => {
    const candidates = Array.from({ length: 3000 }, (_, index) => ({ index, finishReason: 'STOP' }));
    const parts = Array.from({ length: 3000 }, () => ({ executableCode: {} }));
    const answer = await merge(generate, [chunk(parts), chunk(parts), { candidates }]);
    expect(answer['candidates']).length(1024);
    expect(generate.readOutput(answer).output?.[0]?.parts).length(1024);
  });
});
