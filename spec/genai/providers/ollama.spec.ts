import { expect } from 'chai';

import type { Endpoint, Json } from '#lib/genai/endpoint.js';
import { ollamaEndpoints } from '#lib/genai/providers/ollama.js';

import { expectStandsAnything, recordedOf } from './stands-anything.js';

function endpointOf(id: string): Endpoint {
  const found = ollamaEndpoints.find((endpoint) => endpoint.id === id);
  if (found === undefined) throw new Error(`no endpoint ${id}`);
  return found;
}

const chat = endpointOf('ollama.chat');
const generate = endpointOf('ollama.generate');
const embed = endpointOf('ollama.embed');

const REQUEST: Json = {
  model: 'qwen3',
  stream: true,
  think: 'high',
  format: { type: 'object' },
  keep_alive: '5m',
  options: {
    temperature: 0.5,
    num_predict: 100,
    top_p: 0.9,
    top_k: 40,
    seed: 7,
    stop: ['END'],
    frequency_penalty: 0.1,
    presence_penalty: 0.2,
  },
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'What is it?', images: ['AAAA', new Uint8Array([1])] },
    {
      role: 'assistant',
      content: '',
      thinking: 'Hm.',
      tool_calls: [{ id: 'c1', function: { name: 'look', arguments: { far: true } } }],
    },
    { role: 'tool', tool_name: 'look', tool_call_id: 'c1', content: 'a cat' },
  ],
  tools: [{ type: 'function', function: { name: 'look', description: 'Looks.', parameters: { type: 'object' } } }],
};

