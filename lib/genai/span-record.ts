import type { Attributes } from '@opentelemetry/api';
import { SpanStatusCode } from '@opentelemetry/api';
import { present } from './json-fields.js';
import { toContent } from './read-content.js';
import type { SpanContent } from './read-content.js';
import type { CallRecord, Cost, Operation, RequestFacts, ResponseFacts } from './record.js';
import { sortAttributes } from './sort-attributes.js';
import type { SortedGroups, SpanEventFacts } from './sort-attributes.js';
import type {
  AgentFacts,
  ContextFacts,
  ExternalFacts,
  PolicyFacts,
  PromptFacts,
  RemediationFacts,
  SpanSort,
  TaskFacts,
  ToolFacts,
} from './span-facts.js';
import { spanKindOf } from './span-kind.js';

/** All that a vocabulary knows of a span: facts and content in the neutral shape, and the attributes that are neither. */
export interface SpanRecord {
  readonly kind: SpanSort;
  /** The operation, where it is none of a call to a model: `invoke_agent`, `execute_tool`, … */
  readonly operation?: string;
  readonly call?: CallRecord;
  /** Seconds. */
  readonly timeToFirstChunk?: number;
  readonly cached?: boolean;
  readonly tool?: ToolFacts;
  readonly agent?: AgentFacts;
  readonly workflowName?: string;
  readonly prompt?: PromptFacts;
  readonly context: ContextFacts;
  readonly external?: ExternalFacts;
  readonly task?: TaskFacts;
  readonly policy?: PolicyFacts;
  readonly remediation?: RemediationFacts;
  /** The captured arguments. */
  readonly input?: unknown;
  /** The captured result. */
  readonly output?: unknown;
  /** `cancelled` or `abandoned`. */
  readonly outcome?: string;
  readonly errorType?: string;
  /** True when the status of the span is an error. */
  readonly isFailed: boolean;
  readonly statusMessage?: string;
  /** Attributes that no field took; every vocabulary passes them on. */
  readonly rest: Attributes;
}

/** What is read of an ended span. */
export interface EndedSpanFacts {
  readonly name: string;
  readonly kind: number;
  readonly attributes: Attributes;
  readonly events: readonly SpanEventFacts[];
  readonly status: { readonly code: number; readonly message?: string };
}

const ERROR: number = SpanStatusCode.ERROR;

const OPERATIONS: ReadonlySet<string | undefined> = new Set<Operation>([
  'chat',
  'text_completion',
  'generate_content',
  'embeddings',
  'retrieval',
  'rerank',
]);

function withDimensions<F extends RequestFacts | ResponseFacts>(facts: F | undefined, count?: number): F | undefined {
  return count === undefined ? facts : ({ ...facts, dimensions: count } as F);
}

function costOf({ cost }: SortedGroups): Cost | undefined {
  return cost?.usd === undefined ? undefined : { usd: cost.usd, source: cost.source ?? '' };
}

function callOf(groups: SortedGroups, messages: CallRecord['messages']): CallRecord | undefined {
  const { own, usage, dimensions } = groups;
  const asked = dimensions?.given === undefined ? dimensions?.count : dimensions.asked;
  const call = present<CallRecord>({
    operation: OPERATIONS.has(own?.operation) ? (own?.operation as Operation) : undefined,
    provider: own?.provider,
    apiType: own?.apiType,
    request: withDimensions(groups.request, asked),
    response: withDimensions(groups.response, dimensions?.given),
    usage,
    cost: costOf(groups),
    messages,
  });
  return Object.keys(call).length === 0 ? undefined : call;
}

function toolOf({ tool }: SortedGroups, { toolArguments, toolResult }: SpanContent): ToolFacts | undefined {
  if (toolArguments === undefined && toolResult === undefined) return tool;
  return present<ToolFacts>({ ...tool, arguments: toolArguments, result: toolResult });
}

/**
 * Reads a span and the content beside it. Content that stands beside the span wins over the same on the span.
 * Stands whatever an instrumentation put there: what does not fit a field stays an attribute.
 */
export function readSpanRecord(span: EndedSpanFacts, content: Record<string, unknown> | undefined): SpanRecord {
  const { attributes, events, status } = span;
  const { groups, found, rest } = sortAttributes(attributes, events);
  const { own = {}, prompt } = groups;
  const isFailed = status.code === ERROR;
  const finishReasons = groups.response?.finishReasons ?? [];
  const read = toContent({ ...found, ...content }, { finishReasons, isFailed });
  const tool = toolOf(groups, read);
  return present<SpanRecord>({
    kind: spanKindOf({ ...groups, tool }, attributes),
    operation: OPERATIONS.has(own.operation) ? undefined : own.operation,
    call: callOf(groups, read.messages),
    timeToFirstChunk: own.timeToFirstChunk,
    cached: own.cached,
    tool,
    agent: groups.agent,
    workflowName: own.workflowName,
    prompt: read.variables === undefined ? prompt : { ...prompt, variables: read.variables },
    context: groups.context ?? {},
    external: groups.external,
    task: groups.task,
    policy: groups.policy,
    remediation: groups.remediation,
    input: read.input,
    output: read.output,
    outcome: own.outcome,
    errorType: own.errorType,
    isFailed,
    statusMessage: isFailed ? status.message : undefined,
    rest,
  });
}
