import { snapshot } from '../core/snapshot.js';
import { cutText } from './cut-text.js';
import { findShare, ValueCutter } from './cut-value.js';
import { createRuler, isWithin, type Ruler, type SizeLimits } from './ruler.js';

// Deeper levels become the name of their type, whatever the limits are.
const MAX_DEPTH = 256;
const MAX_NODES = 131_072;
const MAX_CHARS = 67_108_864;

/**
 * Cuts a text to the limits, which hold for the text as it is (not as JSON).
 * No pair of surrogates and no sequence of UTF-8 is split. A text within the limits is returned as it is.
 */
export function truncateText(text: string, limits: SizeLimits): string {
  if (isWithin(text, limits)) return text;
  const ruler = createRuler(limits, 'plain');
  return cutText(text, ruler.budget, ruler);
}

function fits(value: unknown, limits: SizeLimits): boolean {
  try {
    return isWithin(JSON.stringify(value), limits);
  } catch {
    // Longer than a string can be.
    return false;
  }
}

/** The value again, each of its strings through a function. */
function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change));
  // A definition of properties, so that a key `__proto__` is one.
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, mapStrings(member, change)]));
}

// Each string costs at most the share.
function capStrings(value: unknown, share: number, ruler: Ruler): unknown {
  return mapStrings(value, (text) =>
    ruler.cost(text, share - 2) > share - 2 ? cutText(text, share - 2, ruler) : text,
  );
}

/**
 * Cuts a JSON-like value so that its JSON is within the limits, and stays JSON.
 *
 * The longest strings are cut first, all to the same length, so that late members are as safe as early ones. Where
 * strings of 32 to 256 characters (an eighth of the limit) are still too many, members are left out: of messages (a list
 * whose last item has a `role`) those behind the first, the newest ones last; of other lists those at the end; of an
 * object those that have no room, from its beginning. The marks are those of `snapshot`, and stand where something was
 * left out: `…[cut, N characters]` (N is the length before), an item `[cut, N items]`, a key `…`.
 *
 * A value within the limits comes back as an equal copy, so does the result of a cut. The result is JSON-safe as a
 * snapshot is: no code of the value runs. Undefined is the result where no JSON has room. At most 256 levels,
 * 131,072 values and 67,108,864 characters are looked at.
 */
export function truncateJson(value: unknown, limits: SizeLimits): unknown {
  const plain = snapshot(value, { maxDepth: MAX_DEPTH, maxNodes: MAX_NODES, maxBytes: MAX_CHARS });
  if (plain === undefined || fits(plain, limits)) return plain;
  const ruler = createRuler(limits, 'json');
  const { budget } = ruler;
  const floor = Math.min(256, Math.max(32, Math.floor(budget / 8)));
  const costs: number[] = [];
  const bare = mapStrings(plain, (text) => {
    costs.push(ruler.cost(text, budget) + 2);
    return '';
  });
  const structure = new ValueCutter(ruler).costOf(bare) - costs.length * 2;
  const share = findShare(costs, budget - structure);
  if (structure <= budget && share >= floor) return capStrings(plain, share, ruler);
  return new ValueCutter(ruler).cut(capStrings(plain, floor, ruler), budget);
}
