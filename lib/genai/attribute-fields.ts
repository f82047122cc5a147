import type { Cost, RequestFacts, ResponseFacts, Usage } from './record.js';
import type {
  AgentFacts,
  ContextFacts,
  ExternalFacts,
  PolicyFacts,
  PromptFacts,
  RemediationFacts,
  TaskFacts,
  ToolFacts,
} from './span-facts.js';
import { GEN_AI, GEN_AI_ALIASES } from './vocabularies/gen-ai-names.js';

/** Facts that belong to the span itself. */
interface OwnFacts {
  readonly operation?: string;
  readonly provider?: string;
  readonly apiType?: string;
  readonly workflowName?: string;
  readonly timeToFirstChunk?: number;
  readonly cached?: boolean;
  readonly outcome?: string;
  readonly errorType?: string;
}

/** The one count of the conventions, and who said it. */
interface DimensionFacts {
  readonly count?: number;
  readonly asked?: number;
  readonly given?: number;
}

/** What the attributes of a span come down to, by group. */
export interface FactGroups {
  readonly own: OwnFacts;
  readonly request: RequestFacts;
  readonly response: ResponseFacts;
  readonly usage: Usage;
  readonly cost: Partial<Cost>;
  readonly dimensions: DimensionFacts;
  readonly tool: ToolFacts;
  readonly agent: AgentFacts;
  readonly prompt: PromptFacts;
  readonly context: ContextFacts;
  readonly external: ExternalFacts;
  readonly task: TaskFacts;
  readonly policy: PolicyFacts;
  readonly remediation: RemediationFacts;
}

/** Where the value of one attribute goes. */
export interface AttributeField {
  readonly group: keyof FactGroups;
  readonly field: string;
  /** Gives undefined for a value that does not fit; the attribute then stays what it is. */
  read(value: unknown): unknown;
  /** True where a name of the conventions says the same and wins. */
  readonly isAlias: boolean;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const number = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;
const count = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
const flag = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);
const yes = (value: unknown): true | undefined => (value === true ? true : undefined);
const textOrNumber = (value: unknown): string | number | undefined => text(value) ?? number(value);
const texts = (value: unknown): string[] | undefined =>
  Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;

function outputType(value: unknown): RequestFacts['outputType'] {
  return value === 'text' || value === 'json' || value === 'image' || value === 'speech' ? value : undefined;
}

