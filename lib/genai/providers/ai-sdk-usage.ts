import type { Json } from '../endpoint.js';
import type { Usage } from '../record.js';
import { asCount, asObject, asObjects, present, presentAny } from '../json-fields.js';

function metadataOf(result: Json, provider: string): Json | undefined {
  return asObject(asObject(result['providerMetadata'])?.[provider]);
}

function stepsOf(result: Json): readonly Json[] {
  const steps = asObjects(result['steps']);
  return steps.length === 0 ? [result] : steps;
}

function sum(counts: readonly (number | undefined)[]): number | undefined {
  const known = counts.filter((count) => count !== undefined);
  return known.length === 0 ? undefined : known.reduce((total, count) => total + count, 0);
}

/**
 * Version 5 hands on what a provider counts, and Anthropic counts tokens of its cache beside the input, where the others
 * count them inside; those written stand in its metadata. Since version 6 there are details and the sum is right.
 */
function besideInput(result: Json): Usage | undefined {
  const steps = stepsOf(result).flatMap((step) => {
    const usage = asObject(step['usage']);
    const metadata = metadataOf(step, 'anthropic');
    return usage === undefined || metadata === undefined || asObject(usage['inputTokenDetails']) !== undefined
      ? []
      : [{ usage, metadata }];
  });
  if (steps.length === 0) return undefined;
  const fresh = sum(steps.map(({ usage }) => asCount(usage['inputTokens'])));
  const read = sum(steps.map(({ usage }) => asCount(usage['cachedInputTokens'])));
  const written = sum(steps.map(({ metadata }) => asCount(metadata['cacheCreationInputTokens'])));
  if (fresh === undefined || (read === undefined && written === undefined)) return undefined;
  return present<Usage>({
    inputTokens: fresh + (read ?? 0) + (written ?? 0),
    cacheReadTokens: read,
    cacheWriteTokens: written,
  });
}

/** Reads the tokens of all steps: `totalUsage` up to version 6, `usage` since. */
export function readAiSdkUsage(result: Json): Usage | undefined {
  const usage = asObject(result['totalUsage']) ?? asObject(result['usage']);
  const input = asObject(usage?.['inputTokenDetails']);
  const output = asObject(usage?.['outputTokenDetails']);
  const beside = besideInput(result);
  return presentAny<Usage>({
    // `tokens` is all that an embedding counts.
    inputTokens: beside?.inputTokens ?? asCount(usage?.['inputTokens']) ?? asCount(usage?.['tokens']),
    outputTokens: asCount(usage?.['outputTokens']),
    // Where the cache is beside the input, the sum lacks it.
    totalTokens: beside === undefined ? asCount(usage?.['totalTokens']) : undefined,
    cacheReadTokens:
      beside?.cacheReadTokens ?? asCount(input?.['cacheReadTokens']) ?? asCount(usage?.['cachedInputTokens']),
    cacheWriteTokens: beside?.cacheWriteTokens ?? asCount(input?.['cacheWriteTokens']),
    reasoningTokens: asCount(output?.['reasoningTokens']) ?? asCount(usage?.['reasoningTokens']),
  });
}

/** Reads what the gateway charged for all steps, in USD; it says so as a text. */
export function readAiSdkCost(result: Json): number | undefined {
  const costs = stepsOf(result).map((step) => {
    const cost = metadataOf(step, 'gateway')?.['cost'];
    const usd = typeof cost === 'string' && cost !== '' ? Number(cost) : cost;
    return typeof usd === 'number' && Number.isFinite(usd) && usd >= 0 ? usd : undefined;
  });
  // A sum with gaps is no sum.
  return costs.includes(undefined) ? undefined : sum(costs);
}
