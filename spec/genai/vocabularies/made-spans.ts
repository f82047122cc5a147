import type { Attributes } from '@opentelemetry/api';
import type { SpanRecord } from '#lib/genai/span-record.js';
import { readSpanRecord } from '#lib/genai/span-record.js';

/** A span as a call leaves it: facts on it, content beside it. */
export interface MadeSpan {
  readonly attributes: Attributes;
  readonly content?: Record<string, unknown>;
  readonly status?: { readonly code: number; readonly message?: string };
}

/** The neutral record of a made span. */
export function recordOf({ attributes, content, status = { code: 0 } }: MadeSpan): SpanRecord {
  return readSpanRecord({ name: 'made', kind: 0, attributes, events: [], status }, content);
}

const text = (content: string): object => ({ type: 'text', content });

/** A chat with everything that one can have. */
export const chat: MadeSpan = {
  attributes: {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'azure.ai.openai',
    'gen_ai.request.model': 'support-deployment',
    'gen_ai.response.model': 'gpt-4o-2024-08-06',
    'gen_ai.usage.input_tokens': 1000,
    'gen_ai.usage.output_tokens': 100,
    'gen_ai.usage.cache_read.input_tokens': 800,
    'gen_ai.usage.cache_creation.input_tokens': 50,
    'gen_ai.usage.reasoning.output_tokens': 40,
    'gen_ai.usage.cost': 0.0042,
    'spanwright.price_table': 'built-in 2026-11-01',
    'spanwright.cached': false,
    'gen_ai.request.temperature': 0.2,
    'gen_ai.request.max_tokens': 256,
    'gen_ai.request.stop_sequences': ['END'],
    'gen_ai.request.stream': true,
    'gen_ai.response.id': 'chatcmpl-1',
    'gen_ai.response.finish_reasons': ['tool_calls'],
    'gen_ai.response.time_to_first_chunk': 0.25,
    'openai.api.type': 'chat_completions',
    'gen_ai.prompt.name': 'triage',
    'gen_ai.prompt.version': '3',
    'session.id': 's-1',
    'user.id': 'u-1',
    'gen_ai.conversation.id': 'c-1',
    'spanwright.tenant': 'acme',
    'spanwright.tags': ['beta', 'eu'],
    'spanwright.metadata': '{"plan":"pro","limits":{"rpm":60}}',
    'run.id': 'run-1',
    'spanwright.call.type': 'llm',
    'spanwright.call.provider': 'azure',
    'spanwright.call.status': 200,
    'spanwright.call.latency_ms': 730,
    'spanwright.request.digest': 'hmac-sha256:aa',
    'spanwright.response.digest': 'hmac-sha256:bb',
    'ticket.id': 'T-7',
    'code.function.name': 'Triage.ask',
  },
  content: {
    'gen_ai.system_instructions': [text('Be brief.')],
    'gen_ai.input.messages': [
      {
        role: 'user',
        name: 'ann',
        parts: [
          text('What is on this picture?'),
          { type: 'uri', modality: 'image', uri: 'https://example.test/a.png' },
          { type: 'blob', modality: 'audio', mime_type: 'audio/wav', content: 'UklGRg==' },
          { type: 'file', modality: 'document', file_id: 'file-1' },
        ],
      },
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: 'Look first.' },
          { type: 'redacted_reasoning', data: 'Ehc=' },
          { type: 'tool_call', id: 'call_1', name: 'look', arguments: { x: 1 } },
          { type: 'server_tool_call', id: 'srv_1', name: 'search', server_tool_call: { type: 'web_search', q: 'cat' } },
        ],
      },
      {
        role: 'tool',
        parts: [
          { type: 'tool_call_response', id: 'call_1', response: { seen: 'a cat' } },
          { type: 'tool_call_response', id: 'call_2', response: 'nothing' },
        ],
      },
    ],
    'gen_ai.output.messages': [
      {
        role: 'assistant',
        finish_reason: 'tool_call',
        parts: [
          { type: 'refusal', content: 'Not that.' },
          { type: 'vendor', vendor_type: 'mcp_approval_request', server_label: 'files' },
          { type: 'tool_call', id: 'call_3', name: 'look', arguments: {} },
        ],
      },
    ],
    'gen_ai.tool.definitions': [
      { type: 'function', name: 'look', description: 'Looks.', parameters: { type: 'object' }, strict: true },
      { type: 'web_search', name: 'search' },
    ],
    'gen_ai.prompt.variable.name': 'Ann',
    'gen_ai.prompt.variable.limits': { rpm: 60 },
    'spanwright.arguments': [{ ticket: 7 }],
  },
};

