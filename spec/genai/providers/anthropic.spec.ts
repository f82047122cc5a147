import { expect } from 'chai';

import type { Json } from '#lib/genai/endpoint.js';
import { anthropicEndpoints } from '#lib/genai/providers/anthropic.js';
import { merge } from '../client-replay.js';
import { endpointOf } from '../endpoint-of.js';
import { surviveHostileJson } from '../hostile-json.js';

const messages = endpointOf(anthropicEndpoints, 'anthropic.messages');

function answerOf(fields: Json): Json {
  return { type: 'message', role: 'assistant', content: [{ type: 'text', text: 'No.' }], ...fields };
}

describe('an answer of the Messages API', () => {
  const reasons: Readonly<Record<string, string>> = {
    end_turn: 'stop',
    stop_sequence: 'stop',
    max_tokens: 'length',
    tool_use: 'tool_call',
    refusal: 'content_filter',
    pause_turn: 'pause_turn',
  };

  for (const [stopReason, word] of Object.entries(reasons)) {
    it(`finishes with ${word} for ${stopReason}, and keeps the provider's word as a fact`, () => {
      const answer = answerOf({ stop_reason: stopReason });
      expect(messages.readOutput(answer).output?.[0]?.finish_reason).equal(word);
      expect(messages.readResponse(answer).response.finishReasons).deep.equal([stopReason]);
    });
  }

  it('counts cached tokens inside the input, and thinking beside the output that holds it', () => {
    const usage = {
      input_tokens: 4,
      cache_read_input_tokens: 100,
      cache_creation_input_tokens: 20,
      output_tokens: 9,
      output_tokens_details: { thinking_tokens: 5 },
      service_tier: 'priority',
    };
    expect(messages.readResponse(answerOf({ usage }))).deep.equal({
      response: { serviceTier: 'priority' },
      usage: { inputTokens: 124, outputTokens: 9, cacheReadTokens: 100, cacheWriteTokens: 20, reasoningTokens: 5 },
    });
  });

  it('invents no count', () => {
    const usage = { cache_read_input_tokens: 100, input_tokens: -1, output_tokens: '9' };
    expect(messages.readResponse(answerOf({ usage })).usage).deep.equal({ cacheReadTokens: 100 });
    expect(messages.readResponse(answerOf({ usage: {} }))).not.property('usage');
  });

  it('keeps calls of tools that run at the provider, and what they gave', () => {
    const content = [
      { type: 'server_tool_use', id: 's1', name: 'web_search', input: { query: 'otel' } },
      { type: 'web_search_tool_result', tool_use_id: 's1', content: [{ type: 'web_search_result', title: 'T' }] },
      { type: 'mcp_tool_use', id: 'm1', name: 'find', server_name: 'wiki', input: {} },
    ];
    expect(messages.readOutput(answerOf({ content, stop_reason: 'end_turn' })).output?.[0]?.parts).deep.equal([
      {
        type: 'server_tool_call',
        id: 's1',
        name: 'web_search',
        server_tool_call: { type: 'web_search', input: { query: 'otel' } },
      },
      {
        type: 'server_tool_call_response',
        id: 's1',
        server_tool_call_response: {
          type: 'web_search_tool_result',
          content: [{ type: 'web_search_result', title: 'T' }],
        },
      },
      {
        type: 'server_tool_call',
        id: 'm1',
        name: 'find',
        server_tool_call: { type: 'mcp_tool_use', server_name: 'wiki', input: {} },
      },
    ]);
  });

  it('is of the host that its id names', () => {
    const hostOf = (id: string) => messages.readResponse(answerOf({ id })).provider;
    expect([hostOf('msg_bdrk_1'), hostOf('msg_vrtx_1'), hostOf('msg_1')]).deep.equal([
      'aws.bedrock',
      'gcp.vertex_ai',
      undefined,
    ]);
  });

  it('without content has a message when it says why it ended', () => {
    const answer = { type: 'message', content: [], stop_reason: 'refusal' };
    expect(messages.readOutput(answer).output).deep.equal([
      { role: 'assistant', parts: [], finish_reason: 'content_filter' },
    ]);
  });

  it('is none of what a stream or another API gives', async () => {
    expect(messages.matchResponse(answerOf({ stop_reason: null }))).equal(3);
    expect(messages.matchResponse({ object: 'chat.completion', choices: [] })).equal(0);
    expect(messages.matchResponse({ type: 'completion', completion: 'Hi', stop_reason: 'stop_sequence' })).equal(0);
    expect(messages.readOutput(await merge(messages, []))).deep.equal({});
  });

  it('throws nothing at hostile JSON, nor does a request or a stream', () => {
    surviveHostileJson(
      messages,
      'type index role model messages content content_block delta message text thinking name input id system tools source data url usage input_tokens output_tokens partial_json stop_reason stop_sequences output_config'.split(
        ' ',
      ),
      'message message_start content_block_start content_block_delta message_delta text tool_use thinking image text_delta input_json_delta web_search_tool_result document tool_result'.split(
        ' ',
      ),
    );
  });
});
