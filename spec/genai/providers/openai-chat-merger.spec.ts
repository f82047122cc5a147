import { expect } from 'chai';

import type { Json } from '#lib/genai/endpoint.js';
import { createChatMerger } from '#lib/genai/providers/openai-chat-merger.js';

function merge(chunks: readonly Json[], remaining = 1_000): { answer: Json; isCut: boolean } {
  const budget = { remaining, isCut: false };
  const merger = createChatMerger();
  for (const chunk of chunks) merger.add(chunk, budget);
  return { answer: merger.response(), isCut: budget.isCut };
}

function delta(fields: object, index = 0): Json {
  return { choices: [{ index, delta: fields }] };
}

function messageOf(chunks: readonly Json[]): Json {
  const [first] = merge(chunks).answer['choices'] as readonly { message: Json }[];
  return first?.message ?? {};
}

function call(fields: object, input: string, name?: string): Json {
  return delta({ tool_calls: [{ ...fields, function: { ...(name !== undefined && { name }), arguments: input } }] });
}

describe('chunks of a chat completion', () => {
  it('make an answer as if it were not streamed', () => {
    const head = { id: 'chatcmpl-1', model: 'gpt-5', service_tier: 'default', system_fingerprint: 'fp_1' };
    const chunks = [
      { ...head, choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }], usage: null },
      { ...head, choices: [{ index: 0, delta: { content: 'Hel' }, finish_reason: null }] },
      { ...head, choices: [{ index: 0, delta: { content: 'lo' }, finish_reason: null }] },
      { ...head, choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
      { ...head, choices: [], usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } },
    ];
    expect(JSON.parse(JSON.stringify(merge(chunks).answer))).deep.equal({
      object: 'chat.completion',
      ...head,
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello' } }],
      usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
    });
  });

  it('keep choices apart and in order', () => {
    const chunks = [
      delta({ content: 'b1' }, 1),
      delta({ content: 'a1' }),
      delta({ content: 'b2' }, 1),
      delta({ content: 'a2' }),
    ];
    const choices = merge(chunks).answer['choices'] as readonly Json[];
    expect(choices.map(({ index, message }) => [index, (message as Json)['content']])).deep.equal([
      [0, 'a1a2'],
      [1, 'b1b2'],
    ]);
  });

  it('join arguments wherever they are split', () => {
    const whole = '{"city":"Zürich 😄","unit":"°C"}';
    for (let at = 0; at <= whole.length; at += 1) {
      const chunks = [
        call({ index: 0, id: 'call_1', type: 'function' }, '', 'look'),
        call({ index: 0 }, whole.slice(0, at)),
        call({ index: 0 }, whole.slice(at)),
      ];
      expect(messageOf(chunks)['tool_calls']).deep.equal([
        { id: 'call_1', type: 'function', function: { name: 'look', arguments: whole } },
      ]);
    }
  });

  it('tell calls apart by index', () => {
    const chunks = [
      call({ index: 0, id: 'call_1' }, '{"a":', 'one'),
      call({ index: 1, id: 'call_2' }, '{"b":', 'two'),
      call({ index: 0 }, '1}'),
      call({ index: 1 }, '2}'),
    ];
    expect(messageOf(chunks)['tool_calls']).deep.equal([
      { id: 'call_1', type: 'function', function: { name: 'one', arguments: '{"a":1}' } },
      { id: 'call_2', type: 'function', function: { name: 'two', arguments: '{"b":2}' } },
    ]);
  });

  it('tell calls apart by id where all have the same index or none', () => {
    for (const same of [{ index: 0 }, {}]) {
      const chunks = [
        call({ ...same, id: 'call_1' }, '{"a":', 'one'),
        call(same, '1}'),
        call({ ...same, id: 'call_2' }, '{"b":', 'two'),
        call(same, '2}'),
      ];
      expect(messageOf(chunks)['tool_calls']).deep.equal([
        { id: 'call_1', type: 'function', function: { name: 'one', arguments: '{"a":1}' } },
        { id: 'call_2', type: 'function', function: { name: 'two', arguments: '{"b":2}' } },
      ]);
    }
  });

  it('go on with a call though every piece has another id, as with old versions of vLLM', () => {
    const chunks = [
      call({ index: 0, id: 'call_1' }, '', 'one'),
      call({ index: 0, id: 'call_x' }, '{"a":'),
      call({ index: 0, id: 'call_y' }, '1}'),
    ];
    expect(messageOf(chunks)['tool_calls']).deep.equal([
      { id: 'call_1', type: 'function', function: { name: 'one', arguments: '{"a":1}' } },
    ]);
  });

  it('make calls of custom tools and of legacy functions', () => {
    const custom = (input: string, name?: string): Json =>
      delta({ tool_calls: [{ index: 0, type: 'custom', custom: { ...(name && { name }), input } }] });
    expect(messageOf([custom('print', 'run'), custom('(1)')])['tool_calls']).deep.equal([
      { type: 'custom', custom: { name: 'run', input: 'print(1)' } },
    ]);
    const legacy = [
      delta({ function_call: { name: 'look', arguments: '{' } }),
      delta({ function_call: { arguments: '}' } }),
    ];
    expect(messageOf(legacy)['function_call']).deep.equal({ name: 'look', arguments: '{}' });
  });

  it('reason, refuse and speak', () => {
    const chunks = [
      delta({ reasoning_content: 'be' }),
      delta({ reasoning: 'cause' }),
      delta({ refusal: 'I ' }),
      delta({ refusal: 'will not' }),
      delta({ audio: { id: 'audio_1' } }),
      delta({ audio: { transcript: 'Good ' } }),
      delta({ audio: { transcript: 'day', expires_at: 1 } }),
    ];
    expect(messageOf(chunks)).deep.equal({
      role: 'assistant',
      content: null,
      reasoning_content: 'because',
      refusal: 'I will not',
      audio: { id: 'audio_1', transcript: 'Good day' },
    });
  });

  it('leave out the bytes of what is spoken, and say so', () => {
    const { answer, isCut } = merge([delta({ audio: { id: 'audio_1', data: 'AA==' } })]);
    expect(JSON.stringify(answer)).not.contain('AA==');
    expect(isCut).equal(true);
  });

  it('think in lists of parts', () => {
    const thought = { type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] };
    const message = messageOf([delta({ content: [thought] }), delta({ content: [{ type: 'text', text: 'yes' }] })]);
    expect([message['reasoning_content'], message['content']]).deep.equal(['hm', 'yes']);
  });

  it('have the last usage that came, wherever it stands', () => {
    const chunks = [
      { choices: [], usage: { prompt_tokens: 1 } },
      { choices: [{ delta: {}, usage: { prompt_tokens: 2 } }] },
    ];
    expect(merge(chunks).answer['usage']).property('prompt_tokens', 2);
    expect(merge([delta({})]).answer).not.property('usage');
  });

  it('keep a finish reason that a later chunk does not repeat', () => {
    const chunks = [
      { choices: [{ delta: {}, finish_reason: 'stop' }] },
      { choices: [{ delta: {}, finish_reason: null }] },
    ];
    expect(merge(chunks).answer['choices']).deep.equal([
      { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: null } },
    ]);
  });

  it('keep facts and structure when the budget is used up', () => {
    const chunks = [
      delta({ content: 'Hello' }),
      call({ index: 0, id: 'call_1' }, '{"a":1}', 'look'),
      { id: 'chatcmpl-1', choices: [{ delta: {}, finish_reason: 'tool_calls' }], usage: { total_tokens: 9 } },
    ];
    const { answer, isCut } = merge(chunks, 4);
    expect(isCut).equal(true);
    expect(JSON.parse(JSON.stringify(answer))).deep.equal({
      object: 'chat.completion',
      id: 'chatcmpl-1',
      choices: [
        {
          index: 0,
          finish_reason: 'tool_calls',
          message: {
            role: 'assistant',
            content: 'Hell',
            tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'look', arguments: '' } }],
          },
        },
      ],
      usage: { total_tokens: 9 },
    });
  });

  it('can be asked for at any time', () => {
    const budget = { remaining: 100, isCut: false };
    const merger = createChatMerger();
    expect(merger.response()).deep.equal({ object: 'chat.completion', choices: [] });
    merger.add(delta({ content: 'a' }), budget);
    merger.response();
    merger.add(delta({ content: 'b' }), budget);
    expect(JSON.stringify(merger.response())).contain('"ab"');
  });

  it('are not looked at without end', () => {
    const choices = Array.from({ length: 300 }, (_, index) => ({ index, delta: { content: 'a' } }));
    const many = merge([{ choices }]);
    expect(many.answer['choices']).length(128);
    expect(many.isCut).equal(true);
    const calls = Array.from({ length: 2_000 }, (_, index) => ({ index, id: `${index}`, function: { name: 'a' } }));
    const made = merge([delta({ tool_calls: calls })]);
    expect(JSON.stringify(made.answer).match(/"name"/g)).length(1_024);
    expect(made.isCut).equal(true);
  });
});
