import type { HrTime } from '@opentelemetry/api';
import { expect } from 'chai';
import { langfuse } from '#lib/genai/vocabularies/langfuse.js';
import { briefChat, madeSpans, recordOf } from './made-spans.js';
import type { MadeSpan } from './made-spans.js';

const render = (span: MadeSpan, startTime?: HrTime): Record<string, unknown> =>
  langfuse.render(recordOf(span), startTime === undefined ? {} : { startTime });

const parsed = (value: unknown): unknown => JSON.parse(value as string);

const usageOf = (counts: Record<string, number>): unknown =>
  parsed(render({ attributes: counts })['langfuse.observation.usage_details']);

const TYPES = {
  llm: 'generation',
  embedding: 'embedding',
  retrieval: 'retriever',
  rerank: 'retriever',
  tool: 'tool',
  agent: 'agent',
  workflow: 'chain',
  task: 'chain',
  policy: 'guardrail',
  remediation: 'chain',
  external: 'span',
  chain: 'span',
};

describe('vocabulary langfuse', () => {
  for (const [kind, span] of Object.entries(madeSpans)) {
    it(`gives ${kind} its type, and nothing that Langfuse would count or take for content again`, () => {
      const attributes = render(span);
      expect(attributes['langfuse.observation.type']).equal(TYPES[kind as keyof typeof TYPES]);
      const again =
        /^(gen_ai\.(usage|request|prompt|input|output|system_instructions|completion)|llm\.|input\.|output\.)/;
      expect(Object.keys(attributes).filter((key) => again.test(key))).deep.equal([]);
      expect(Object.values(attributes).every((value) => typeof value !== 'object' || Array.isArray(value))).equal(true);
    });
  }

  it('splits usage into buckets that share no token', () => {
    expect(parsed(render(madeSpans.llm)['langfuse.observation.usage_details'])).deep.equal({
      input: 150,
      input_cached_tokens: 800,
      input_cache_creation: 50,
      output: 60,
      output_reasoning: 40,
    });
    expect(usageOf({ 'gen_ai.usage.input_tokens': 10, 'gen_ai.usage.total_tokens': 12 })).deep.equal({
      input: 10,
      total: 12,
    });
  });

  it('takes no token out of its whole twice, and more than the whole never', () => {
    const audio = { 'gen_ai.usage.input_tokens': 10, 'gen_ai.usage.cache_read.input_tokens': 8 };
    expect(usageOf({ ...audio, 'gen_ai.usage.audio.input_tokens': 5 })).deep.equal({
      input: 0,
      input_cached_tokens: 8,
      input_audio_tokens: 2,
    });
    expect(usageOf({ 'gen_ai.usage.cache_read.input_tokens': 8 })).deep.equal({ input_cached_tokens: 8 });
    expect(usageOf({ 'gen_ai.usage.output_tokens': 4, 'gen_ai.usage.audio.output_tokens': 3 })).deep.equal({
      output: 1,
      output_audio_tokens: 3,
    });
  });

  it('invents no usage and no cost', () => {
    const attributes = render({ attributes: { 'gen_ai.operation.name': 'chat' } });
    expect(attributes).deep.equal({ 'langfuse.observation.type': 'generation' });
    expect(render(madeSpans.rerank)).include({ 'spanwright.usage.search_units': 1 });
    expect(render(madeSpans.rerank)).not.property('langfuse.observation.usage_details');
  });

  it('has model, parameters, cost and prompt', () => {
    const attributes = render(madeSpans.llm);
    expect(attributes).include({
      'langfuse.observation.model.name': 'gpt-4o-2024-08-06',
      'langfuse.observation.cost_details': '{"total":0.0042}',
      'langfuse.observation.prompt.name': 'triage',
      'langfuse.observation.prompt.version': 3,
      'langfuse.observation.metadata.prompt_variables': '{"name":"Ann","limits":{"rpm":60}}',
    });
    expect(parsed(attributes['langfuse.observation.model.parameters'])).deep.equal({
      model: 'support-deployment',
      max_tokens: 256,
      temperature: 0.2,
      stop_sequences: ['END'],
      stream: true,
    });
  });

  it('keeps a version that Langfuse would refuse as metadata', () => {
    const attributes = render({ attributes: { 'gen_ai.prompt.name': 'triage', 'gen_ai.prompt.version': 'v2' } });
    expect(attributes).include({ 'langfuse.observation.metadata.prompt_version': 'v2' });
    expect(attributes).not.property('langfuse.observation.prompt.version');
  });

  it('has the context on the trace', () => {
    expect(render(madeSpans.llm)).deep.include({
      'langfuse.session.id': 's-1',
      'langfuse.user.id': 'u-1',
      'langfuse.trace.tags': ['beta', 'eu'],
      'langfuse.trace.metadata.plan': 'pro',
      'langfuse.trace.metadata.limits': '{"rpm":60}',
      'gen_ai.conversation.id': 'c-1',
    });
    expect(render(madeSpans.agent)).include({ 'langfuse.session.id': 'c-1' });
    expect(render(madeSpans.agent)).not.property('gen_ai.conversation.id');
    const odd = render({ attributes: { 'spanwright.metadata': '[1]' } });
    expect(odd).include({ 'langfuse.trace.metadata.metadata': '[1]' });
  });

  it('says when the answer began, where both times are known', () => {
    const start: HrTime = [1_763_000_000, 500_000_000];
    expect(render(madeSpans.llm, start)).include({
      'langfuse.observation.completion_start_time': new Date(1_763_000_000_750).toISOString(),
    });
    expect(render(madeSpans.llm, start)).not.property('gen_ai.response.time_to_first_chunk');
    expect(render(madeSpans.llm)).include({ 'gen_ai.response.time_to_first_chunk': 0.25 });
    expect(render(briefChat, start)).not.property('langfuse.observation.completion_start_time');
    const far = { attributes: { 'gen_ai.response.time_to_first_chunk': 1e300 } };
    expect(render(far, start)).include({ 'gen_ai.response.time_to_first_chunk': 1e300 });
  });

  it('marks a failed span and no other', () => {
    expect(render(madeSpans.tool)).include({
      'langfuse.observation.level': 'ERROR',
      'langfuse.observation.status_message': 'took too long',
      'error.type': 'TimeoutError',
    });
    expect(render(madeSpans.policy)).not.property('langfuse.observation.level');
  });

  it('shows content as one input and one output', () => {
    expect(render(briefChat)).include({
      'langfuse.observation.input': 'ping',
      'langfuse.observation.output': 'pong',
    });
    expect(parsed(render(madeSpans.llm)['langfuse.observation.input'])).keys('messages', 'tools');
    expect(render(madeSpans.tool)).include({
      'langfuse.observation.input': '{"x":1}',
      'langfuse.observation.output': 'a cat',
    });
    expect(parsed(render(madeSpans.rerank)['langfuse.observation.input'])).deep.equal({
      query: 'refunds',
      documents: ['a week', 'never'],
    });
    expect(render(madeSpans.chain)).include({ 'langfuse.observation.output': '[1,2]' });
  });

  it('keeps what it has no name for', () => {
    expect(render(madeSpans.llm)).deep.include({
      'gen_ai.provider.name': 'azure.ai.openai',
      'gen_ai.response.id': 'chatcmpl-1',
      'gen_ai.response.finish_reasons': ['tool_calls'],
      'openai.api.type': 'chat_completions',
      'run.id': 'run-1',
      'spanwright.price_table': 'built-in 2026-11-01',
      'spanwright.tenant': 'acme',
      'spanwright.call.type': 'llm',
      'spanwright.request.digest': 'hmac-sha256:aa',
      'spanwright.arguments': '[{"ticket":7}]',
      'ticket.id': 'T-7',
    });
    expect(render(madeSpans.remediation)).include({ 'remediation.strategy': 'retry', 'remediation.success': true });
  });

  it('lets Langfuse tell the type of a span that somebody else made', () => {
    expect(render({ attributes: { 'ai.operationId': 'ai.generateText' } })).deep.equal({
      'ai.operationId': 'ai.generateText',
    });
    expect(render({ attributes: { 'openinference.span.kind': 'LLM' } })).include({
      'langfuse.observation.type': 'generation',
    });
  });
});