function metadata(value: unknown): unknown {
  if (typeof value !== 'string') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

const OLD_SYSTEMS: Readonly<Record<string, string>> = {
  'az.ai.openai': 'azure.ai.openai',
  'az.ai.inference': 'azure.ai.inference',
  gemini: 'gcp.gemini',
  vertex_ai: 'gcp.vertex_ai',
  xai: 'x_ai',
};

function system(value: unknown): string | undefined {
  return typeof value !== 'string' ? undefined : Object.hasOwn(OLD_SYSTEMS, value) ? OLD_SYSTEMS[value] : value;
}

type Row<T> = readonly [read: (value: unknown) => T | undefined, ...names: string[]];
type Rows = { readonly [G in keyof FactGroups]: { readonly [F in keyof FactGroups[G]]?: Row<FactGroups[G][F]> } };

const FIELDS: Rows = {
  own: {
    operation: [text, GEN_AI.operationName],
    provider: [text, GEN_AI.providerName],
    apiType: [text, GEN_AI.openaiApiType, GEN_AI.apiType],
    workflowName: [text, GEN_AI.workflowName, GEN_AI.genAiWorkflowName],
    timeToFirstChunk: [number, GEN_AI.timeToFirstChunk],
    cached: [flag, GEN_AI.cached],
    outcome: [text, GEN_AI.outcome],
    errorType: [text, GEN_AI.errorType],
  },
  request: {
    model: [text, GEN_AI.requestModel],
    maxTokens: [number, GEN_AI.maxTokens],
    temperature: [number, GEN_AI.temperature],
    topP: [number, GEN_AI.topP],
    topK: [number, GEN_AI.topK],
    frequencyPenalty: [number, GEN_AI.frequencyPenalty],
    presencePenalty: [number, GEN_AI.presencePenalty],
    stopSequences: [texts, GEN_AI.stopSequences],
    seed: [number, GEN_AI.seed],
    choiceCount: [number, GEN_AI.choiceCount],
    stream: [yes, GEN_AI.stream],
    reasoningLevel: [text, GEN_AI.reasoningLevel],
    previousResponseId: [text, GEN_AI.previousResponseId],
    outputType: [outputType, GEN_AI.outputType],
    encodingFormats: [texts, GEN_AI.encodingFormats],
    serviceTier: [text, GEN_AI.openaiRequestServiceTier, GEN_AI.requestServiceTier],
    guardrailId: [text, GEN_AI.guardrailId],
  },
  response: {
    id: [text, GEN_AI.responseId],
    model: [text, GEN_AI.responseModel],
    finishReasons: [texts, GEN_AI.finishReasons],
    serviceTier: [text, GEN_AI.openaiResponseServiceTier, GEN_AI.responseServiceTier],
    systemFingerprint: [text, GEN_AI.openaiSystemFingerprint, GEN_AI.systemFingerprint],
  },
  usage: {
    inputTokens: [count, GEN_AI.inputTokens],
    outputTokens: [count, GEN_AI.outputTokens],
    totalTokens: [count, GEN_AI.totalTokens],
    cacheReadTokens: [count, GEN_AI.cacheReadTokens],
    cacheWriteTokens: [count, GEN_AI.cacheWriteTokens],
    reasoningTokens: [count, GEN_AI.reasoningTokens],
    inputAudioTokens: [count, GEN_AI.inputAudioTokens],
    outputAudioTokens: [count, GEN_AI.outputAudioTokens],
    searchUnits: [number, GEN_AI.searchUnits],
  },
  cost: { usd: [number, GEN_AI.cost], source: [text, GEN_AI.priceTable] },
  dimensions: {
    count: [count, GEN_AI.dimensionCount],
    asked: [count, GEN_AI.requestDimensionCount],
    given: [count, GEN_AI.responseDimensionCount],
  },
  tool: {
    name: [text, GEN_AI.toolName],
    type: [text, GEN_AI.toolType],
    callId: [text, GEN_AI.toolCallId],
    description: [text, GEN_AI.toolDescription],
  },
  agent: {
    name: [text, GEN_AI.agentName],
    id: [text, GEN_AI.agentId],
    description: [text, GEN_AI.agentDescription],
  },
  prompt: { name: [text, GEN_AI.promptName], version: [textOrNumber, GEN_AI.promptVersion] },
  context: {
    sessionId: [text, GEN_AI.sessionId],
    userId: [text, GEN_AI.userId],
    conversationId: [text, GEN_AI.conversationId],
    tenant: [text, GEN_AI.tenant],
    tags: [texts, GEN_AI.tags],
    metadata: [metadata, GEN_AI.metadata],
    runId: [text, GEN_AI.runId],
  },
  external: {
    callType: [text, GEN_AI.callType],
    provider: [text, GEN_AI.callProvider],
    status: [textOrNumber, GEN_AI.callStatus],
    latencyMs: [number, GEN_AI.callLatencyMs],
    requestDigest: [text, GEN_AI.requestDigest],
    responseDigest: [text, GEN_AI.responseDigest],
  },
  task: {
    id: [text, GEN_AI.taskId],
    type: [text, GEN_AI.taskType],
    description: [text, GEN_AI.taskDescription],
    status: [text, GEN_AI.taskStatus],
    score: [number, GEN_AI.taskScore],
  },
  policy: {
    count: [number, GEN_AI.policyCount],
    passed: [flag, GEN_AI.policyPassed],
    violations: [number, GEN_AI.policyViolations],
  },
  remediation: {
    strategy: [text, GEN_AI.remediationStrategy],
    trigger: [text, GEN_AI.remediationTrigger],
    success: [flag, GEN_AI.remediationSuccess],
  },
};

const ALIASES: Partial<Rows> = {
  own: { provider: [system, GEN_AI_ALIASES.system] },
  usage: {
    inputTokens: [count, GEN_AI_ALIASES.promptTokens],
    outputTokens: [count, GEN_AI_ALIASES.completionTokens],
    cacheReadTokens: [count, GEN_AI_ALIASES.cacheReadTokensFlat],
    cacheWriteTokens: [count, GEN_AI_ALIASES.cacheWriteTokens, GEN_AI_ALIASES.cacheWriteTokensFlat],
  },
};

function fieldsOf(rows: Partial<Rows>, isAlias: boolean): [string, AttributeField][] {
  const groups = Object.entries(rows) as [keyof FactGroups, Readonly<Record<string, Row<unknown>>>][];
  return groups.flatMap(([group, fields]) =>
    Object.entries(fields).flatMap(([field, [read, ...names]]) =>
      names.map((name): [string, AttributeField] => [name, { group, field, read, isAlias }]),
    ),
  );
}

/** Where each attribute of the `gen-ai` vocabulary goes, in its older and newer forms as well. */
export const ATTRIBUTE_FIELDS: ReadonlyMap<string, AttributeField> = new Map([
  ...fieldsOf(FIELDS, false),
  ...fieldsOf(ALIASES, true),
]);
