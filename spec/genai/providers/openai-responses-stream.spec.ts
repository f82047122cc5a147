import { expect } from 'chai';

import type { Json } from '#lib/genai/endpoint.js';
import type { Part } from '#lib/genai/messages.js';
import { openaiResponsesEndpoints } from '#lib/genai/providers/openai-responses.js';

import { exchangeOf } from '../exchanges.js';
import { chunksOf } from './stands-anything.js';

const [endpoint] = openaiResponsesEndpoints;
if (endpoint === undefined) throw new Error('no endpoint');
const { createMerger, readOutput, readResponse } = endpoint;

interface Merged {
  readonly whole: Json;
  readonly parts: readonly Part[] | undefined;
  readonly finish: string | undefined;
  readonly isCut: boolean;
}

function merge(chunks: readonly Json[], remaining = 10_000): Merged {
  const merger = createMerger?.();
  const budget = { remaining, isCut: false };
  for (const chunk of chunks) merger?.add(chunk, budget);
  const whole = merger?.response() ?? {};
  const message = readOutput(whole).output?.[0];
  return { whole, parts: message?.parts, finish: message?.finish_reason, isCut: budget.isCut };
}

const CREATED = {
  type: 'response.created',
  response: { id: 'resp_1', model: 'gpt-5', status: 'in_progress', service_tier: 'auto' },
};
const CALL = { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'look', arguments: '' };
const EVENTS: readonly Json[] = [
  CREATED,
  { type: 'response.output_item.added', output_index: 0, item: { type: 'reasoning', id: 'rs_1', summary: [] } },
  { type: 'response.reasoning_summary_text.delta', output_index: 0, summary_index: 0, delta: 'I ' },
  { type: 'response.reasoning_summary_text.delta', output_index: 0, summary_index: 0, delta: 'think.' },
  {
    type: 'response.output_item.added',
    output_index: 1,
    item: { type: 'message', id: 'msg_1', role: 'assistant', content: [] },
  },
  { type: 'response.output_text.delta', output_index: 1, content_index: 0, delta: 'Let me ' },
  { type: 'response.output_text.delta', output_index: 1, content_index: 0, delta: 'look.' },
  { type: 'response.refusal.delta', output_index: 1, content_index: 1, delta: 'No.' },
  { type: 'response.output_item.added', output_index: 2, item: CALL },
  { type: 'response.function_call_arguments.delta', output_index: 2, delta: '{"far":' },
  { type: 'response.function_call_arguments.delta', output_index: 2, delta: 'true}' },
];
const SAID: readonly Part[] = [
  { type: 'reasoning', content: 'I think.' },
  { type: 'text', content: 'Let me look.' },
  { type: 'refusal', content: 'No.' },
  { type: 'tool_call', id: 'call_1', name: 'look', arguments: { far: true } },
];

