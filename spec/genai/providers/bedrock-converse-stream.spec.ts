import { expect } from 'chai';

import type { ContentBudget, Json } from '#lib/genai/endpoint.js';
import { bedrockEndpoints } from '#lib/genai/providers/bedrock.js';
import { merge } from '../client-replay.js';
import { endpointOf } from '../endpoint-of.js';

const converse = endpointOf(bedrockEndpoints, 'bedrock.converse');

function grow(index: number, delta: object): Json {
  return { contentBlockDelta: { contentBlockIndex: index, delta } };
}

describe('a stream of Converse', () => {
  it('keeps reasoning, and results of tools that run at the provider', async () => {
    const events = [
      { messageStart: { role: 'assistant' } },
      grow(0, { reasoningContent: { text: 'H' } }),
      grow(0, { reasoningContent: { text: 'm.' } }),
      grow(0, { reasoningContent: { signature: 's' } }),
      grow(1, { reasoningContent: { redactedContent: new Uint8Array([1]) } }),
      {
        contentBlockStart: {
          contentBlockIndex: 2,
          start: { toolUse: { toolUseId: 's1', name: 'nova_grounding', type: 'server_tool_use' } },
        },
      },
      grow(2, { toolUse: { input: '{"q":1}' } }),
      {
        contentBlockStart: { contentBlockIndex: 3, start: { toolResult: { toolUseId: 's1', type: 'nova_result' } } },
      },
      grow(3, { toolResult: [{ json: { found: true } }] }),
      { messageStop: { stopReason: 'end_turn' } },
    ];
    expect(converse.readOutput(await merge(converse, events)).output?.[0]?.parts).deep.equal([
      { type: 'reasoning', content: 'Hm.' },
      { type: 'redacted_reasoning' },
      {
        type: 'server_tool_call',
        id: 's1',
        name: 'nova_grounding',
        server_tool_call: { type: 'nova_grounding', input: { q: 1 } },
      },
      {
        type: 'server_tool_call_response',
        id: 's1',
        server_tool_call_response: { type: 'nova_result', content: { found: true } },
      },
    ]);
  });

  it('is told by its events', () => {
    const events = ['messageStart', 'contentBlockStart', 'contentBlockDelta', 'contentBlockStop', 'messageStop'];
    for (const event of events) expect(converse.matchChunk?.({ [event]: {} }), event).equal(3);
    expect(converse.matchChunk?.({ metadata: { usage: {} } })).equal(3);
    expect(converse.matchChunk?.({ metadata: {} })).equal(1);
    expect(converse.matchChunk?.({ chunk: {} })).equal(0);
  });

  it('becomes the answer that there is without one', async () => {
    const usage = {
      inputTokens: 1,
      outputTokens: 2,
      totalTokens: 3,
      cacheReadInputTokens: 4,
      cacheWriteInputTokens: 5,
      cacheReadInputTokenCount: 6,
      cacheWriteInputTokenCount: 7,
    };
    const events = [
      { messageStart: { role: 'other' } },
      grow(0, { text: 'Hi' }),
      grow(1, { toolUse: { input: '{}' } }),
      { contentBlockStart: { contentBlockIndex: 2, start: { toolUse: { toolUseId: 't1', name: 'f' } } } },
      { contentBlockStart: { contentBlockIndex: 3, start: { toolResult: { toolUseId: 't1', status: 'success' } } } },
      grow(4, { toolResult: [{ text: 'x' }] }),
      { messageStop: { stopReason: 'end_turn' } },
      { metadata: { usage } },
    ];
    expect(await merge(converse, events)).deep.equal({
      output: {
        message: {
          role: 'other',
          content: [
            { text: 'Hi' },
            { toolUse: { input: '{}' } },
            { toolUse: { toolUseId: 't1', name: 'f' } },
            { toolResult: { toolUseId: 't1', status: 'success', content: [] } },
            { toolResult: { content: [{ text: 'x' }] } },
          ],
        },
      },
      stopReason: 'end_turn',
      usage,
    });
    expect(await merge(converse, [grow(0, { text: 'Hi' })])).deep.equal({
      output: { message: { role: 'assistant', content: [{ text: 'Hi' }] } },
    });
  });

  it('keeps what came of one that breaks off', async () => {
    const answer = await merge(converse, [{ messageStart: { role: 'assistant' } }, grow(0, { text: 'Let' })]);
    expect(converse.readResponse(answer)).deep.equal({ response: {} });
    expect(converse.readOutput(answer).output).deep.equal([
      { role: 'assistant', parts: [{ type: 'text', content: 'Let' }], finish_reason: 'error' },
    ]);
    expect(converse.readOutput(await merge(converse, []))).deep.equal({});
  });

  it('keeps facts when the budget for content is used up, and bounds its blocks', async () => {
    const budget: ContentBudget = { remaining: 5, isCut: false };
    const events = [
      ...Array.from({ length: 3000 }, (_, index) => grow(index, { text: 'ab' })),
      { messageStop: { stopReason: 'max_tokens' } },
      { metadata: { usage: { inputTokens: 1, outputTokens: 2 }, serviceTier: { type: 'flex' } } },
    ];
    const answer = await merge(converse, events, budget);
    expect(budget).deep.equal({ remaining: 0, isCut: true });
    const parts = converse.readOutput(answer).output?.[0]?.parts;
    expect(parts).length(1024);
    expect(parts?.[2]).deep.equal({ type: 'text', content: 'a' });
    expect(converse.readResponse(answer)).deep.equal({
      response: { finishReasons: ['max_tokens'], serviceTier: 'flex' },
      usage: { inputTokens: 1, outputTokens: 2 },
    });
  });
});
