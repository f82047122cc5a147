import { snapshot } from '../core/snapshot.js';
import type { ContentBudget } from './endpoint.js';

/** Pieces of one answer that are kept: blocks, parts, candidates. A stream that sends more is no answer of a model. */
export const MAX_PIECES = 1024;

/** True where a text ends with the first half of a character, whose second half may come with the next chunk. */
export function endsInHalf(text: string, length = text.length): boolean {
  const code = text.charCodeAt(length - 1);
  return code >= 0xd800 && code <= 0xdbff;
}

/** As much of a text as the budget allows; never half of a character. */
export function takeText(text: unknown, budget: ContentBudget): string {
  if (typeof text !== 'string' || text === '') return '';
  // A half that takes the last of the budget has no room for the other one.
  if (text.length < budget.remaining || (text.length === budget.remaining && !endsInHalf(text))) {
    budget.remaining -= text.length;
    return text;
  }
  budget.isCut = true;
  const length = Math.max(0, budget.remaining);
  budget.remaining = 0;
  const end = length > 0 && endsInHalf(text, length) ? length - 1 : length;
  // A slice keeps the whole text alive; a copy through bytes lets it go.
  return Buffer.from(text.slice(0, end), 'utf16le').toString('utf16le');
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  let size = 0;
  for (const [key, item] of Object.entries(value)) size += key.length + sizeOf(item);
  return size;
}

/** A copy of a structure that came in one piece; undefined where the budget does not allow for all of it. */
export function takeCopy(value: unknown, budget: ContentBudget): unknown {
  if (value === undefined) return undefined;
  const copy = snapshot(value, { maxDepth: 16, maxBytes: Math.max(0, budget.remaining) + 1 });
  const size = sizeOf(copy);
  if (size > budget.remaining) {
    budget.isCut = true;
    return undefined;
  }
  budget.remaining -= size;
  return copy;
}