describe('stream of openai.responses', () => {
  it('keeps what had arrived when the stream is cut', () => {
    const { whole, parts, finish } = merge(EVENTS);
    expect(parts).to.deep.equal(SAID);
    expect(finish).to.equal('in_progress');
    expect(readResponse(whole)).to.deep.equal({ response: { id: 'resp_1', model: 'gpt-5' } });
  });

  it('leaves half of the arguments as text', () => {
    expect(merge(EVENTS.slice(0, -1)).parts?.at(-1)).to.deep.equal({
      type: 'tool_call',
      id: 'call_1',
      name: 'look',
      arguments: '{"far":',
    });
  });

  it('takes no item twice that the last event repeats', () => {
    const output = [
      { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'I think.' }] },
      {
        type: 'message',
        id: 'msg_1',
        content: [
          { type: 'output_text', text: 'Let me look.' },
          { type: 'refusal', refusal: 'No.' },
        ],
      },
      { ...CALL, arguments: '{"far":true}' },
    ];
    const response = {
      ...CREATED.response,
      status: 'completed',
      service_tier: 'default',
      output,
      usage: { input_tokens: 3, output_tokens: 4 },
    };
    const { whole, parts, finish } = merge([...EVENTS, { type: 'response.completed', response }]);
    expect(parts).to.deep.equal(SAID);
    expect(finish).to.equal('tool_call');
    expect(readResponse(whole)).to.deep.equal({
      response: { id: 'resp_1', model: 'gpt-5', finishReasons: ['tool_calls'], serviceTier: 'default' },
      usage: { inputTokens: 3, outputTokens: 4 },
    });
  });

  it('charges the budget once for what comes twice', () => {
    const item = { type: 'web_search_call', id: 'ws_1', action: { type: 'search', query: 'cats' } };
    const budget = { remaining: 1000, isCut: false };
    const merger = createMerger?.();
    merger?.add({ type: 'response.output_item.done', output_index: 0, item }, budget);
    const left = budget.remaining;
    expect(left).to.be.below(1000);
    merger?.add({ type: 'response.completed', response: { status: 'completed', output: [item] } }, budget);
    expect(budget.remaining).to.equal(left);
  });

  it('takes items that came without deltas from the event that ends them', () => {
    const done = (index: number, item: Json) => ({ type: 'response.output_item.done', output_index: index, item });
    const { parts } = merge([
      done(0, { type: 'reasoning', summary: [], encrypted_content: 'xyz' }),
      done(1, { type: 'web_search_call', id: 'ws_1', status: 'completed', action: { type: 'search', query: 'cats' } }),
      done(2, { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Cats.' }] }),
      { type: 'response.function_call_arguments.done', output_index: 3, arguments: '{}' },
      done(3, { ...CALL, arguments: '{}' }),
    ]);
    expect(parts).to.deep.equal([
      { type: 'redacted_reasoning', data: 'xyz' },
      {
        type: 'server_tool_call',
        id: 'ws_1',
        name: 'web_search',
        server_tool_call: { type: 'web_search', status: 'completed', action: { type: 'search', query: 'cats' } },
      },
      { type: 'text', content: 'Cats.' },
      { type: 'tool_call', id: 'call_1', name: 'look', arguments: {} },
    ]);
  });

  it('says why it ended before its time', () => {
    const ended = (status: string, details: Json) => ({ type: `response.${status}`, response: { status, ...details } });
    expect(
      merge([CREATED, ended('incomplete', { incomplete_details: { reason: 'max_output_tokens' } })]).whole,
    ).to.deep.include({
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
    });
    const reasons = (event: Json) => readResponse(merge([CREATED, event]).whole).response.finishReasons;
    expect(reasons(ended('failed', { error: { code: 'server_error' } }))).to.deep.equal(['error']);
    expect(reasons({ type: 'error', code: 'server_error', message: 'No.' })).to.deep.equal(['error']);
  });

  it('keeps counting when the budget for text is used up', () => {
    const usage = { input_tokens: 3, output_tokens: 4 };
    const { whole, parts, isCut } = merge(
      [...EVENTS, { type: 'response.completed', response: { status: 'completed', usage } }],
      5,
    );
    expect(parts).to.deep.equal([
      { type: 'reasoning', content: 'I thi' },
      { type: 'text', content: '' },
      { type: 'refusal', content: '' },
      { type: 'tool_call', id: 'call_1', name: 'look', arguments: '' },
    ]);
    expect(isCut).to.equal(true);
    expect(readResponse(whole).usage).to.deep.equal({ inputTokens: 3, outputTokens: 4 });
  });

  it('gives an answer of its own at any time', () => {
    const merger = createMerger?.();
    const budget = { remaining: 100, isCut: false };
    for (const event of EVENTS.slice(0, 6)) merger?.add(event, budget);
    const early = structuredClone(merger?.response());
    const kept = merger?.response();
    for (const event of EVENTS.slice(6)) merger?.add(event, budget);
    expect(kept).to.deep.equal(early);
  });

  it('takes no index for one that is none', () => {
    const at = (index: unknown) => ({
      type: 'response.output_text.delta',
      output_index: index,
      content_index: index,
      delta: 'x',
    });
    expect(merge([at(-1), at(1.5), at(2 ** 31), at('0'), at(null), at(Number.NaN)]).parts).to.equal(undefined);
  });

  it('reads a recorded stream up to wherever it is cut', function () {
    const exchange = exchangeOf('openai-13');
    if (exchange === undefined) return this.skip();
    const events = chunksOf(exchange.response.text);
    const text = (parts: readonly Part[] | undefined) => (parts?.[0]?.type === 'text' ? parts[0].content : '');
    const whole = text(merge(events).parts);
    expect(events.at(-1)).to.have.nested.property('response.output[0].content[0].text', whole);
    let before = 0;
    for (let count = 0; count <= events.length; count++) {
      const said = text(merge(events.slice(0, count)).parts);
      expect(whole.startsWith(said) && said.length >= before, `after ${count} events`).to.equal(true);
      before = said.length;
    }
    return undefined;
  });
});
