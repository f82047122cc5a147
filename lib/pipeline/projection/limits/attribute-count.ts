import type { Attributes } from '@opentelemetry/api';
import { GEN_AI } from '../../../genai/vocabularies/gen-ai-names.js';
import type { AttributeRank } from './attribute-rank.js';
import { rankOf } from './attribute-rank.js';

const ORDER: Readonly<Record<AttributeRank['sort'], number>> = { core: 0, fact: 1, content: 2, item: 3 };

// Items by their place, so that what was said first stays; what has none in the order in which it stands.
function compare(one: AttributeRank, other: AttributeRank): number {
  return ORDER[one.sort] - ORDER[other.sort] || one.index - other.index;
}

/**
 * Leaves attributes out until there are at most so many: of flattened content the items with the highest indexes, then
 * other content, then facts, and of those that a backend counts by none while there is another. Says so on the span.
 */
export function limitCount(attributes: Attributes, most: number): Attributes {
  const keys = Object.keys(attributes);
  if (keys.length <= most) return attributes;
  const ranked = keys
    .filter((key) => key !== GEN_AI.contentDropped)
    .map((key) => ({ key, rank: rankOf(key) }))
    .toSorted((one, other) => compare(one.rank, other.rank));
  // One place is for the note. A message of which a part is left out would be shown as an empty one.
  const end = Math.max(0, most - 1);
  const split = ranked[end]?.rank.item;
  const left = ranked.slice(0, end).filter(({ rank: { item } }) => item === undefined || item !== split);
  const kept = new Set(left.map(({ key }) => key));
  const shown = { ...attributes };
  for (const key of keys) if (!kept.has(key)) delete shown[key];
  if (most > 0) shown[GEN_AI.contentDropped] = true;
  return shown;
}
