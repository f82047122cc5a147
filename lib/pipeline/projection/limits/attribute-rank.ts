import { contentSideOf } from '../../../genai/foreign-content.js';
import { isContentKey } from '../../../genai/read-content.js';
import { GEN_AI, GEN_AI_ALIASES } from '../../../genai/vocabularies/gen-ai-names.js';
import { LANGFUSE } from '../../../genai/vocabularies/langfuse-names.js';
import { LLM } from '../../../genai/vocabularies/llm-names.js';
import { OPENINFERENCE } from '../../../genai/vocabularies/openinference-names.js';

/** How dear an attribute is: a `core` fact stays, a `fact` goes after all content, an `item` of flattened content first. */
export interface AttributeRank {
  readonly sort: 'core' | 'fact' | 'content' | 'item';
  /** The place of an item in its list, of a core fact among those. */
  readonly index: number;
  /** The item that it is a part of: list and place. */
  readonly item: string | undefined;
}

// What a backend counts and groups by, the dearest first.
const CORE_NAMES: readonly string[] = [
  GEN_AI.operationName,
  LLM.callType,
  OPENINFERENCE.spanKind,
  LANGFUSE.type,
  GEN_AI.requestModel,
  GEN_AI.responseModel,
  LLM.model,
  LANGFUSE.modelName,
  OPENINFERENCE.modelName,
  OPENINFERENCE.embeddingModelName,
  OPENINFERENCE.rerankerModelName,
  GEN_AI.inputTokens,
  GEN_AI.outputTokens,
  GEN_AI.totalTokens,
  LLM.tokensIn,
  LLM.tokensOut,
  OPENINFERENCE.promptTokens,
  OPENINFERENCE.completionTokens,
  OPENINFERENCE.totalTokens,
  LANGFUSE.usageDetails,
  GEN_AI_ALIASES.promptTokens,
  GEN_AI_ALIASES.completionTokens,
  GEN_AI.cost,
  LLM.costUsd,
  OPENINFERENCE.totalCost,
  LANGFUSE.costDetails,
  GEN_AI.finishReasons,
  OPENINFERENCE.finishReason,
  GEN_AI.errorType,
  GEN_AI.outcome,
  LANGFUSE.level,
  GEN_AI.providerName,
  OPENINFERENCE.provider,
  OPENINFERENCE.system,
  GEN_AI_ALIASES.system,
  OPENINFERENCE.requestModelName,
  OPENINFERENCE.responseModelName,
  GEN_AI.contentDropped,
  GEN_AI.cacheReadTokens,
  GEN_AI.cacheWriteTokens,
  GEN_AI.reasoningTokens,
  GEN_AI.inputAudioTokens,
  GEN_AI.outputAudioTokens,
  OPENINFERENCE.cacheReadTokens,
  OPENINFERENCE.cacheWriteTokens,
  OPENINFERENCE.reasoningTokens,
  OPENINFERENCE.promptAudioTokens,
  OPENINFERENCE.completionAudioTokens,
];
const CORE: ReadonlyMap<string, number> = new Map(CORE_NAMES.map((key, place) => [key, place]));
// Our own names for content that no other tool writes.
const SHOWN: ReadonlySet<string> = new Set([LLM.input, LLM.output]);
const ITEM = /^(.+?)\.(\d{1,9})(?:\.|$)/;

const MAX_REMEMBERED = 2000;
const MAX_REMEMBERED_CHARS = 128;
const known = new Map<string, AttributeRank>();

function rank(key: string): AttributeRank {
  const place = CORE.get(key);
  if (place !== undefined) return { sort: 'core', index: place, item: undefined };
  const [, list, index] = ITEM.exec(key) ?? [];
  if (list !== undefined && contentSideOf(list) !== undefined) {
    return { sort: 'item', index: Number(index), item: `${list}.${index}` };
  }
  const isContent = SHOWN.has(key) || isContentKey(key) || contentSideOf(key) !== undefined;
  return { sort: isContent ? 'content' : 'fact', index: 0, item: undefined };
}

/** The rank of an attribute by its name. */
export function rankOf(key: string): AttributeRank {
  let found = known.get(key);
  if (found !== undefined) return found;
  found = rank(key);
  if (known.size >= MAX_REMEMBERED) known.clear();
  if (key.length <= MAX_REMEMBERED_CHARS) known.set(key, found);
  return found;
}

/** Tells whether an attribute holds content. */
export function holdsContent(key: string): boolean {
  const { sort } = rankOf(key);
  return sort === 'content' || sort === 'item';
}
