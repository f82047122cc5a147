import { expect } from 'chai';

import type { Json } from '#lib/genai/endpoint.js';
import { openaiResponsesEndpoints } from '#lib/genai/providers/openai-responses.js';

import { expectStandsAnything, recordedOf } from './stands-anything.js';

const [endpoint] = openaiResponsesEndpoints;
if (endpoint === undefined) throw new Error('no endpoint');
const { matchChunk, matchRequest, matchResponse, readInput, readOutput, readRequest, readResponse } = endpoint;

const CONVERSATION: Json = {
  model: 'gpt-5',
  instructions: 'Be brief.',
  previous_response_id: 'resp_1',
  reasoning: { effort: 'high' },
  text: { format: { type: 'json_schema', name: 'answer', schema: {} } },
  max_output_tokens: null,
  input: [
    {
      role: 'user',
      content: [
        { type: 'input_text', text: 'What is this?' },
        { type: 'input_image', image_url: 'data:image/png;base64,AAAA', detail: 'low' },
        { type: 'input_image', image_url: 'https://example.com/cat.jpg' },
        { type: 'input_image', file_id: 'file-1' },
        { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,BBBB' },
        { type: 'input_file', file_url: 'https://example.com/a.pdf' },
        { type: 'input_audio', input_audio: { data: 'CCCC', format: 'wav' } },
      ],
    },
    { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'A cat.' }] },
    { type: 'reasoning', id: 'rs_2', summary: [], encrypted_content: 'xyz' },
    { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'look', arguments: '{"far":true}' },
    { type: 'function_call_output', call_id: 'call_1', output: 'nothing' },
    { type: 'message', role: 'assistant', content: [{ type: 'refusal', refusal: 'No.' }] },
    { type: 'item_reference', id: 'msg_1' },
    { type: 'web_search_call', id: 'ws_1', status: 'completed', action: { type: 'search', query: 'cats' } },
  ],
  tools: [
    { type: 'function', name: 'look', description: 'Looks.', parameters: { type: 'object' }, strict: true },
    { type: 'web_search', search_context_size: 'low' },
    {
      type: 'mcp',
      server_label: 'docs',
      server_url: 'https://example.com',
      authorization: 's3cret',
      headers: { a: 'b' },
    },
  ],
};

