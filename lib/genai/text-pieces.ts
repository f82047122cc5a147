import type { ContentBudget } from './endpoint.js';

/** Collects the pieces of one text of a stream, as far as the budget reaches. */
export class TextPieces {
  readonly #pieces: string[] = [];

  add(piece: string, budget: ContentBudget): void {
    if (piece.length === 0) return;
    if (piece.length <= budget.remaining) {
      budget.remaining -= piece.length;
      this.#pieces.push(piece);
      return;
    }
    budget.isCut = true;
    if (budget.remaining <= 0) return;
    this.#pieces.push(firstCharacters(piece, budget.remaining));
    budget.remaining = 0;
  }

  /** Undefined where no piece came. */
  join(): string | undefined {
    return this.#pieces.length === 0 ? undefined : this.#pieces.join('');
  }
}

function firstCharacters(text: string, count: number): string {
  const last = text.charCodeAt(count - 1);
  const isHalfOfPair = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, isHalfOfPair ? count - 1 : count);
}
