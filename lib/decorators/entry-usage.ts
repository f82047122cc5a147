import type { EntryUsage } from '../audit/entry-fields.js';
import type { CallRecord } from '../genai/record.js';

/** Tokens and cost of a call to a model, as an entry says them; undefined where nothing is known. */
export function usageOf(record: CallRecord): EntryUsage | undefined {
  const { usage, cost } = record;
  const { inputTokens, outputTokens } = usage ?? {};
  const said = {
    ...(inputTokens !== undefined && { in: inputTokens }),
    ...(outputTokens !== undefined && { out: outputTokens }),
    ...(cost !== undefined && { cost: cost.usd }),
  };
  return Object.keys(said).length === 0 ? undefined : said;
}
