import type { Attributes } from '@opentelemetry/api';
import type { SortedGroups } from './sort-attributes.js';
import type { SpanSort } from './span-facts.js';
import { GEN_AI } from './vocabularies/gen-ai-names.js';

const OPERATIONS: ReadonlyMap<unknown, SpanSort> = new Map([
  ['chat', 'llm'],
  ['text_completion', 'llm'],
  ['generate_content', 'llm'],
  ['fetch_response', 'llm'],
  ['embeddings', 'embedding'],
  ['retrieval', 'retrieval'],
  ['search_memory', 'retrieval'],
  ['rerank', 'rerank'],
  ['execute_tool', 'tool'],
  ['invoke_agent', 'agent'],
  ['create_agent', 'agent'],
  ['plan', 'agent'],
  ['invoke_workflow', 'workflow'],
]);

const FOREIGN_KINDS: ReadonlyMap<unknown, SpanSort> = new Map([
  ['LLM', 'llm'],
  ['EMBEDDING', 'embedding'],
  ['RETRIEVER', 'retrieval'],
  ['RERANKER', 'rerank'],
  ['TOOL', 'tool'],
  ['AGENT', 'agent'],
  ['GUARDRAIL', 'policy'],
  ['tool', 'tool'],
  ['agent', 'agent'],
  ['workflow', 'workflow'],
  ['task', 'task'],
]);

/** What an instrumentation of another convention says of its span. */
export function foreignKind(attributes: Attributes): unknown {
  return attributes['openinference.span.kind'] ?? attributes['traceloop.span.kind'];
}

const MODEL_CALLS: ReadonlySet<SpanSort> = new Set<SpanSort>(['llm', 'embedding']);
// OpenLLMetry writes it on calls to models alone.
const REQUEST_TYPES: ReadonlySet<unknown> = new Set(['chat', 'completion', 'embedding']);
// The AI SDK makes one span for the function that was called, and one below it for each call to a model.
const VERCEL_CALL = /^ai\.\w+\.do(?:Generate|Stream|Embed)$/;

/** Tells whether a span is a call to a model or an embedding, by what its instrumentation says when it starts. */
export function isModelCall(attributes: Attributes): boolean {
  const sort = OPERATIONS.get(attributes[GEN_AI.operationName]) ?? FOREIGN_KINDS.get(foreignKind(attributes));
  if (sort !== undefined) return MODEL_CALLS.has(sort);
  if (REQUEST_TYPES.has(attributes['llm.request.type'])) return true;
  const called = attributes['ai.operationId'];
  return typeof called === 'string' && VERCEL_CALL.test(called);
}

// Strongest first, in the order in which the facets of one call name their span.
function kindOfFacts({ own, request, response, usage, tool, agent, ...others }: SortedGroups): SpanSort {
  if (request !== undefined || response !== undefined || usage !== undefined) return 'llm';
  if (tool !== undefined) return 'tool';
  if (agent !== undefined) return 'agent';
  if (own?.provider !== undefined) return 'llm';
  if (others.external?.callType !== undefined) return 'external';
  if (others.remediation !== undefined) return 'remediation';
  if (others.policy !== undefined) return 'policy';
  if (own?.workflowName !== undefined) return 'workflow';
  return others.task === undefined ? 'chain' : 'task';
}

/** Which sort of span these facts make: its operation tells, else the convention it was written in, else what there is. */
export function spanKindOf(groups: SortedGroups, attributes: Attributes): SpanSort {
  return OPERATIONS.get(groups.own?.operation) ?? FOREIGN_KINDS.get(foreignKind(attributes)) ?? kindOfFacts(groups);
}
