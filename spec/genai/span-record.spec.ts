import type { Attributes } from '@opentelemetry/api';
import { expect } from 'chai';
import type { SpanRecord } from '#lib/genai/span-record.js';
import { readSpanRecord } from '#lib/genai/span-record.js';
import { madeSpans, recordOf } from './vocabularies/made-spans.js';

const read = (attributes: Attributes, content?: Record<string, unknown>): SpanRecord =>
  recordOf({ attributes, ...(content === undefined ? {} : { content }) });

describe('record of a span', () => {
  for (const [kind, span] of Object.entries(madeSpans)) {
    it(`tells ${kind}`, () => {
      expect(recordOf(span).kind).equal(kind);
    });
  }

  it('keeps what no field takes', () => {
    const record = read({ 'ticket.id': 'T-7', 'gen_ai.data_source.id': 'kb', 'gen_ai.usage.input_tokens': '12' });
    expect(record.rest).deep.equal({
      'ticket.id': 'T-7',
      'gen_ai.data_source.id': 'kb',
      'gen_ai.usage.input_tokens': '12',
    });
    expect(record.call).undefined;
  });

  it('has the operation of what is no call to a model', () => {
    expect(recordOf(madeSpans.agent)).include({ kind: 'agent', operation: 'invoke_agent' });
    expect(recordOf(madeSpans.agent).call).undefined;
    expect(recordOf(madeSpans.llm).operation).undefined;
    expect(recordOf(madeSpans.llm).call?.operation).equal('chat');
  });

  it('has the metadata of the context as an object, and as text where it is no JSON', () => {
    expect(recordOf(madeSpans.llm).context).deep.equal({
      sessionId: 's-1',
      userId: 'u-1',
      conversationId: 'c-1',
      tenant: 'acme',
      tags: ['beta', 'eu'],
      metadata: { plan: 'pro', limits: { rpm: 60 } },
      runId: 'run-1',
    });
    expect(read({ 'spanwright.metadata': '{"plan":' }).context).deep.equal({ metadata: '{"plan":' });
  });

  it('has the message of a status only when the status is an error', () => {
    expect(recordOf(madeSpans.tool)).include({
      isFailed: true,
      statusMessage: 'took too long',
      errorType: 'TimeoutError',
    });
    const unfailed = recordOf({ attributes: { 'error.type': 'Gone' }, status: { code: 0, message: 'expected' } });
    expect(unfailed).include({ isFailed: false, errorType: 'Gone' });
    expect(unfailed).not.property('statusMessage');
  });

  it('keeps a price table that has no price', () => {
    expect(read({ 'spanwright.price_table': 'built-in' })).deep.include({
      rest: { 'spanwright.price_table': 'built-in' },
    });
  });
});

