import { guarded } from '../core/guard.js';
import { state } from '../core/state.js';
import type { CallRecord } from './record.js';

/** What tells what a call costs; one for the process, set by `configureTracing({ prices })`. */
export interface PriceTable {
  /** Names the table and its version: `genai-prices 0.1.8`, `contract 2026-11`. */
  readonly version: string;
  /** USD for a call; `undefined` where the model is not in the table, never 0 instead. */
  costOf(record: CallRecord): number | undefined;
}

/** Prices of one model, in USD per million tokens. */
export interface ModelPrice {
  readonly input: number;
  readonly output: number;
  /** Tokens read from a cache. Default the price of `input`. */
  readonly cacheRead?: number;
  /** Tokens written to a cache. Default the price of `input`. */
  readonly cacheWrite?: number;
}

const PER_TOKEN = 1e-6;

function priceOf(models: Readonly<Record<string, ModelPrice>>, record: CallRecord): ModelPrice | undefined {
  // The model that answered is the one that is billed; a table may know it by the name that was asked for.
  for (const model of [record.response?.model, record.request?.model]) {
    if (model !== undefined && Object.hasOwn(models, model)) return models[model];
  }
  return undefined;
}

/** A table of the user's own: prices by model. */
export function createPriceTable(version: string, models: Readonly<Record<string, ModelPrice>>): PriceTable {
  return {
    version,
    costOf: (record) => {
      const price = priceOf(models, record);
      const { inputTokens, outputTokens, cacheReadTokens = 0, cacheWriteTokens = 0 } = record.usage ?? {};
      if (price === undefined || (inputTokens === undefined && outputTokens === undefined)) return undefined;
      const { input, output, cacheRead = input, cacheWrite = input } = price;
      const fresh = Math.max(0, (inputTokens ?? 0) - cacheReadTokens - cacheWriteTokens);
      return (
        (fresh * input + cacheReadTokens * cacheRead + cacheWriteTokens * cacheWrite + (outputTokens ?? 0) * output) *
        PER_TOKEN
      );
    },
  };
}

interface PriceCalculation {
  readonly total_price: number;
}
/** `calcPrice` of `@pydantic/genai-prices`: `input_tokens` includes those of a cache. */
export type CalculatePrice = (
  usage: Readonly<Record<string, number>>,
  model: string,
  options: { readonly providerId?: string },
) => PriceCalculation | null;

// How the package names the providers that the conventions name otherwise.
const PRICE_PROVIDERS: Readonly<Record<string, string>> = {
  'azure.ai.openai': 'azure',
  'aws.bedrock': 'aws',
  'gcp.gemini': 'google',
  'gcp.vertex_ai': 'google',
  mistral_ai: 'mistral',
  x_ai: 'x-ai',
};

/** A table over the package `@pydantic/genai-prices` (read at 0.1.8), which the application installs. */
export function createPackagedPrices(version: string, calcPrice: CalculatePrice): PriceTable {
  return {
    version,
    costOf: ({ provider, request, response, usage }) => {
      const model = response?.model ?? request?.model;
      if (model === undefined || usage === undefined) return undefined;
      const counts = {
        ...(usage.inputTokens === undefined ? {} : { input_tokens: usage.inputTokens }),
        ...(usage.outputTokens === undefined ? {} : { output_tokens: usage.outputTokens }),
        ...(usage.cacheReadTokens === undefined ? {} : { cache_read_tokens: usage.cacheReadTokens }),
        ...(usage.cacheWriteTokens === undefined ? {} : { cache_write_tokens: usage.cacheWriteTokens }),
      };
      if (Object.keys(counts).length === 0) return undefined;
      const providerId = provider === undefined ? undefined : (PRICE_PROVIDERS[provider] ?? provider);
      return calcPrice(counts, model, providerId === undefined ? {} : { providerId })?.total_price;
    },
  };
}

/** The record with what the call cost: the provider's own figure stays, else the table's where it knows the model. */
export function withCost(record: CallRecord): CallRecord {
  const table = state.prices as PriceTable | undefined;
  if (record.cost !== undefined || table === undefined) return record;
  const usd = guarded('PRICES', () => table.costOf(record));
  return usd === undefined || !Number.isFinite(usd) ? record : { ...record, cost: { usd, source: table.version } };
}
