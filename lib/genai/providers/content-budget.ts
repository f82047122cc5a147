import type { ContentBudget, Json } from '../endpoint.js';
import { takeText } from '../stream-content.js';

const MAX_DEPTH = 12;

/** Copies plain data as far as the budget reaches; keys and numbers cost as well, so that no structure is free. */
export function takeCopy(value: unknown, budget: ContentBudget, depth = MAX_DEPTH): unknown {
  if (typeof value === 'string') return takeText(value, budget);
  if (budget.remaining <= 0 || (depth === 0 && typeof value === 'object' && value !== null)) {
    budget.isCut = true;
    return null;
  }
  budget.remaining--;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'object' || value === null) return null;
  return Array.isArray(value)
    ? copyList(value as readonly unknown[], budget, depth)
    : copyFields(value as Json, budget, depth);
}

function copyList(list: readonly unknown[], budget: ContentBudget, depth: number): unknown[] {
  const copy: unknown[] = [];
  for (const item of list) {
    if (budget.remaining <= 0) {
      budget.isCut = true;
      break;
    }
    copy.push(takeCopy(item, budget, depth - 1));
  }
  return copy;
}

function copyFields(object: Json, budget: ContentBudget, depth: number): Json {
  const entries: [string, unknown][] = [];
  for (const key of Object.keys(object)) {
    if (budget.remaining <= key.length) {
      budget.isCut = true;
      break;
    }
    budget.remaining -= key.length;
    entries.push([key, takeCopy(object[key], budget, depth - 1)]);
  }
  return Object.fromEntries(entries);
}
