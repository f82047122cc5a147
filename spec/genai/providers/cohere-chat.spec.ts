import { expect } from 'chai';

import type { Json } from '#lib/genai/endpoint.js';

import { exchangeOf } from '../exchanges.js';
import { endpointOf, merged, V1_REQUEST, V2_REQUEST } from './cohere-requests.js';
import { chunksOf } from './stands-anything.js';

const v2 = endpointOf('cohere.v2_chat');
const v1 = endpointOf('cohere.v1_chat');

describe('cohere chat', () => {
  it('reads parameters in the names of the wire and of the SDK', () => {
    expect(v2.readRequest(V2_REQUEST).request).to.deep.equal({
      model: 'command-a',
      maxTokens: 50,
      topP: 0.9,
      topK: 40,
      frequencyPenalty: 0.1,
      presencePenalty: 0.2,
      stopSequences: ['END'],
      seed: 7,
      outputType: 'json',
    });
  });

  it('reads messages with images, plans, calls, results and thinking', () => {
    expect(v2.readInput(V2_REQUEST).input).to.deep.equal([
      { role: 'system', parts: [{ type: 'text', content: 'Be brief.' }] },
      {
        role: 'user',
        parts: [
          { type: 'text', content: 'What is it?' },
          { type: 'uri', modality: 'image', uri: 'https://example.com/a.png' },
        ],
      },
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: 'I look.' },
          { type: 'tool_call', id: 'c1', name: 'look', arguments: {} },
        ],
      },
      {
        role: 'tool',
        parts: [
          {
            type: 'tool_call_response',
            id: 'c1',
            response: [{ type: 'document', document: { data: { found: 'a cat' } } }],
          },
        ],
      },
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: 'A cat.' },
          { type: 'text', content: 'Cat.' },
        ],
      },
    ]);
  });

  it('reads the history, the preamble and the tools of version 1', () => {
    expect(v1.readInput(V1_REQUEST)).to.deep.equal({
      system: [{ type: 'text', content: 'Be brief.' }],
      input: [
        { role: 'user', parts: [{ type: 'text', content: 'Hi' }] },
        {
          role: 'assistant',
          parts: [
            { type: 'text', content: 'Hello' },
            { type: 'tool_call', name: 'look', arguments: { far: true } },
          ],
        },
        {
          role: 'tool',
          parts: [
            {
              type: 'tool_call_response',
              response: { call: { name: 'look', parameters: {} }, outputs: [{ found: 'a cat' }] },
            },
          ],
        },
        { role: 'user', parts: [{ type: 'text', content: 'And now?' }] },
      ],
      tools: [{ type: 'function', name: 'look', description: 'Looks.', parameters: { far: { type: 'bool' } } }],
    });
  });

  it('counts what is billed, else what was processed', () => {
    const usageOf = (usage: Json) => v2.readResponse({ usage }).usage;
    const tokens = { inputTokens: 69, outputTokens: 89 };
    expect(
      usageOf({ billedUnits: { inputTokens: 7, outputTokens: 88, searchUnits: 1 }, tokens, cachedTokens: 3 }),
    ).to.deep.equal({
      inputTokens: 7,
      outputTokens: 88,
      cacheReadTokens: 3,
      searchUnits: 1,
    });
    expect(usageOf({ tokens })).to.deep.equal(tokens);
    expect(
      usageOf({ billed_units: { input_tokens: 7 }, tokens, cached_tokens: 60 }),
      'a part is not more than its whole',
    ).to.deep.equal({
      inputTokens: 7,
      outputTokens: 89,
    });
  });

  it('reads the wire as it reads the SDK', function () {
    const exchange = exchangeOf('cohere-05');
    if (exchange === undefined) return this.skip();
    const chunks = chunksOf(exchange.response.text);
    const camel = (...[, first = '', second = '']: string[]) =>
      `"${first}${second.slice(0, 1).toUpperCase()}${second.slice(1)}":`;
    const likeSdk = JSON.parse(JSON.stringify(chunks).replaceAll(/"([a-z]+)_([a-z]+)":/g, camel)) as Json[];
    expect(JSON.stringify(likeSdk)).to.include('"billedUnits"').and.not.include('_units');
    const whole = merged(v2, likeSdk);
    expect(whole).to.deep.equal(merged(v2, chunks));
    expect(v2.readResponse(whole).usage).to.deep.equal({ inputTokens: 62, outputTokens: 28 });
    return undefined;
  });

  it('merges text and thinking by their index, and keeps what arrived before a cut', () => {
    const delta = (index: number, content: Json) => ({ type: 'content-delta', index, delta: { message: { content } } });
    const whole = merged(v2, [
      { type: 'message-start', id: 'm1', delta: { message: { role: 'assistant' } } },
      { type: 'content-start', index: 0, delta: { message: { content: { type: 'thinking', thinking: '' } } } },
      delta(0, { thinking: 'A ' }),
      delta(0, { thinking: 'cat.' }),
      { type: 'content-start', index: 1, delta: { message: { content: { type: 'text', text: '' } } } },
      delta(1, { text: 'Ca' }),
    ]);
    expect(v2.readOutput(whole).output).to.deep.equal([
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: 'A cat.' },
          { type: 'text', content: 'Ca' },
        ],
        finish_reason: 'unknown',
      },
    ]);
    expect(v2.readResponse(whole)).to.deep.equal({ response: { id: 'm1' } });
  });

  it('takes the id of the generation for a stream of version 1 that is cut', () => {
    const whole = merged(v1, [
      { eventType: 'stream-start', generationId: 'g1' },
      { eventType: 'text-generation', text: 'Ye' },
      { eventType: 'tool-calls-generation', toolCalls: [{ name: 'look', parameters: {} }] },
    ]);
    expect(v1.readResponse(whole).response).to.deep.equal({ id: 'g1' });
    expect(v1.readOutput(whole).output?.[0]?.parts).to.deep.equal([
      { type: 'text', content: 'Ye' },
      { type: 'tool_call', name: 'look', arguments: {} },
    ]);
  });

  it('says why a message ended in the words of the conventions', () => {
    const words = ['COMPLETE', 'STOP_SEQUENCE', 'MAX_TOKENS', 'TOOL_CALL', 'ERROR_TOXIC', 'ERROR_LIMIT', 'USER_CANCEL'];
    const finishes = words.map(
      (word) => v2.readOutput({ message: {}, finish_reason: word }).output?.[0]?.finish_reason,
    );
    expect(finishes).to.deep.equal(['stop', 'stop', 'length', 'tool_call', 'content_filter', 'error', 'USER_CANCEL']);
  });
});
