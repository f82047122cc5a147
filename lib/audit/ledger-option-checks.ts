import type { LedgerOptions } from './ledger.js';

type NumberOption = 'deadlineMs' | 'maxQueue' | 'maxQueueBytes' | 'maxPayloadBytes' | 'minFreeBytes';

const RANGES: Readonly<Record<NumberOption, readonly [least: number, most: number]>> = {
  deadlineMs: [10, 600_000],
  maxQueue: [1, 10_000_000],
  maxQueueBytes: [1_048_576, 17_179_869_184],
  maxPayloadBytes: [0, 1_073_741_824],
  minFreeBytes: [0, Number.MAX_SAFE_INTEGER],
};
const LEVELS: ReadonlySet<unknown> = new Set(['metadata', 'request', 'requestResponse']);

/** Throws `RangeError` or `TypeError` for options that are none. */
export function checkLedgerOptions(options: Partial<LedgerOptions>): void {
  for (const [name, [least, most]] of Object.entries(RANGES)) {
    const value = options[name as NumberOption];
    if (value === undefined) continue;
    if (!Number.isSafeInteger(value) || value < least || value > most) {
      throw new RangeError(`${name}: got ${String(value)}, expected ${least}–${most}`);
    }
  }
  const { level, directory, keys } = options;
  if (level !== undefined && !LEVELS.has(level)) {
    throw new RangeError(`level: got ${level}, expected metadata, request or requestResponse`);
  }
  for (const [name, path] of Object.entries({ directory, keys })) {
    if (path !== undefined && (typeof path !== 'string' || path === '')) {
      throw new TypeError(`${name}: got ${typeof path}, expected the path of a folder`);
    }
  }
}
