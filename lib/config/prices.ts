import { isPlain } from './input.js';

/** What `prices` may be, in words. */
export const expectedPrices =
  "'genai-prices', or { version: 'mine 1', models: { 'gpt-4o': { input: 2.5, output: 10 } } } in USD per million tokens";

const PRICES = new Set(['input', 'output', 'cacheRead', 'cacheWrite']);

function isPrice(value: unknown): boolean {
  if (!isPlain(value)) return false;
  const { input, output } = value as { input?: unknown; output?: unknown };
  return (
    input !== undefined &&
    output !== undefined &&
    Object.entries(value as object).every(
      ([key, price]) => PRICES.has(key) && typeof price === 'number' && Number.isFinite(price) && price >= 0,
    )
  );
}

/** Tells whether a value is a list of prices or names the package that has one. */
export function acceptsPrices(value: unknown): boolean {
  if (value === 'genai-prices') return true;
  if (!isPlain(value)) return false;
  const { version, models } = value as { version?: unknown; models?: unknown };
  return (
    Object.keys(value as object).every((key) => key === 'version' || key === 'models') &&
    typeof version === 'string' &&
    /\S/.test(version) &&
    isPlain(models) &&
    Object.values(models as object).every(isPrice)
  );
}