describe('ollama', () => {
  it('reads the parameters out of the options', () => {
    expect(chat.readRequest(REQUEST).request).to.deep.equal({
      model: 'qwen3',
      maxTokens: 100,
      temperature: 0.5,
      topP: 0.9,
      topK: 40,
      frequencyPenalty: 0.1,
      presencePenalty: 0.2,
      stopSequences: ['END'],
      seed: 7,
      stream: true,
      reasoningLevel: 'high',
      outputType: 'json',
    });
    expect(
      chat.readRequest({ options: { num_predict: -1 }, format: '', think: true, stream: false }).request,
      'no limit is none',
    ).to.deep.equal({});
  });

  it('reads messages with images, thinking, calls and results', () => {
    expect(chat.readInput(REQUEST)).to.deep.equal({
      input: [
        { role: 'system', parts: [{ type: 'text', content: 'Be brief.' }] },
        {
          role: 'user',
          parts: [
            { type: 'text', content: 'What is it?' },
            { type: 'blob', modality: 'image', content: 'AAAA' },
          ],
        },
        {
          role: 'assistant',
          parts: [
            { type: 'reasoning', content: 'Hm.' },
            { type: 'tool_call', id: 'c1', name: 'look', arguments: { far: true } },
          ],
        },
        { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', response: 'a cat' }], name: 'look' },
      ],
      tools: [{ type: 'function', name: 'look', description: 'Looks.', parameters: { type: 'object' } }],
    });
  });

  it('reads prompt, suffix, images and system text of a generation', () => {
    expect(
      generate.readInput({ prompt: 'def f():', suffix: 'return x', system: 'Write code.', images: ['AAAA'] }),
    ).to.deep.equal({
      system: [{ type: 'text', content: 'Write code.' }],
      input: [
        {
          role: 'user',
          parts: [
            { type: 'text', content: 'def f():' },
            { type: 'text', content: 'return x' },
            { type: 'blob', modality: 'image', content: 'AAAA' },
          ],
        },
      ],
    });
  });

  it('leaves a count absent that is not there', () => {
    expect(chat.readResponse({ eval_count: 3 }).usage).to.deep.equal({ outputTokens: 3 });
    expect(chat.readResponse({ prompt_eval_count: 0, eval_count: 3 }).usage).to.deep.equal({
      inputTokens: 0,
      outputTokens: 3,
    });
    expect(chat.readResponse({ done: true }).usage).to.equal(undefined);
  });

  // The types of ollama 0.6.4, read 2026-11-21.
  it('merges thinking, text and calls of tools, and the counts of the last part', () => {
    const part = (message: Json, others: Json = {}) => ({
      model: 'qwen3',
      message: { role: 'assistant', content: '', ...message },
      done: false,
      ...others,
    });
    const merger = chat.createMerger?.();
    const budget = { remaining: 1000, isCut: false };
    const parts = [
      part({ thinking: 'I ' }),
      part({ thinking: 'look.' }),
      part({ content: 'Loo' }),
      part({ content: 'king.' }),
      part({ tool_calls: [{ function: { name: 'look', arguments: { far: true } } }] }),
      part({}, { done: true, done_reason: 'stop', prompt_eval_count: 5, eval_count: 9 }),
    ];
    expect(parts.map((one) => chat.matchChunk?.(one))).to.deep.equal([3, 3, 3, 3, 3, 3]);
    for (const one of parts) merger?.add(one, budget);
    const whole = merger?.response() ?? {};
    expect(chat.readOutput(whole).output).to.deep.equal([
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: 'I look.' },
          { type: 'text', content: 'Looking.' },
          { type: 'tool_call', name: 'look', arguments: { far: true } },
        ],
        finish_reason: 'tool_call',
      },
    ]);
    expect(chat.readResponse(whole)).to.deep.equal({
      response: { model: 'qwen3', finishReasons: ['stop'] },
      usage: { inputTokens: 5, outputTokens: 9 },
    });
  });

  it('keeps counting when the budget for text is used up', () => {
    const merger = generate.createMerger?.();
    const budget = { remaining: 3, isCut: false };
    merger?.add({ model: 'm', response: 'four', done: false }, budget);
    merger?.add({ model: 'm', response: '', done: true, done_reason: 'length', eval_count: 1 }, budget);
    const whole = merger?.response() ?? {};
    expect(generate.readOutput(whole).output?.[0]).to.deep.include({
      parts: [{ type: 'text', content: 'fou' }],
      finish_reason: 'length',
    });
    expect(generate.readResponse(whole).usage).to.deep.equal({ outputTokens: 1 });
    expect(budget.isCut).to.equal(true);
  });

  // The types of ollama 0.6.4, read 2026-11-21.
  it('reads embeddings', () => {
    const request = { model: 'embeddinggemma', input: ['one', 'two'], truncate: true, dimensions: 3 };
    const response = {
      model: 'embeddinggemma',
      embeddings: [
        [1, 2, 3],
        [4, 5, 6],
      ],
      total_duration: 14,
      load_duration: 1,
      prompt_eval_count: 8,
    };
    expect(embed.matchRequest(request)).to.equal(3);
    expect(embed.matchResponse(response)).to.equal(3);
    expect(embed.readRequest(request).request).to.deep.equal({ model: 'embeddinggemma', dimensions: 3 });
    expect(embed.readInput(request)).to.deep.equal({ texts: ['one', 'two'] });
    expect(embed.readResponse(response)).to.deep.equal({
      response: { model: 'embeddinggemma', dimensions: 3 },
      usage: { inputTokens: 8 },
    });
  });

  it('knows its requests by fields that others lack', () => {
    expect(chat.matchRequest(REQUEST)).to.equal(3);
    expect(chat.matchRequest({ model: 'm', messages: [] })).to.equal(1);
    expect(generate.matchRequest({ model: 'm', prompt: 'Hi', keep_alive: 0 })).to.equal(3);
    expect(chat.matchResponse({ id: 'x', message: { role: 'assistant' }, finish_reason: 'COMPLETE' })).to.equal(0);
    expect(generate.matchResponse({ response: 'x' })).to.equal(0);
  });

  it('stands anything', () => {
    expectStandsAnything(ollamaEndpoints, [{ ...REQUEST, messages: [] }, ...recordedOf('ollama')]);
  });
});
