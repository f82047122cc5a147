import { median } from '../lib/rounds.mjs';

/** The median, and the least and the most. */
export function spread(values) {
  return { median: median(values), least: Math.min(...values), most: Math.max(...values) };
}