/** The shortest chat: one text in, one text out. */
export const briefChat: MadeSpan = {
  attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.usage.input_tokens': 3, 'gen_ai.usage.output_tokens': 1 },
  content: {
    'gen_ai.input.messages': [{ role: 'user', parts: [text('ping')] }],
    'gen_ai.output.messages': [{ role: 'assistant', finish_reason: 'stop', parts: [text('pong')] }],
  },
};

/** Texts that were embedded. */
export const embedding: MadeSpan = {
  attributes: {
    'gen_ai.operation.name': 'embeddings',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'text-embedding-3-small',
    'gen_ai.usage.input_tokens': 8,
    'gen_ai.embeddings.dimension.count': 256,
    'gen_ai.request.encoding_formats': ['float'],
  },
  content: { 'spanwright.embedding.texts': ['first', 'second'] },
};

/** A search that found documents. */
export const retrieval: MadeSpan = {
  attributes: { 'gen_ai.operation.name': 'retrieval', 'gen_ai.data_source.id': 'kb' },
  content: {
    'gen_ai.retrieval.query.text': 'refunds',
    'gen_ai.retrieval.documents': [
      { id: 'd1', score: 0.9, content: 'Refunds take a week.', metadata: { page: 3 } },
      { id: 'd2' },
    ],
  },
};

/** Documents put in order. */
export const rerank: MadeSpan = {
  attributes: {
    'gen_ai.operation.name': 'rerank',
    'gen_ai.provider.name': 'cohere',
    'gen_ai.request.model': 'rerank-v3.5',
    'gen_ai.request.top_k': 1,
    'spanwright.usage.search_units': 1,
  },
  content: {
    'gen_ai.retrieval.query.text': 'refunds',
    'spanwright.embedding.texts': ['a week', 'never'],
    'gen_ai.retrieval.documents': [{ id: '0', score: 0.98 }],
  },
};

/** A tool that failed. */
export const tool: MadeSpan = {
  attributes: {
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': 'look',
    'gen_ai.tool.type': 'function',
    'gen_ai.tool.call.id': 'call_1',
    'gen_ai.tool.description': 'Looks.',
    'error.type': 'TimeoutError',
  },
  content: { 'gen_ai.tool.call.arguments': { x: 1 }, 'gen_ai.tool.call.result': 'a cat' },
  status: { code: 2, message: 'took too long' },
};

/** An agent with what it was given and gave. */
export const agent: MadeSpan = {
  attributes: {
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.agent.name': 'triage',
    'gen_ai.agent.id': 'a-1',
    'gen_ai.agent.description': 'Sorts tickets.',
    'gen_ai.conversation.id': 'c-1',
  },
  content: { 'spanwright.arguments': ['help me'], 'spanwright.result': { category: 'billing' } },
};

/** The other spans, which have facts and no content. */
export const workflow: MadeSpan = { attributes: { 'workflow.name': 'tickets', 'run.id': 'run-1' } };

/** A unit of work. */
export const task: MadeSpan = {
  attributes: { 'task.id': 't-1', 'task.type': 'review', 'task.status': 'completed', 'task.score': 0.5 },
};

/** A refusal by policy. */
export const policy: MadeSpan = {
  attributes: { 'policy.count': 3, 'policy.passed': false, 'policy.violations': 1 },
};

/** A repair. */
export const remediation: MadeSpan = {
  attributes: { 'remediation.strategy': 'retry', 'remediation.trigger': '429', 'remediation.success': true },
};

/** A call to a database. */
export const external: MadeSpan = {
  attributes: {
    'spanwright.call.type': 'sql',
    'spanwright.call.provider': 'pg',
    'spanwright.call.status': 'ok',
    'spanwright.call.latency_ms': 12,
    'spanwright.request.digest': 'hmac-sha256:cc',
    'spanwright.outcome': 'cancelled',
  },
};

/** Any other span. */
export const plain: MadeSpan = {
  attributes: { 'http.request.method': 'GET' },
  content: { 'spanwright.result': [1, 2] },
};

/** All of them by sort. */
export const madeSpans = {
  llm: chat,
  embedding,
  retrieval,
  rerank,
  tool,
  agent,
  workflow,
  task,
  policy,
  remediation,
  external,
  chain: plain,
} as const;
