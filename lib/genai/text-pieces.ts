import type { ContentBudget } from './endpoint.js';
import { endsInHalf, takeText } from './stream-content.js';

/** Collects the pieces of one text of a stream, as far as the budget reaches. */
export class TextPieces {
  readonly #pieces: string[] = [];

  add(piece: string, budget: ContentBudget): void {
    const kept = takeText(piece, budget);
    if (kept !== '') this.#pieces.push(kept);
  }

  /** Undefined where no piece came. */
  join(): string | undefined {
    if (this.#pieces.length === 0) return undefined;
    const text = this.#pieces.join('');
    // Another text may have taken the budget between the halves of a character.
    return endsInHalf(text) ? text.slice(0, -1) : text;
  }
}
