import { ConverseStreamCommand, InvokeModelWithResponseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { expect } from 'chai';

import type { Json } from '#lib/genai/endpoint.js';
import { bedrockEndpoints } from '#lib/genai/providers/bedrock.js';
import { merge, readRecord } from '../client-replay.js';
import { endpointOf } from '../endpoint-of.js';
import { clientAt } from './bedrock.js';
import { bodyEvent, withEventStream } from './event-stream.js';

const converse = endpointOf(bedrockEndpoints, 'bedrock.converse');
const invoke = endpointOf(bedrockEndpoints, 'bedrock.invoke_model');

const events: readonly Json[] = [
  { messageStart: { role: 'assistant' } },
  { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'Let me ' } } },
  { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'look. 🥁' } } },
  { contentBlockStop: { contentBlockIndex: 0 } },
  { contentBlockStart: { contentBlockIndex: 1, start: { toolUse: { toolUseId: 't1', name: 'get_weather' } } } },
  { contentBlockDelta: { contentBlockIndex: 1, delta: { toolUse: { input: '{"city":' } } } },
  { contentBlockDelta: { contentBlockIndex: 1, delta: { toolUse: { input: '"Berlin"}' } } } },
  { contentBlockStop: { contentBlockIndex: 1 } },
  { messageStop: { stopReason: 'tool_use' } },
  {
    metadata: {
      usage: { inputTokens: 4, outputTokens: 9, totalTokens: 113, cacheReadInputTokens: 100, cacheWriteInputTokens: 0 },
      metrics: { latencyMs: 5 },
    },
  },
];

async function collect(chunks: AsyncIterable<unknown> | undefined): Promise<Json[]> {
  const collected: Json[] = [];
  for await (const chunk of chunks ?? []) collected.push(chunk as Json);
  return collected;
}

describe('streams of the client of AWS', () => {
  it('are read from the events of ConverseStream', async () => {
    const command = new ConverseStreamCommand({
      modelId: 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0',
      messages: [{ role: 'user', content: [{ text: 'Weather?' }] }],
      inferenceConfig: { maxTokens: 100 },
    });
    const chunks = await withEventStream(events, async (url) => {
      const answer = await clientAt(url).send(command);
      return collect(answer.stream);
    });
    expect(chunks.map((chunk) => converse.matchChunk?.(chunk))).deep.equal(events.map(() => 3));
    expect(chunks.map((chunk) => invoke.matchChunk?.(chunk))).deep.equal(events.map(() => 0));
    const request = converse.toPlain?.(command as unknown as Json) ?? {};
    expect(converse.readRequest(request).request.stream).equal(true);
    expect(readRecord(converse, request, await merge(converse, chunks), true)).deep.equal({
      operation: 'chat',
      provider: 'aws.bedrock',
      request: { model: 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0', maxTokens: 100, stream: true },
      response: { finishReasons: ['tool_use'] },
      usage: { inputTokens: 104, outputTokens: 9, totalTokens: 113, cacheReadTokens: 100, cacheWriteTokens: 0 },
      messages: {
        input: [{ role: 'user', parts: [{ type: 'text', content: 'Weather?' }] }],
        output: [
          {
            role: 'assistant',
            parts: [
              { type: 'text', content: 'Let me look. 🥁' },
              { type: 'tool_call', id: 't1', name: 'get_weather', arguments: { city: 'Berlin' } },
            ],
            finish_reason: 'tool_call',
          },
        ],
      },
    });
  });

  it('are read from the bodies in the events of InvokeModelWithResponseStream', async () => {
    const bodies: readonly Json[] = [
      {
        type: 'message_start',
        message: { id: 'msg_bdrk_1', role: 'assistant', model: 'claude-3-haiku', usage: { input_tokens: 3 } },
      },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hello' } },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 5 } },
      { type: 'message_stop', 'amazon-bedrock-invocationMetrics': { inputTokenCount: 3, outputTokenCount: 5 } },
    ];
    const command = new InvokeModelWithResponseStreamCommand({
      modelId: 'anthropic.claude-3-haiku-20240307-v1:0',
      body: JSON.stringify({
        anthropic_version: 'bedrock-2023-05-31',
        max_tokens: 10,
        messages: [{ role: 'user', content: 'Hi' }],
      }),
    });
    const chunks = await withEventStream(bodies.map(bodyEvent), async (url) => {
      const answer = await clientAt(url).send(command);
      return collect(answer.body);
    });
    expect(chunks.map((chunk) => invoke.matchChunk?.(chunk))).deep.equal(bodies.map(() => 3));
    const request = invoke.toPlain?.(command as unknown as Json) ?? {};
    expect(invoke.readRequest(request).request.stream).equal(true);
    expect(readRecord(invoke, request, await merge(invoke, chunks), true)).deep.equal({
      operation: 'chat',
      provider: 'aws.bedrock',
      request: { model: 'anthropic.claude-3-haiku-20240307-v1:0', maxTokens: 10, stream: true },
      response: { id: 'msg_bdrk_1', model: 'claude-3-haiku', finishReasons: ['end_turn'] },
      usage: { inputTokens: 3, outputTokens: 5 },
      messages: {
        input: [{ role: 'user', parts: [{ type: 'text', content: 'Hi' }] }],
        output: [{ role: 'assistant', parts: [{ type: 'text', content: 'Hello' }], finish_reason: 'stop' }],
      },
    });
  });
});
