import { expect } from 'chai';
import { llm } from '#lib/genai/vocabularies/llm.js';
import { briefChat, madeSpans, recordOf } from './made-spans.js';
import type { MadeSpan } from './made-spans.js';

const render = (span: MadeSpan, durationMs?: number): Record<string, unknown> =>
  llm.render(recordOf(span), durationMs === undefined ? {} : { durationMs });

describe('vocabulary llm', () => {
  it('has the flat names of a call', () => {
    expect(render(madeSpans.llm)).include({
      'llm.model': 'support-deployment',
      'llm.call_type': 'chat',
      'llm.tokens_in': 1000,
      'llm.tokens_out': 100,
      'llm.cost_usd': 0.0042,
      'llm.latency_ms': 730,
      'llm.cached': false,
    });
  });

  it('takes the latency of the span where no external call was measured', () => {
    expect(render(briefChat, 41.5)).include({ 'llm.latency_ms': 41.5 });
    expect(render(briefChat)).not.property('llm.latency_ms');
    expect(render(madeSpans.task, 41.5)).not.property('llm.latency_ms');
  });

  it('has content as JSON, and no other', () => {
    expect(render(briefChat)).include({ 'llm.input': '"ping"', 'llm.output': '"pong"' });
    const attributes = render(madeSpans.llm);
    expect(JSON.parse(attributes['llm.input'] as string)).keys('messages', 'tools');
    const content = /messages|system_instructions|definitions|retrieval|embedding\.texts/;
    expect(Object.keys(attributes).filter((key) => content.test(key))).deep.equal([]);
    expect(render(madeSpans.embedding)).include({ 'llm.input': '["first","second"]' });
    expect(render(madeSpans.retrieval)).include({ 'llm.input': '"refunds"' });
  });

  it('sends no translated fact a second time', () => {
    const attributes = render(madeSpans.llm);
    const translated = new Set([
      'gen_ai.operation.name',
      'gen_ai.request.model',
      'gen_ai.usage.input_tokens',
      'gen_ai.usage.output_tokens',
      'gen_ai.usage.cost',
      'spanwright.cached',
    ]);
    expect(Object.keys(attributes).filter((key) => translated.has(key))).deep.equal([]);
    const { 'gen_ai.request.model': model, ...others } = madeSpans.llm.attributes;
    const answered = render({ attributes: { ...others, 'gen_ai.response.model': model } });
    expect(answered).include({ 'llm.model': model });
    expect(answered).not.property('gen_ai.response.model');
  });

  it('keeps what it has no name for', () => {
    expect(render(madeSpans.llm)).deep.include({
      'gen_ai.provider.name': 'azure.ai.openai',
      'gen_ai.response.model': 'gpt-4o-2024-08-06',
      'gen_ai.usage.cache_read.input_tokens': 800,
      'gen_ai.request.temperature': 0.2,
      'gen_ai.prompt.variable.name': 'Ann',
      'session.id': 's-1',
      'spanwright.metadata': '{"plan":"pro","limits":{"rpm":60}}',
      'spanwright.call.latency_ms': 730,
      'spanwright.request.digest': 'hmac-sha256:aa',
      'run.id': 'run-1',
      'ticket.id': 'T-7',
    });
  });

  it('leaves tasks, policies, remediations, tools and external calls as they are', () => {
    for (const kind of ['task', 'policy', 'remediation', 'external', 'workflow'] as const) {
      expect(render(madeSpans[kind])).deep.equal(madeSpans[kind].attributes);
    }
    expect(render(madeSpans.tool)).deep.equal({
      ...madeSpans.tool.attributes,
      'gen_ai.tool.call.arguments': '{"x":1}',
      'gen_ai.tool.call.result': 'a cat',
    });
    expect(render(madeSpans.agent)).include({ 'spanwright.arguments': '["help me"]' });
  });
});