describe('openai.responses', () => {
  it('reads the parameters of a request', () => {
    expect(readRequest(CONVERSATION).request).to.deep.equal({
      model: 'gpt-5',
      reasoningLevel: 'high',
      previousResponseId: 'resp_1',
      outputType: 'json',
    });
  });

  it('reads every kind of input item', () => {
    const { system, input } = readInput(CONVERSATION);
    expect(system).to.deep.equal([{ type: 'text', content: 'Be brief.' }]);
    expect(input).to.deep.equal([
      {
        role: 'user',
        parts: [
          { type: 'text', content: 'What is this?' },
          { type: 'blob', modality: 'image', content: 'AAAA', mime_type: 'image/png' },
          { type: 'uri', modality: 'image', uri: 'https://example.com/cat.jpg' },
          { type: 'file', modality: 'image', file_id: 'file-1' },
          { type: 'blob', modality: 'document', content: 'BBBB', mime_type: 'application/pdf' },
          { type: 'uri', modality: 'document', uri: 'https://example.com/a.pdf' },
          { type: 'blob', modality: 'audio', content: 'CCCC', mime_type: 'audio/wav' },
        ],
      },
      { role: 'assistant', parts: [{ type: 'reasoning', content: 'A cat.' }] },
      { role: 'assistant', parts: [{ type: 'redacted_reasoning', data: 'xyz' }] },
      { role: 'assistant', parts: [{ type: 'tool_call', id: 'call_1', name: 'look', arguments: { far: true } }] },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_1', response: 'nothing' }] },
      { role: 'assistant', parts: [{ type: 'refusal', content: 'No.' }] },
      { role: 'assistant', parts: [{ type: 'vendor', vendor_type: 'item_reference', id: 'msg_1' }] },
      {
        role: 'assistant',
        parts: [
          {
            type: 'server_tool_call',
            id: 'ws_1',
            name: 'web_search',
            server_tool_call: { type: 'web_search', status: 'completed', action: { type: 'search', query: 'cats' } },
          },
        ],
      },
    ]);
  });

  it('leaves what opens a remote server out of its definition', () => {
    expect(readInput(CONVERSATION).tools).to.deep.equal([
      { type: 'function', name: 'look', description: 'Looks.', parameters: { type: 'object' } },
      { type: 'web_search', name: 'web_search', search_context_size: 'low' },
      { type: 'mcp', name: 'docs', server_label: 'docs', server_url: 'https://example.com' },
    ]);
  });

  it('puts all items of an answer into one message, results of servers behind their calls', () => {
    const output = [
      {
        type: 'reasoning',
        summary: [{ type: 'summary_text', text: 'First.' }],
        content: [{ type: 'reasoning_text', text: 'Then.' }],
      },
      { type: 'mcp_call', id: 'mcp_1', name: 'roll', server_label: 'dice', arguments: '{}', output: '4', error: null },
      { type: 'image_generation_call', id: 'ig_1', result: 'DDDD', output_format: 'webp' },
      {
        type: 'message',
        role: 'assistant',
        content: [
          { type: 'output_text', text: 'Four.' },
          { type: 'refusal', refusal: 'No more.' },
        ],
      },
      { type: 'custom_tool_call', call_id: 'call_2', name: 'run', input: 'print(1)' },
    ];
    expect(readOutput({ object: 'response', status: 'completed', output }).output).to.deep.equal([
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: 'First.' },
          { type: 'reasoning', content: 'Then.' },
          {
            type: 'server_tool_call',
            id: 'mcp_1',
            name: 'roll',
            server_tool_call: { type: 'mcp', name: 'roll', server_label: 'dice', arguments: '{}' },
          },
          { type: 'server_tool_call_response', id: 'mcp_1', server_tool_call_response: { type: 'mcp', output: '4' } },
          {
            type: 'server_tool_call',
            id: 'ig_1',
            name: 'image_generation',
            server_tool_call: { type: 'image_generation', output_format: 'webp' },
          },
          { type: 'blob', modality: 'image', content: 'DDDD', mime_type: 'image/webp' },
          { type: 'text', content: 'Four.' },
          { type: 'refusal', content: 'No more.' },
          { type: 'tool_call', id: 'call_2', name: 'run', arguments: 'print(1)' },
        ],
        finish_reason: 'tool_call',
      },
    ]);
  });

  it('says why an answer ended in the words of Chat Completions', () => {
    const reasonsOf = (answer: Json) =>
      readResponse({ object: 'response', output: [], ...answer }).response.finishReasons;
    const incomplete = (reason: string) => ({ status: 'incomplete', incomplete_details: { reason } });
    expect(reasonsOf({ status: 'completed' })).to.deep.equal(['stop']);
    expect(reasonsOf({ status: 'completed', output: [{ type: 'function_call' }] })).to.deep.equal(['tool_calls']);
    expect(reasonsOf(incomplete('max_output_tokens'))).to.deep.equal(['length']);
    expect(reasonsOf(incomplete('content_filter'))).to.deep.equal(['content_filter']);
    expect(reasonsOf({ status: 'failed' })).to.deep.equal(['error']);
    expect(reasonsOf({ status: 'cancelled' })).to.deep.equal(['cancelled']);
    expect(reasonsOf({ status: 'in_progress' })).to.equal(undefined);
  });

  it('counts cached, written and reasoning tokens inside their whole and invents none', () => {
    const usage = {
      input_tokens: 100,
      input_tokens_details: { cached_tokens: 64, cache_write_tokens: 20 },
      output_tokens: 30,
      output_tokens_details: { reasoning_tokens: 25 },
      total_tokens: 130,
    };
    expect(readResponse({ usage }).usage).to.deep.equal({
      inputTokens: 100,
      outputTokens: 30,
      totalTokens: 130,
      cacheReadTokens: 64,
      cacheWriteTokens: 20,
      reasoningTokens: 25,
    });
    expect(readResponse({ usage: null }).usage).to.equal(undefined);
    expect(readResponse({ usage: { input_tokens: -1, output_tokens: '4' } }).usage).to.equal(undefined);
  });

  it('knows its requests from embeddings, chats and speech', () => {
    expect(matchRequest(CONVERSATION)).to.equal(3);
    expect(matchRequest({ model: 'gpt-4o', input: 'Hi' })).to.equal(2);
    expect(matchRequest({ model: 'llama', input: 'Hi' })).to.equal(1);
    expect(matchRequest({ model: 'text-embedding-3-small', input: 'Hi' })).to.equal(0);
    expect(matchRequest({ model: 'm', input: ['a', 'b'] })).to.equal(0);
    expect(matchRequest({ model: 'gpt-4o-mini-tts', input: 'Hi', voice: 'alloy' })).to.equal(0);
    expect(matchRequest({ model: 'gpt-4o', messages: [] })).to.equal(0);
  });

  it('knows its answers and its events', () => {
    expect(matchResponse({ object: 'response', output: [] })).to.equal(3);
    expect(matchResponse({ object: 'chat.completion', choices: [] })).to.equal(0);
    expect(matchChunk?.({ type: 'response.created' })).to.equal(3);
    expect(matchChunk?.({ type: 'message_start' })).to.equal(0);
  });

  it('stands anything', () => {
    const recorded = recordedOf('openai', (path) => path === '/v1/responses');
    expectStandsAnything(openaiResponsesEndpoints, [CONVERSATION, ...recorded]);
  });
});