describe('record of a foreign span', () => {
  it('takes older and newer names for the same', () => {
    const { call, rest } = read({
      'gen_ai.system': 'az.ai.openai',
      'gen_ai.usage.prompt_tokens': 10,
      'gen_ai.usage.completion_tokens': 2,
      'gen_ai.usage.cache_read_input_tokens': 3,
      'gen_ai.usage.cache_write.input_tokens': 4,
    });
    expect(call).deep.equal({
      provider: 'azure.ai.openai',
      usage: { inputTokens: 10, outputTokens: 2, cacheReadTokens: 3, cacheWriteTokens: 4 },
    });
    expect(rest).deep.equal({});
  });

  it('prefers the names of the conventions in either order', () => {
    const pairs: Attributes[] = [
      { 'gen_ai.system': 'openai', 'gen_ai.provider.name': 'groq' },
      { 'gen_ai.provider.name': 'groq', 'gen_ai.system': 'openai' },
    ];
    expect(pairs.map((pair) => read(pair).call)).deep.equal([{ provider: 'groq' }, { provider: 'groq' }]);
  });

  it('takes messages from JSON texts', () => {
    const { call, rest } = read({
      'gen_ai.operation.name': 'chat',
      'gen_ai.response.finish_reasons': ['length'],
      'gen_ai.input.messages': '[{"role":"user","parts":[{"type":"text","content":"ping"}]}]',
      'gen_ai.output.messages': '[{"role":"assistant","parts":[{"type":"text","content":"pong"}]}]',
    });
    expect(call?.messages).deep.equal({
      input: [{ role: 'user', parts: [{ type: 'text', content: 'ping' }] }],
      output: [{ role: 'assistant', parts: [{ type: 'text', content: 'pong' }], finish_reason: 'length' }],
    });
    expect(rest).deep.equal({});
  });

  it('takes messages from the event of details', () => {
    const record = readSpanRecord(
      {
        name: 'chat',
        kind: 2,
        attributes: { 'gen_ai.operation.name': 'chat' },
        events: [
          { name: 'other', attributes: { 'gen_ai.input.messages': '[{"role":"user","parts":[]}]' } },
          {
            name: 'gen_ai.client.inference.operation.details',
            attributes: { 'gen_ai.output.messages': '[{"role":"assistant","parts":[]}]', 'gen_ai.request.model': 'm' },
          },
        ],
        status: { code: 2 },
      },
      undefined,
    );
    expect(record.call?.messages).deep.equal({ output: [{ role: 'assistant', parts: [], finish_reason: 'error' }] });
  });

  it('leaves counts that are none, and messages that are no list, where they are', () => {
    const attributes = {
      'gen_ai.usage.input_tokens': -1,
      'gen_ai.usage.output_tokens': 0.5,
      'gen_ai.input.messages': '{"role":"user"}',
    };
    expect(read(attributes)).deep.include({ rest: attributes });
    expect(read(attributes).call).undefined;
  });

  it('leaves a text that was cut where it is', () => {
    const cut = '[{"role":"user","parts":[{"type":"te';
    expect(read({ 'gen_ai.input.messages': cut })).deep.include({ rest: { 'gen_ai.input.messages': cut } });
  });

  it('prefers content beside the span', () => {
    const beside = { 'gen_ai.tool.call.result': { whole: true } };
    expect(read({ 'gen_ai.tool.call.result': '{"whole":false}' }, beside).tool).deep.equal({ result: { whole: true } });
  });

  it('tells the kind by the convention it was written in', () => {
    expect(read({ 'openinference.span.kind': 'LLM' })).deep.include({
      kind: 'llm',
      rest: { 'openinference.span.kind': 'LLM' },
    });
    expect(read({ 'traceloop.span.kind': 'tool' }).kind).equal('tool');
    expect(read({ 'gen_ai.request.model': 'm' }).kind).equal('llm');
    expect(read({ 'gen_ai.tool.name': 'look', 'gen_ai.system': 'openai' }).kind).equal('tool');
  });

  it('keeps parts of other types, and parts that lack what their type must have', () => {
    const parts = [
      { type: 'thinking_summary', text: 'x' },
      { type: 'tool_call', arguments: {} },
      { type: 'text', content: 5 },
      { type: 'tool_call', id: 7, name: 'look' },
      { type: 'tool_call_response', result: 1 },
      { kind: 'none' },
      'bare',
      9,
    ];
    const { call } = read({}, { 'gen_ai.input.messages': [{ role: 'user', parts }] });
    expect(call?.messages?.input?.[0]?.parts).deep.equal([
      { type: 'vendor', vendor_type: 'thinking_summary', text: 'x' },
      { type: 'vendor', vendor_type: 'tool_call', arguments: {} },
      { type: 'text', content: '5' },
      { type: 'tool_call', name: 'look' },
      { type: 'tool_call_response', response: 1 },
      { type: 'vendor', vendor_type: 'untyped', kind: 'none' },
      { type: 'text', content: 'bare' },
    ]);
  });

  it('takes a text for a message, and tools in the form of OpenAI', () => {
    const { call } = read(
      {},
      {
        'gen_ai.input.messages': 'ping',
        'gen_ai.system_instructions': 'Be brief.',
        'gen_ai.output.messages': 'pong',
        'gen_ai.tool.definitions': [{ type: 'function', function: { name: 'look', parameters: {} } }, { type: 'x' }, 3],
        'gen_ai.retrieval.documents': [{ id: 4, score: 'high' }, 'bare', null],
      },
    );
    expect(call?.messages).deep.equal({
      system: [{ type: 'text', content: 'Be brief.' }],
      input: [{ role: 'user', parts: [{ type: 'text', content: 'ping' }] }],
      output: [{ role: 'assistant', parts: [{ type: 'text', content: 'pong' }], finish_reason: 'unknown' }],
      tools: [{ type: 'function', name: 'look', parameters: {} }],
      documents: [{ id: '4' }, { id: '', content: 'bare' }],
    });
  });

  it('keeps a message without parts, and none without a role either', () => {
    const { call } = read({}, { 'gen_ai.input.messages': [{ role: 'user' }, { parts: [] }, { text: 'lost' }] });
    expect(call?.messages?.input).deep.equal([
      { role: 'user', parts: [] },
      { role: 'unknown', parts: [] },
    ]);
  });
});
