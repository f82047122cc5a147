import type { ChunkMerger, ContentBudget, Json } from '../endpoint.js';
import { TextPieces } from '../text-pieces.js';
import { defined, isJson, listOf, numberOf, textOf } from '../untrusted.js';
import { AnswerHead } from './openai-answer-head.js';

// Each of up to 2,048 prompts may have 128 choices; nobody reads so many.
const MAX_CHOICES = 1_024;

/** Puts the chunks of a legacy completion together. */
export function createTextMerger(): ChunkMerger {
  return new TextMerger();
}

class TextMerger implements ChunkMerger {
  readonly #head = new AnswerHead();
  readonly #choices = new Map<number, { readonly text: TextPieces; finishReason: string | undefined }>();

  add(chunk: Json, budget: ContentBudget): void {
    this.#head.add(chunk);
    for (const choice of listOf(chunk, 'choices')) {
      if (isJson(choice)) this.#addChoice(choice, budget);
    }
  }

  response(): Json {
    const choices = [...this.#choices].sort(([one], [other]) => one - other);
    return {
      object: 'text_completion',
      ...this.#head.fields(),
      choices: choices.map(([index, { text, finishReason }]) =>
        defined({ index, text: text.join() ?? '', finish_reason: finishReason }),
      ),
    };
  }

  #addChoice(piece: Json, budget: ContentBudget): void {
    const index = numberOf(piece, 'index') ?? 0;
    let choice = this.#choices.get(index);
    if (choice === undefined) {
      if (this.#choices.size === MAX_CHOICES) {
        budget.isCut = true;
        return;
      }
      choice = { text: new TextPieces(), finishReason: undefined };
      this.#choices.set(index, choice);
    }
    choice.finishReason = textOf(piece, 'finish_reason') ?? choice.finishReason;
    if (typeof piece['text'] === 'string') choice.text.add(piece['text'], budget);
  }
}
