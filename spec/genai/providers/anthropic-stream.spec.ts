import { expect } from 'chai';

import type { ContentBudget, Json } from '#lib/genai/endpoint.js';
import { anthropicEndpoints } from '#lib/genai/providers/anthropic.js';
import { merge } from '../client-replay.js';
import { endpointOf } from '../endpoint-of.js';

const messages = endpointOf(anthropicEndpoints, 'anthropic.messages');

const start: Json = {
  type: 'message_start',
  message: {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'claude',
    content: [],
    usage: { input_tokens: 3 },
  },
};

function open(index: number, block: object): Json {
  return { type: 'content_block_start', index, content_block: block };
}

function grow(index: number, delta: object): Json {
  return { type: 'content_block_delta', index, delta };
}

function text(index: number, content: string): Json {
  return grow(index, { type: 'text_delta', text: content });
}

const emptyText = { type: 'text', text: '' };

function end(stopReason: string, usage: object): Json {
  return { type: 'message_delta', delta: { stop_reason: stopReason, stop_sequence: null }, usage };
}

describe('a stream of the Messages API', () => {
  it('is told by its events', () => {
    const ends = [{ type: 'content_block_stop', index: 0 }, end('end_turn', {}), { type: 'message_stop' }];
    for (const event of [start, open(0, emptyText), text(0, 'Hi'), ...ends]) {
      expect(messages.matchChunk?.(event), String(event['type'])).equal(3);
    }
    expect(messages.matchChunk?.({ type: 'ping' })).equal(1);
    expect(messages.matchChunk?.({ type: 'error', error: { type: 'overloaded_error' } })).equal(1);
    expect(messages.matchChunk?.({ type: 'error', message: 'of another' })).equal(0);
    expect(messages.matchChunk?.({ type: 'response.created' })).equal(0);
  });

  it('becomes the answer that there is without one', async () => {
    const events = [
      start,
      { type: 'ping' },
      open(0, { type: 'text', text: 'He' }),
      text(0, 'llo'),
      { type: 'content_block_stop', index: 0 },
      {
        type: 'message_delta',
        delta: { stop_reason: 'stop_sequence', stop_sequence: 'END' },
        usage: { output_tokens: 5, service_tier: 'standard' },
      },
      { type: 'message_stop' },
    ];
    const answer = await merge(messages, events);
    expect(messages.matchResponse(answer)).equal(3);
    expect(answer).deep.equal({
      type: 'message',
      id: 'msg_1',
      role: 'assistant',
      model: 'claude',
      content: [{ type: 'text', text: 'Hello' }],
      stop_reason: 'stop_sequence',
      stop_sequence: 'END',
      usage: { input_tokens: 3, output_tokens: 5, service_tier: 'standard' },
    });
  });

  it('counts what its last word on usage says', async () => {
    const events = [
      start,
      end('max_tokens', {
        input_tokens: 10,
        cache_read_input_tokens: 7,
        cache_creation_input_tokens: 5,
        output_tokens: 2,
      }),
      end('max_tokens', { output_tokens: 30, output_tokens_details: { thinking_tokens: 20 } }),
    ];
    expect(messages.readResponse(await merge(messages, events))).deep.equal({
      response: { id: 'msg_1', model: 'claude', finishReasons: ['max_tokens'] },
      usage: { inputTokens: 22, outputTokens: 30, cacheReadTokens: 7, cacheWriteTokens: 5, reasoningTokens: 20 },
    });
  });

  it('puts blocks together that come mixed, and calls from pieces of JSON', async () => {
    const events = [
      start,
      open(1, { type: 'tool_use', id: 't1', name: 'get_weather', input: {} }),
      open(0, emptyText),
      grow(1, { type: 'input_json_delta', partial_json: '' }),
      text(0, 'Let me '),
      grow(1, { type: 'input_json_delta', partial_json: '{"city": "Ber' }),
      text(0, 'look.'),
      grow(1, { type: 'input_json_delta', partial_json: 'lin"}' }),
      open(2, { type: 'tool_use', id: 't2', name: 'get_time', input: {} }),
      end('tool_use', { output_tokens: 9 }),
      { type: 'message_stop' },
    ];
    expect(messages.readOutput(await merge(messages, events)).output).deep.equal([
      {
        role: 'assistant',
        parts: [
          { type: 'text', content: 'Let me look.' },
          { type: 'tool_call', id: 't1', name: 'get_weather', arguments: { city: 'Berlin' } },
          { type: 'tool_call', id: 't2', name: 'get_time', arguments: {} },
        ],
        finish_reason: 'tool_call',
      },
    ]);
  });

  it('keeps thinking, redacted thinking and tools that run at the provider', async () => {
    const found = [{ type: 'web_search_result', url: 'https://example.com' }];
    const events = [
      start,
      open(0, { type: 'thinking', thinking: '', signature: '' }),
      grow(0, { type: 'thinking_delta', thinking: 'Hm.' }),
      grow(0, { type: 'signature_delta', signature: 'c2ln' }),
      open(1, { type: 'redacted_thinking', data: 'ZW5j' }),
      open(2, { type: 'server_tool_use', id: 's1', name: 'web_search', input: {} }),
      grow(2, { type: 'input_json_delta', partial_json: '{"query":"otel"}' }),
      open(3, { type: 'web_search_tool_result', tool_use_id: 's1', content: found }),
      open(4, emptyText),
      grow(4, { type: 'citations_delta', citation: { type: 'web_search_result_location', cited_text: 'x' } }),
      text(4, 'Found.'),
      end('end_turn', { output_tokens: 9 }),
    ];
    expect(messages.readOutput(await merge(messages, events)).output?.[0]?.parts).deep.equal([
      { type: 'reasoning', content: 'Hm.' },
      { type: 'redacted_reasoning', data: 'ZW5j' },
      {
        type: 'server_tool_call',
        id: 's1',
        name: 'web_search',
        server_tool_call: { type: 'web_search', input: { query: 'otel' } },
      },
      {
        type: 'server_tool_call_response',
        id: 's1',
        server_tool_call_response: { type: 'web_search_tool_result', content: found },
      },
      { type: 'text', content: 'Found.' },
    ]);
  });

  it('keeps what came of one that breaks off, with arguments as the text they are', async () => {
    const events = [
      start,
      open(0, emptyText),
      text(0, 'Let me'),
      open(1, { type: 'tool_use', id: 't1', name: 'get_weather', input: {} }),
      grow(1, { type: 'input_json_delta', partial_json: '{"city": "Ber' }),
    ];
    const answer = await merge(messages, events);
    expect(messages.readResponse(answer)).deep.equal({
      response: { id: 'msg_1', model: 'claude' },
      usage: { inputTokens: 3 },
    });
    expect(messages.readOutput(answer).output).deep.equal([
      {
        role: 'assistant',
        parts: [
          { type: 'text', content: 'Let me' },
          { type: 'tool_call', id: 't1', name: 'get_weather', arguments: '{"city": "Ber' },
        ],
        finish_reason: 'error',
      },
    ]);
  });

  it('keeps facts and structure when the budget for content is used up, and halves no character', async () => {
    const budget: ContentBudget = { remaining: 6, isCut: false };
    const events = [
      start,
      open(0, emptyText),
      text(0, 'Hello🥁'),
      text(0, ' more'),
      open(1, { type: 'tool_use', id: 't1', name: 'get_weather', input: {} }),
      grow(1, { type: 'input_json_delta', partial_json: '{"city": 1}' }),
      end('tool_use', { output_tokens: 9 }),
    ];
    const answer = await merge(messages, events, budget);
    expect(budget).deep.equal({ remaining: 0, isCut: true });
    expect(messages.readResponse(answer).usage).deep.equal({ inputTokens: 3, outputTokens: 9 });
    expect(messages.readOutput(answer).output?.[0]).deep.equal({
      role: 'assistant',
      parts: [
        { type: 'text', content: 'Hello' },
        { type: 'tool_call', id: 't1', name: 'get_weather', arguments: {} },
      ],
      finish_reason: 'tool_call',
    });
  });

  it('keeps no chunk: what it holds does not change with them', async () => {
    const block = { type: 'web_search_tool_result', tool_use_id: 's1', content: [{ title: 'before' }] };
    const merger = messages.createMerger?.();
    merger?.add(open(0, block), { remaining: 100, isCut: false });
    block.content[0] = { title: 'after' };
    expect(merger?.response()['content']).deep.equal([
      { type: 'web_search_tool_result', tool_use_id: 's1', content: [{ title: 'before' }] },
    ]);
  });

  it('passes events over that say nothing of their place', async () => {
    const { index: left, ...delta } = text(0, 'x');
    expect(left).equal(0);
    const answer = await merge(messages, [delta, { type: 'content_block_delta', index: 0 }]);
    expect(answer['content']).deep.equal([]);
  });

  it('opens blocks that were never started', async () => {
    const events = [
      grow(0, { type: 'thinking_delta', thinking: 'Hm.' }),
      grow(1, { type: 'input_json_delta', partial_json: '{}' }),
      open(2, { type: 'mcp_tool_use', id: 'm1', name: 'find', server_name: 'wiki', input: {} }),
    ];
    expect((await merge(messages, events))['content']).deep.equal([
      { type: 'thinking', thinking: 'Hm.' },
      { type: 'tool_use', input: '{}' },
      { type: 'mcp_tool_use', id: 'm1', name: 'find', server_name: 'wiki', input: {} },
    ]);
  });

  it('bounds how many blocks there are', async () => {
    const events = Array.from({ length: 3000 }, (_, index) => text(index, 'x'));
    const answer = await merge(messages, events);
    expect(answer['content']).length(1024);
    expect((answer['content'] as unknown[])[0]).deep.equal({ type: 'text', text: 'x' });
  });
});
