import type { Json } from '../endpoint.js';
import type { Usage } from '../record.js';
import { countOf, defined, isJson, objectOf } from '../untrusted.js';

const MAX_FIELDS = 32;

/** Where an answer or a chunk has its counts: Groq's streams under `x_groq`. Undefined where there are none. */
export function findUsage(value: Json): Json | undefined {
  const usage = value['usage'];
  if (isJson(usage)) return usage;
  const ofGroq = value['x_groq'];
  return isJson(ofGroq) && isJson(ofGroq['usage']) ? ofGroq['usage'] : undefined;
}

/** The counts of an answer in OpenAI's shape; undefined where it says none. */
export function readUsage(value: Json): Usage | undefined {
  const usage = findUsage(value);
  if (usage === undefined) return undefined;
  const input = objectOf(usage, 'prompt_tokens_details', 'promptTokensDetails');
  const output = objectOf(usage, 'completion_tokens_details', 'completionTokensDetails');
  const counts: Usage = defined({
    inputTokens: countOf(usage, 'prompt_tokens', 'promptTokens'),
    outputTokens: readOutputTokens(usage, output),
    totalTokens: countOf(usage, 'total_tokens', 'totalTokens'),
    // DeepSeek and Moonshot have names of their own for them.
    cacheReadTokens:
      countOf(input, 'cached_tokens', 'cachedTokens') ??
      countOf(usage, 'prompt_cache_hit_tokens') ??
      countOf(usage, 'cached_tokens'),
    cacheWriteTokens: countOf(input, 'cache_write_tokens', 'cacheWriteTokens'),
    reasoningTokens: countOf(output, 'reasoning_tokens', 'reasoningTokens'),
    inputAudioTokens: countOf(input, 'audio_tokens', 'audioTokens'),
    outputAudioTokens: countOf(output, 'audio_tokens', 'audioTokens'),
  });
  return Object.keys(counts).length === 0 ? undefined : counts;
}

/**
 * xAI counts reasoning beside the completion, everybody else inside it; the total tells which
 * (docs.x.ai, consumption and rate limits; read 2026-11-20).
 */
function readOutputTokens(usage: Json, details: Json): number | undefined {
  const completion = countOf(usage, 'completion_tokens', 'completionTokens');
  const reasoning = countOf(details, 'reasoning_tokens', 'reasoningTokens');
  if (completion === undefined || reasoning === undefined || reasoning === 0) return completion;
  const prompt = countOf(usage, 'prompt_tokens', 'promptTokens');
  const total = countOf(usage, 'total_tokens', 'totalTokens');
  if (prompt === undefined || total !== prompt + completion + reasoning) return completion;
  return completion + reasoning;
}

/** Numbers by name, one level deep, that are nobody else's. */
export type CountTree = Record<string, unknown>;

/** An empty tree; it has no prototype, so that no name in an answer reaches one. */
export function createCounts(): CountTree {
  return Object.create(null) as CountTree;
}

/** Takes over the numbers of a chunk's usage; later chunks have the last word. */
export function copyCounts(usage: Json, into: CountTree, isNested = false): void {
  let left = MAX_FIELDS;
  for (const name in usage) {
    if (left === 0) return;
    left -= 1;
    const field = usage[name];
    if (typeof field === 'number' || typeof field === 'boolean') into[name] = field;
    else if (!isNested && isJson(field)) copyCounts(field, branchOf(into, name), true);
  }
}

function branchOf(counts: CountTree, name: string): CountTree {
  const known = counts[name];
  if (isJson(known)) return known;
  const branch = createCounts();
  counts[name] = branch;
  return branch;
}
