import { nodeRequire } from '#node-require';
import { warn } from '../core/diagnostics.js';
import type { CalculatePrice, PriceTable } from './pricing.js';
import { createPackagedPrices } from './pricing.js';

const PACKAGE = '@pydantic/genai-prices';

function versionOf(): string {
  try {
    // Its exports do not name package.json, so that the file is found beside the entry.
    const [home] = nodeRequire.resolve(PACKAGE).split(/[\\/]dist[\\/]/);
    return (nodeRequire(`${home}/package.json`) as { version: string }).version;
  } catch {
    return 'unknown';
  }
}

/** Loads the prices of `@pydantic/genai-prices`; says how to install it where it is missing, and then there are none. */
export function loadPackagedPrices(): PriceTable | undefined {
  try {
    const { calcPrice } = nodeRequire(PACKAGE) as { calcPrice: CalculatePrice };
    return createPackagedPrices(`genai-prices ${versionOf()}`, calcPrice);
  } catch (error) {
    warn({
      code: 'PACKAGE_MISSING',
      message: `prices: ${PACKAGE} cannot be loaded (${error instanceof Error ? error.message.split('\n')[0] : 'unknown'}); calls have no cost`,
      hint: `npm install ${PACKAGE}`,
    });
    return undefined;
  }
}
