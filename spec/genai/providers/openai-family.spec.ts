import { expect } from 'chai';
import * as fc from 'fast-check';

import type { Json } from '#lib/genai/endpoint.js';
import { openaiFamily } from '#lib/genai/providers/openai-family.js';
import { isJson } from '#lib/genai/untrusted.js';

/** A request, an answer and a chunk in one, so that a value can be put wherever a function looks. */
const call = {
  index: 0,
  id: 'call_1',
  function: { name: 'look', arguments: '{"at":1}' },
  custom: { name: 'run', input: 'x' },
};
const content = [
  { type: 'text', text: 'hi' },
  { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } },
  { type: 'input_audio', input_audio: { data: 'AA==', format: 'wav' } },
  { type: 'file', file: { file_id: 'file_1', file_data: 'AA==' } },
  { type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] },
];
const said = {
  role: 'assistant',
  content,
  refusal: 'no',
  reasoning: 'hm',
  audio: { id: 'audio_1', transcript: 'hi', data: 'AA==' },
  tool_calls: [call, { ...call, custom: undefined }],
  function_call: { name: 'look', arguments: '{}' },
};
const usage = {
  prompt_tokens: 1,
  completion_tokens: 2,
  total_tokens: 6,
  completion_tokens_details: { reasoning_tokens: 3 },
  prompt_tokens_details: { cached_tokens: 1 },
  cost: 1,
  is_byok: true,
  cost_details: { upstream_inference_cost: 1 },
  cost_in_usd_ticks: 5,
};
const everything: Json = {
  id: 'gen-1',
  model: 'm',
  messages: [
    { ...said, name: 'Ann' },
    { role: 'tool', tool_call_id: 'call_1', content },
  ],
  tools: [
    { type: 'function', function: { name: 'look', parameters: {} } },
    { type: 'custom', custom: { name: 'run' } },
  ],
  functions: [{ name: 'look' }],
  prompt: ['a'],
  input: ['a'],
  stop: ['a'],
  n: 2,
  response_format: { type: 'text' },
  choices: [
    { index: 0, text: 'a', message: said, delta: said, finish_reason: 'stop', content_filter_results: {}, usage },
  ],
  data: [{ embedding: [1] }],
  usage,
  x_groq: { usage },
};

function spoil(value: unknown, path: readonly number[], junk: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined || typeof value !== 'object' || value === null) return junk;
  const keys = Object.keys(value);
  const at = keys[step % Math.max(keys.length, 1)] ?? 'added';
  const spoiled = spoil((value as Json)[at], rest, junk);
  if (isJson(value)) return { ...value, [at]: spoiled };
  const items = [...(value as unknown[])];
  items[Number(at) || 0] = spoiled;
  return items;
}

const junk = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    undefined,
    Number.NaN,
    -1,
    1e308,
    '',
    [],
    {},
    [null],
    JSON.parse('{"__proto__":{"polluted":1}}'),
  ),
);
const wrongs = fc.array(fc.tuple(fc.array(fc.nat(50), { minLength: 1, maxLength: 8 }), junk), { maxLength: 4 });
const value = wrongs.map((list) =>
  list.reduce<unknown>((spoiled, [path, wrong]) => spoil(spoiled, path, wrong), everything),
);
const values = value.filter(isJson);

describe('endpoints of the OpenAI family', () => {
  it('have ids of their own', () => {
    const ids = openaiFamily.map(({ id }) => id);
    expect(new Set(ids).size).equal(ids.length);
  });

  for (const endpoint of openaiFamily) {
    it(`${endpoint.id} stands any value`, () => {
      const check = fc.property(values, (any) => {
        const likeness = [endpoint.matchRequest(any), endpoint.matchResponse(any), endpoint.matchChunk?.(any) ?? 0];
        expect([0, 1, 2, 3]).include.members(likeness);
        const { response, usage: counts = {}, costUsd = 0 } = endpoint.readResponse(any);
        const facts: unknown[] = Object.values({ ...endpoint.readRequest(any).request, ...response });
        expect(facts).not.include(undefined);
        for (const count of Object.values<unknown>({ ...counts, costUsd }))
          expect(count).satisfies(Number.isFinite).least(0);
        const { input = [], tools = [] } = endpoint.readInput(any);
        const { output = [] } = endpoint.readOutput(any);
        for (const message of [...input, ...output]) {
          expect(message.role).a('string');
          for (const part of message.parts) expect(part.type).a('string');
        }
        for (const tool of tools) expect(tool.name).a('string');
      });
      fc.assert(check, { numRuns: 300 });
    });

    it(`${endpoint.id} merges any chunks within the budget`, () => {
      const check = fc.property(fc.array(values, { maxLength: 4 }), (chunks) => {
        const budget = { remaining: 20, isCut: false };
        const merger = endpoint.createMerger?.();
        for (const chunk of chunks) merger?.add(chunk, budget);
        expect(budget.remaining).within(0, 20);
        const answer = merger?.response() ?? {};
        endpoint.readResponse(answer);
        endpoint.readOutput(answer);
      });
      fc.assert(check, { numRuns: 300 });
    });
  }

  it('leave what they read as it was', () => {
    const check = fc.property(values, (any) => {
      const before = JSON.stringify(any);
      for (const endpoint of openaiFamily) {
        endpoint.readInput(any);
        endpoint.readOutput(any);
        endpoint.createMerger?.().add(any, { remaining: 20, isCut: false });
      }
      expect(JSON.stringify(any)).equal(before);
      expect(({} as Json)['polluted']).equal(undefined);
    });
    fc.assert(check, { numRuns: 100 });
  });
});
