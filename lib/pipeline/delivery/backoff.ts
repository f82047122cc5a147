const BASE_MS = 200;
const MAX_MS = 5000;
const MAX_ASKED_MS = 3_600_000;

/**
 * How long to wait before the next attempt, in milliseconds. What the backend asks for is honoured up to an hour, with a
 * little added so that not everybody comes back at once; else it doubles from 200 ms to 5 s, of which a random half.
 */
export function delayBefore(attempt: number, askedMs?: number, random: () => number = Math.random): number {
  // Who asks for no peace at all is still not asked again in the same turn.
  if (askedMs !== undefined && askedMs >= BASE_MS) return Math.min(MAX_ASKED_MS, askedMs) * (1 + random() * 0.1);
  const whole = Math.min(MAX_MS, BASE_MS * 2 ** Math.min(attempt - 1, 16));
  return whole / 2 + (random() * whole) / 2;
}
