import type { Json } from '../endpoint.js';
import type { Usage } from '../record.js';
import { countOf, defined, knownCounts, objectOf, objectsOf } from './plain-fields.js';

function metadataOf(result: Json, provider: string): Json | undefined {
  return objectOf(objectOf(result['providerMetadata'])?.[provider]);
}

function stepsOf(result: Json): readonly Json[] {
  const steps = objectsOf(result['steps']);
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
    const usage = objectOf(step['usage']);
    const metadata = metadataOf(step, 'anthropic');
    return usage === undefined || metadata === undefined || objectOf(usage['inputTokenDetails']) !== undefined
      ? []
      : [{ usage, metadata }];
  });
  if (steps.length === 0) return undefined;
  const fresh = sum(steps.map(({ usage }) => countOf(usage['inputTokens'])));
  const read = sum(steps.map(({ usage }) => countOf(usage['cachedInputTokens'])));
  const written = sum(steps.map(({ metadata }) => countOf(metadata['cacheCreationInputTokens'])));
  if (fresh === undefined || (read === undefined && written === undefined)) return undefined;
  return defined<Usage>({
    inputTokens: fresh + (read ?? 0) + (written ?? 0),
    cacheReadTokens: read,
    cacheWriteTokens: written,
  });
}

/** Reads the tokens of all steps: `totalUsage` up to version 6, `usage` since. */
export function readAiSdkUsage(result: Json): Usage | undefined {
  const usage = objectOf(result['totalUsage']) ?? objectOf(result['usage']);
  const input = objectOf(usage?.['inputTokenDetails']);
  const output = objectOf(usage?.['outputTokenDetails']);
  const beside = besideInput(result);
  return knownCounts<Usage>({
    // `tokens` is all that an embedding counts.
    inputTokens: beside?.inputTokens ?? countOf(usage?.['inputTokens']) ?? countOf(usage?.['tokens']),
    outputTokens: countOf(usage?.['outputTokens']),
    // Where the cache is beside the input, the sum lacks it.
    totalTokens: beside === undefined ? countOf(usage?.['totalTokens']) : undefined,
    cacheReadTokens:
      beside?.cacheReadTokens ?? countOf(input?.['cacheReadTokens']) ?? countOf(usage?.['cachedInputTokens']),
    cacheWriteTokens: beside?.cacheWriteTokens ?? countOf(input?.['cacheWriteTokens']),
    reasoningTokens: countOf(output?.['reasoningTokens']) ?? countOf(usage?.['reasoningTokens']),
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
