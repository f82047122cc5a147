import { expect } from 'chai';
import { modelHostOf } from '#lib/genai/vocabularies/model-hosts.js';
import { openinference } from '#lib/genai/vocabularies/openinference.js';
import { problemsOfOpenInference } from '../schemas/openinference.js';
import { madeSpans, recordOf } from './made-spans.js';
import type { MadeSpan } from './made-spans.js';

const render = (span: MadeSpan): Record<string, unknown> => openinference.render(recordOf(span));

const startingWith = (attributes: Record<string, unknown>, prefix: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(attributes).filter(([key]) => key.startsWith(prefix)));

const KINDS = {
  llm: 'LLM',
  embedding: 'EMBEDDING',
  retrieval: 'RETRIEVER',
  rerank: 'RERANKER',
  tool: 'TOOL',
  agent: 'AGENT',
  workflow: 'CHAIN',
  task: 'CHAIN',
  policy: 'GUARDRAIL',
  remediation: 'CHAIN',
  external: 'CHAIN',
  chain: 'CHAIN',
};

describe('vocabulary openinference', () => {
  for (const [kind, span] of Object.entries(madeSpans)) {
    it(`renders ${kind} by its rules`, () => {
      const attributes = render(span);
      expect(attributes['openinference.span.kind']).equal(KINDS[kind as keyof typeof KINDS]);
      expect(problemsOfOpenInference(attributes)).deep.equal([]);
    });
  }

  it('has the facts of a chat under its own names, and no count twice', () => {
    const attributes = render(madeSpans.llm);
    expect(attributes).deep.include({
      'llm.model_name': 'gpt-4o-2024-08-06',
      'llm.request.model_name': 'support-deployment',
      'llm.response.model_name': 'gpt-4o-2024-08-06',
      'llm.provider': 'azure',
      'llm.system': 'openai',
      'llm.finish_reason': 'tool_calls',
      'llm.token_count.prompt': 1000,
      'llm.token_count.completion': 100,
      'llm.token_count.total': 1100,
      'llm.token_count.prompt_details.cache_read': 800,
      'llm.token_count.prompt_details.cache_write': 50,
      'llm.token_count.completion_details.reasoning': 40,
      'llm.cost.total': 0.0042,
      'prompt.id': 'triage',
      'llm.prompt_template.version': '3',
      'llm.prompt_template.variables': '{"name":"Ann","limits":{"rpm":60}}',
      'session.id': 's-1',
      'user.id': 'u-1',
      'tag.tags': ['beta', 'eu'],
      metadata: '{"plan":"pro","limits":{"rpm":60}}',
    });
    expect(JSON.parse(attributes['llm.invocation_parameters'] as string)).deep.equal({
      max_tokens: 256,
      temperature: 0.2,
      stop_sequences: ['END'],
      stream: true,
    });
  });

  it('keeps what it has no name for', () => {
    expect(Object.keys(startingWith(render(madeSpans.llm), 'gen_ai.'))).have.members([
      'gen_ai.response.id',
      'gen_ai.response.time_to_first_chunk',
      'gen_ai.conversation.id',
    ]);
    expect(render(madeSpans.llm)).deep.include({
      'run.id': 'run-1',
      'spanwright.price_table': 'built-in 2026-11-01',
      'spanwright.cached': false,
      'spanwright.tenant': 'acme',
      'spanwright.call.type': 'llm',
      'spanwright.call.provider': 'azure',
      'spanwright.call.status': 200,
      'spanwright.call.latency_ms': 730,
      'spanwright.request.digest': 'hmac-sha256:aa',
      'spanwright.response.digest': 'hmac-sha256:bb',
      'spanwright.arguments': '[{"ticket":7}]',
      'openai.api.type': 'chat_completions',
      'ticket.id': 'T-7',
      'code.function.name': 'Triage.ask',
    });
    expect(render(madeSpans.policy)).include({ 'policy.count': 3, 'policy.passed': false, 'policy.violations': 1 });
    expect(render(madeSpans.task)).include({ 'task.id': 't-1', 'task.type': 'review', 'task.score': 0.5 });
    expect(render(madeSpans.external)).include({ 'spanwright.outcome': 'cancelled' });
    expect(render(madeSpans.tool)).include({ 'error.type': 'TimeoutError', 'gen_ai.tool.type': 'function' });
  });

  it('names a tool, its call and what it was given', () => {
    expect(render(madeSpans.tool)).include({
      'tool.name': 'look',
      'tool.description': 'Looks.',
      'tool.id': 'call_1',
      'input.value': '{"x":1}',
      'output.value': 'a cat',
      'output.mime_type': 'text/plain',
    });
  });

  it('takes a conversation for the session where there is none', () => {
    expect(render(madeSpans.agent)).include({ 'session.id': 'c-1', 'agent.name': 'triage', 'gen_ai.agent.id': 'a-1' });
    expect(render(madeSpans.agent)).not.property('gen_ai.conversation.id');
  });

  it('names request and response apart only where the models differ', () => {
    const attributes = { 'gen_ai.request.model': 'm', 'gen_ai.response.model': 'm' };
    expect(render({ attributes })).deep.equal({ 'openinference.span.kind': 'LLM', 'llm.model_name': 'm' });
  });

  it('keeps how many dimensions came back, and a top k that is no count only as a parameter', () => {
    const embedded = {
      'gen_ai.operation.name': 'embeddings',
      'gen_ai.embeddings.dimension.count': 255,
      'spanwright.request.dimension_count': 256,
      'spanwright.response.dimension_count': 255,
    };
    expect(render({ attributes: embedded })).include({
      'embedding.invocation_parameters': '{"dimensions":256}',
      'gen_ai.embeddings.dimension.count': 255,
    });
    const ranked = { 'gen_ai.operation.name': 'rerank', 'gen_ai.request.top_k': 1.5 };
    expect(render({ attributes: ranked })).deep.equal({
      'openinference.span.kind': 'RERANKER',
      'llm.invocation_parameters': '{"top_k":1.5}',
    });
  });

  it('leaves what another instrumentation wrote', () => {
    const attributes = { 'openinference.span.kind': 'EVALUATOR', 'llm.model_name': 'theirs' };
    expect(render({ attributes })).deep.equal(attributes);
  });

  it('knows who hosts a model and whose it is', () => {
    const hosts = [
      modelHostOf('aws.bedrock', 'us.anthropic.claude-sonnet-4-5-v1:0'),
      modelHostOf('aws.bedrock', 'mistral.mistral-large-2402-v1:0'),
      modelHostOf('aws.bedrock', undefined),
      modelHostOf('mistral_ai', 'anthropic.x'),
      modelHostOf('gcp.vertex_ai', 'gemini-2.5-pro'),
      modelHostOf('groq', 'openai.gpt-oss'),
    ];
    expect(hosts).deep.equal([
      { provider: 'aws', system: 'anthropic' },
      { provider: 'aws', system: 'mistralai' },
      { provider: 'aws' },
      { provider: 'mistralai', system: 'mistralai' },
      { provider: 'google', system: 'vertexai' },
      { provider: 'groq' },
    ]);
  });
});

describe('checker of OpenInference', () => {
  it('finds what its rules forbid', () => {
    expect(
      problemsOfOpenInference({
        'openinference.span.kind': 'chat',
        'llm.token_count.prompt': 1.5,
        'llm.made_up': 1,
        'llm.input_messages.1.message.role': 'user',
        'llm.output_messages.0.message.tool_calls.2.tool_call.function.arguments': '{',
        'input.value': '{',
        'input.mime_type': 'application/json',
        'output.mime_type': 'text/plain',
      }),
    ).deep.equal([
      'openinference.span.kind: chat',
      'llm.token_count.prompt: no count',
      'llm.made_up: no key of OpenInference',
      'llm.output_messages.0.message.tool_calls.2.tool_call.function.arguments: no json',
      'llm.input_messages: indices 1',
      'llm.output_messages.0.message.tool_calls: indices 2',
      'input.value: not of its type application/json',
      'output.mime_type: without a value',
    ]);
    expect(problemsOfOpenInference({ 'openinference.span.kind': 'EMBEDDING', 'llm.system': 'openai' })).deep.equal([
      'llm.system: not used in embedding spans',
    ]);
  });
});
