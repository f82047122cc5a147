import { expect } from 'chai';

import type { Json } from '#lib/genai/endpoint.js';
import { bedrockEndpoints } from '#lib/genai/providers/bedrock.js';
import { merge } from '../client-replay.js';
import { endpointOf } from '../endpoint-of.js';

const invoke = endpointOf(bedrockEndpoints, 'bedrock.invoke_model');

function chunk(body: object): Json {
  return { chunk: { bytes: new TextEncoder().encode(JSON.stringify(body)) } };
}

function ended(content: string, reason: string): object {
  return { role: 'assistant', parts: [{ type: 'text', content }], finish_reason: reason };
}

describe('a stream of InvokeModel', () => {
  const metrics = { 'amazon-bedrock-invocationMetrics': { inputTokenCount: 4, outputTokenCount: 6 } };
  const streams: Readonly<Record<string, { chunks: object[]; reason: string; usage: object }>> = {
    Titan: {
      chunks: [
        { outputText: 'Hel', index: 0, inputTextTokenCount: 2 },
        { outputText: 'lo', index: 0, totalOutputTextTokenCount: 3, completionReason: 'FINISH', ...metrics },
      ],
      reason: 'FINISH',
      usage: { inputTokens: 2, outputTokens: 3 },
    },
    Llama: {
      chunks: [
        { generation: 'Hel', prompt_token_count: 2, generation_token_count: 1, stop_reason: null },
        { generation: 'lo', prompt_token_count: null, generation_token_count: 2, stop_reason: 'stop', ...metrics },
      ],
      reason: 'stop',
      usage: { inputTokens: 2, outputTokens: 2 },
    },
    Mistral: {
      chunks: [
        { outputs: [{ text: 'Hel', stop_reason: null }] },
        { outputs: [{ text: 'lo', stop_reason: 'stop' }], ...metrics },
      ],
      reason: 'stop',
      usage: { inputTokens: 4, outputTokens: 6 },
    },
    'Command R': {
      chunks: [
        { event_type: 'text-generation', text: 'Hel', is_finished: false },
        { event_type: 'text-generation', text: 'lo', is_finished: false },
        { event_type: 'stream-end', finish_reason: 'COMPLETE', response: { text: 'Hello' }, ...metrics },
      ],
      reason: 'COMPLETE',
      usage: { inputTokens: 4, outputTokens: 6 },
    },
    'Claude 2': {
      chunks: [
        { completion: 'Hel', stop_reason: null },
        { completion: 'lo', stop_reason: 'stop_sequence', ...metrics },
      ],
      reason: 'stop_sequence',
      usage: { inputTokens: 4, outputTokens: 6 },
    },
    Nova: {
      chunks: [
        { messageStart: { role: 'assistant' } },
        { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'Hel' } } },
        { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'lo' } } },
        { messageStop: { stopReason: 'end_turn' } },
        { metadata: { usage: { inputTokens: 2, outputTokens: 3 } }, ...metrics },
      ],
      reason: 'end_turn',
      usage: { inputTokens: 2, outputTokens: 3 },
    },
  };

  for (const [name, { chunks, reason, usage }] of Object.entries(streams)) {
    it(`of ${name} becomes its answer, with Bedrock's counts where it has none`, async () => {
      expect(chunks.map((each) => invoke.matchChunk?.(chunk(each)))).deep.equal(chunks.map(() => 3));
      const answer = await merge(invoke, chunks.map(chunk));
      expect(invoke.readResponse(answer)).deep.equal({ response: { finishReasons: [reason] }, usage });
      expect(invoke.readOutput(answer).output).deep.equal([ended('Hello', 'stop')]);
    });

    it(`of ${name} that breaks off keeps its text`, async () => {
      const answer = await merge(invoke, chunks.slice(0, name === 'Nova' ? 2 : 1).map(chunk));
      expect(invoke.readOutput(answer).output).deep.equal([ended('Hel', 'error')]);
      expect(invoke.readResponse(answer).response).deep.equal({});
    });
  }

  it('has no event of another kind', () => {
    expect(invoke.matchChunk?.(chunk({ foo: 1 }))).equal(1);
    expect(invoke.matchChunk?.({ chunk: { bytes: 'text' } })).equal(0);
    expect(invoke.matchChunk?.({ messageStart: { role: 'assistant' } })).equal(0);
  });
});
