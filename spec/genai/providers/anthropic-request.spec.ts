import { expect } from 'chai';

import { anthropicEndpoints } from '#lib/genai/providers/anthropic.js';
import { endpointOf } from '../endpoint-of.js';

const messages = endpointOf(anthropicEndpoints, 'anthropic.messages');

/** The parts of one user message with this content. */
function partsOf(...content: readonly object[]): unknown {
  return messages.readInput({ messages: [{ role: 'user', content }] }).input?.[0]?.parts;
}

describe('a request of the Messages API', () => {
  it('is a chat with Anthropic', () => {
    expect(messages).include({ provider: 'anthropic', operation: 'chat' });
    expect(messages.aliases).deep.equal(['claude']);
  });

  it('is told by what only it has', () => {
    const request = { model: 'm', max_tokens: 5, messages: [] };
    expect(messages.matchRequest(request)).equal(1);
    expect(messages.matchRequest({ ...request, system: 'Be brief.' })).equal(3);
    expect(messages.matchRequest({ ...request, model: 'claude-opus-4-5' })).equal(3);
    expect(messages.matchRequest({ ...request, anthropic_version: 'vertex-2023-10-16' })).equal(3);
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

  it('keeps blocks that it has no name for under their own, and those without a type', () => {
    const upload = { type: 'container_upload', file_id: 'file_2' };
    const image = { type: 'image', source: { type: 'new' } };
    expect(partsOf(upload, image, { foo: 1 })).deep.equal([
      { type: 'vendor', vendor_type: 'container_upload', file_id: 'file_2' },
      { type: 'vendor', vendor_type: 'image', source: { type: 'new' } },
      { type: 'vendor', vendor_type: 'unknown', foo: 1 },
    ]);
  });

  it('does not follow results of tools that are nested in one another', () => {
    const inner = { type: 'tool_result', tool_use_id: 't2', content: 'deep' };
    expect(partsOf({ type: 'tool_result', tool_use_id: 't1', content: [inner, 'text'] })).deep.equal([
      {
        type: 'tool_call_response',
        id: 't1',
        response: [
          { ...inner, type: 'vendor', vendor_type: 'tool_result' },
          { type: 'text', content: 'text' },
        ],
      },
    ]);
  });

  it('is of the user where it does not say whose it is', () => {
    expect(messages.readInput({ messages: [{ content: 'Hi' }] }).input).deep.equal([
      { role: 'user', parts: [{ type: 'text', content: 'Hi' }] },
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
