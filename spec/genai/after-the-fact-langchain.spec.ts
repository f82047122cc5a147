import { expect } from 'chai';
import { recordLlmCall } from 'spanwright';
import { onlySpanOf, spansOf } from '../decorators/captured.js';
import { columnOf, inputOf, outputOf } from './span-columns.js';

// source: @langchain/core 1.4, dist/messages/base.js: fields of instances, `toJSON` and `toDict`.
class Message {
  readonly lc_serializable = true;
  readonly lc_namespace = ['langchain_core', 'messages'];
  readonly type: string;

  constructor(type: string, fields: object) {
    this.type = type;
    Object.assign(this, { additional_kwargs: {}, response_metadata: {} }, fields);
  }
}

interface Written {
  readonly type: string;
  readonly fields: object;
}

const TALK: readonly Written[] = [
  { type: 'human', fields: { content: 'Rain in Oslo?', id: 'h-1' } },
  {
    type: 'ai',
    fields: {
      id: 'chatcmpl-1',
      content: '',
      tool_calls: [{ name: 'weather', args: { city: 'Oslo' }, id: 'call_1', type: 'tool_call' }],
      usage_metadata: {
        input_tokens: 10,
        output_tokens: 5,
        total_tokens: 15,
        input_token_details: { cache_read: 4 },
        output_token_details: { reasoning: 2 },
      },
      response_metadata: { model_provider: 'openai', model_name: 'gpt-4o-2024-08-06', finish_reason: 'tool_calls' },
    },
  },
  { type: 'tool', fields: { content: 'wet', tool_call_id: 'call_1', name: 'weather' } },
  {
    type: 'ai',
    fields: {
      id: 'chatcmpl-2',
      content: [{ type: 'text', text: 'Yes.' }],
      tool_calls: [],
      usage_metadata: { input_tokens: 30, output_tokens: 7, total_tokens: 37 },
      response_metadata: { model_provider: 'openai', model_name: 'gpt-4o-2024-08-06', finish_reason: 'stop' },
    },
  },
];

const CLASSES: Readonly<Record<string, string>> = { human: 'HumanMessage', ai: 'AIMessage', tool: 'ToolMessage' };
const FORMS: Readonly<Record<string, (message: Written) => unknown>> = {
  instances: ({ type, fields }) => new Message(type, fields),
  'toJSON()': ({ type, fields }) => ({
    lc: 1,
    type: 'constructor',
    id: ['langchain_core', 'messages', CLASSES[type]],
    kwargs: fields,
  }),
  'toDict()': ({ type, fields }) => ({ type, data: fields }),
  "Python's dumps": ({ type, fields }) => ({ type, ...fields }),
};

describe('recordLlmCall with the messages of LangChain', () => {
  for (const [form, make] of Object.entries(FORMS)) {
    it(`writes a span for each message of the model: ${form}`, async () => {
      const spans = await spansOf(() =>
        recordLlmCall({ messages: [{ role: 'user', content: 'Rain in Oslo?' }] }, { messages: TALK.map(make) }),
      );
      expect(columnOf(spans, 'usage.input_tokens')).to.deep.equal([10, 30]);
      expect(columnOf(spans, 'usage.output_tokens')).to.deep.equal([5, 7]);
      expect(columnOf(spans, 'usage.cache_read.input_tokens')).to.deep.equal([4, undefined]);
      expect(columnOf(spans, 'response.id')).to.deep.equal(['chatcmpl-1', 'chatcmpl-2']);
      expect(columnOf(spans, 'response.model')).to.deep.equal(['gpt-4o-2024-08-06', 'gpt-4o-2024-08-06']);
      expect(columnOf(spans, 'response.finish_reasons')).to.deep.equal([['tool_calls'], ['stop']]);
      expect(columnOf(spans, 'provider.name')).to.deep.equal(['openai', 'openai']);
      const asked = { role: 'user', parts: [{ type: 'text', content: 'Rain in Oslo?' }] };
      const call = { type: 'tool_call', id: 'call_1', name: 'weather', arguments: { city: 'Oslo' } };
      expect(inputOf(spans[0])).to.deep.equal([asked]);
      expect(outputOf(spans[0])).to.deep.equal([{ role: 'assistant', parts: [call], finish_reason: 'tool_call' }]);
      expect(inputOf(spans[1])).to.deep.equal([
        asked,
        { role: 'assistant', parts: [call] },
        { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_1', response: 'wet' }] },
      ]);
      expect(outputOf(spans[1])).to.deep.equal([
        { role: 'assistant', parts: [{ type: 'text', content: 'Yes.' }], finish_reason: 'stop' },
      ]);
    });
  }

  it('does not count again what was said before the request', async () => {
    const make = FORMS['instances'] as (message: Written) => unknown;
    const again = [
      ...TALK,
      { type: 'human', fields: { content: 'And Bergen?', id: 'h-2' } },
      {
        type: 'ai',
        fields: { content: 'Always.', usage_metadata: { input_tokens: 50, output_tokens: 2, total_tokens: 52 } },
      },
    ].map(make);
    for (const asked of [
      { messages: again.slice(0, 5) },
      { messages: [{ role: 'user', content: 'And Bergen?' }] },
      { messages: [['human', 'And Bergen?']] },
      { messages: 'And Bergen?' },
    ]) {
      const span = await onlySpanOf(() => recordLlmCall(asked, { messages: again }));
      expect(span.attributes['gen_ai.usage.input_tokens']).to.equal(50);
      expect(inputOf(span)).to.have.lengthOf(5);
    }
  });

  it('takes an answer that repeats the question for an answer', async () => {
    const talk = [new Message('human', { content: 'Oslo' }), new Message('ai', { content: 'Oslo' })];
    expect(await spansOf(() => recordLlmCall({ messages: [['user', 'Oslo']] }, { messages: talk }))).to.have.lengthOf(
      1,
    );
    const span = await onlySpanOf(() => recordLlmCall({ messages: 'Oslo' }, { messages: talk }));
    expect(outputOf(span)).to.have.nested.property('[0].parts[0].content', 'Oslo');
  });

  it('takes the list alone, and one message as one answer', async () => {
    const list = TALK.map(FORMS['instances'] as (message: Written) => unknown);
    expect(await spansOf(() => recordLlmCall({ model: 'gpt-4o' }, list))).to.have.lengthOf(2);
    const span = await onlySpanOf(() => recordLlmCall({ model: 'gpt-4o', messages: list.slice(0, 3) }, list[3]));
    expect(span.name).to.equal('chat gpt-4o');
    expect(span.attributes['gen_ai.usage.input_tokens']).to.equal(30);
    expect(inputOf(span)).to.have.lengthOf(3);
  });

  it("believes Claude's own figures of its cache", async () => {
    const usage = { input_tokens: 3, output_tokens: 9, cache_read_input_tokens: 100, cache_creation_input_tokens: 20 };
    const answer = new Message('ai', {
      content: 'a',
      usage_metadata: { input_tokens: 3, output_tokens: 9, total_tokens: 12, input_token_details: { cache_read: 100 } },
      response_metadata: {
        model_provider: 'anthropic',
        id: 'msg_1',
        model: 'claude-x',
        stop_reason: 'end_turn',
        usage,
      },
    });
    const span = await onlySpanOf(() => recordLlmCall({ messages: [new Message('human', { content: 'q' })] }, answer));
    expect(span.attributes).to.include({
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.response.id': 'msg_1',
      'gen_ai.usage.input_tokens': 123,
      'gen_ai.usage.cache_read.input_tokens': 100,
    });
  });
});
