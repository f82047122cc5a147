import { expect } from 'chai';

import type { Json } from '#lib/genai/endpoint.js';
import { anthropicEndpoints } from '#lib/genai/providers/anthropic.js';
import { merge } from '../client-replay.js';
import { endpointOf } from '../endpoint-of.js';

const messages = endpointOf(anthropicEndpoints, 'anthropic.messages');

/** The parts of one user message with this content. */
function partsOf(...content: readonly object[]): unknown {
  return messages.readInput({ messages: [{ role: 'user', content }] }).input?.[0]?.parts;
}

function answerOf(fields: Json): Json {
  return { type: 'message', role: 'assistant', content: [{ type: 'text', text: 'No.' }], ...fields };
}

describe('the Messages API', () => {
  describe('a request', () => {
    it('is told by what only it has', () => {
      const request = { model: 'm', max_tokens: 5, messages: [] };
      expect(messages.matchRequest(request)).equal(1);
      expect(messages.matchRequest({ ...request, system: 'Be brief.' })).equal(3);
      expect(messages.matchRequest({ ...request, model: 'claude-opus-4-5' })).equal(3);
      expect(messages.matchRequest({ ...request, model: 'us.anthropic.claude-opus-4-5-v1:0' })).equal(3);
      expect(messages.matchRequest({ ...request, tools: [{ name: 't', input_schema: {} }] })).equal(3);
      expect(messages.matchRequest({ ...request, thinking: { type: 'enabled', budget_tokens: 1024 } })).equal(3);
    });

    it('is none without its messages, its token limit, or for Bedrock', () => {
      expect(messages.matchRequest({ model: 'claude-2.1', max_tokens: 5, prompt: 'Hi' })).equal(0);
      expect(messages.matchRequest({ model: 'claude-2.1', messages: [] })).equal(0);
      expect(messages.matchRequest({ modelId: 'anthropic.claude', max_tokens: 5, messages: [], system: '' })).equal(0);
    });

    it('gives its parameters, an effort as the reasoning level and a schema as JSON output', () => {
      const asked = messages.readRequest({
        model: 'claude-opus-4-5',
        max_tokens: 5,
        temperature: 0,
        top_p: 0.9,
        top_k: 40,
        stop_sequences: ['END', 7],
        stream: true,
        service_tier: 'auto',
        thinking: { type: 'enabled', budget_tokens: 1024 },
        output_config: { effort: 'high', format: { type: 'json_schema', schema: {} } },
      });
      expect(asked).deep.equal({
        request: {
          model: 'claude-opus-4-5',
          maxTokens: 5,
          temperature: 0,
          topP: 0.9,
          topK: 40,
          stopSequences: ['END'],
          stream: true,
          serviceTier: 'auto',
          reasoningLevel: 'high',
          outputType: 'json',
        },
      });
    });

    it('leaves a thinking budget out, which is no level', () => {
      const asked = messages.readRequest({ thinking: { type: 'enabled', budget_tokens: 1024 }, stream: false });
      expect(asked).deep.equal({ request: {} });
    });

    it('keeps thinking, and thinking that nobody may read', () => {
      expect(
        partsOf(
          { type: 'thinking', thinking: 'Hm.', signature: 'c2ln' },
          { type: 'redacted_thinking', data: 'ZW5jcnlwdGVk' },
        ),
      ).deep.equal([
        { type: 'reasoning', content: 'Hm.' },
        { type: 'redacted_reasoning', data: 'ZW5jcnlwdGVk' },
      ]);
    });

    it('keeps images and documents by where they are', () => {
      expect(
        partsOf(
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBO' } },
          { type: 'image', source: { type: 'url', url: 'https://example.com/cat.jpg' } },
          { type: 'image', source: { type: 'file', file_id: 'file_1' } },
          { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'JVBE' } },
          { type: 'document', source: { type: 'url', url: 'https://example.com/a.pdf' } },
          { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Dear all' } },
        ),
      ).deep.equal([
        { type: 'blob', modality: 'image', mime_type: 'image/png', content: 'iVBO' },
        { type: 'uri', modality: 'image', uri: 'https://example.com/cat.jpg' },
        { type: 'file', modality: 'image', file_id: 'file_1' },
        { type: 'blob', modality: 'document', mime_type: 'application/pdf', content: 'JVBE' },
        { type: 'uri', modality: 'document', uri: 'https://example.com/a.pdf' },
        { type: 'text', content: 'Dear all' },
      ]);
    });

    it('keeps what a tool gave: a text as one, anything else as parts', () => {
      const image = { type: 'image', source: { type: 'url', url: 'https://example.com/map.png' } };
      expect(
        partsOf(
          { type: 'tool_result', tool_use_id: 't1', content: 'Sunny' },
          { type: 'tool_result', tool_use_id: 't2', content: [{ type: 'text', text: 'Rain' }] },
          { type: 'tool_result', tool_use_id: 't3', content: [{ type: 'text', text: 'Here:' }, image] },
          { type: 'tool_result', tool_use_id: 't4' },
        ),
      ).deep.equal([
        { type: 'tool_call_response', id: 't1', response: 'Sunny' },
        { type: 'tool_call_response', id: 't2', response: 'Rain' },
        {
          type: 'tool_call_response',
          id: 't3',
          response: [
            { type: 'text', content: 'Here:' },
            { type: 'uri', modality: 'image', uri: 'https://example.com/map.png' },
          ],
        },
        { type: 'tool_call_response', id: 't4', response: '' },
      ]);
    });

    it('keeps blocks that it has no name for under their own', () => {
      expect(partsOf({ type: 'container_upload', file_id: 'file_2' })).deep.equal([
        { type: 'vendor', vendor_type: 'container_upload', file_id: 'file_2' },
      ]);
    });

    it('keeps the type of tools that run at the provider', () => {
      const tools = [
        { type: 'custom', name: 'own', input_schema: { type: 'object' } },
        { type: 'web_search_20250305', name: 'web_search', max_uses: 5 },
        { type: 'mcp_toolset', mcp_server_name: 'wiki' },
      ];
      expect(messages.readInput({ tools }).tools).deep.equal([
        { type: 'function', name: 'own', parameters: { type: 'object' } },
        { type: 'web_search_20250305', name: 'web_search', max_uses: 5 },
        { type: 'mcp_toolset', name: 'wiki', mcp_server_name: 'wiki' },
      ]);
    });
  });

  describe('an answer', () => {
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
  });
});
