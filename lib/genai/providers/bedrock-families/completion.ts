import type { ChunkMerger, ContentBudget, Json } from '../../endpoint.js';
import { asName, asText } from '../../json-fields.js';
import type { CallMessages } from '../../record.js';
import { takeText } from '../../stream-content.js';

/** The conventions' word for why a completion ended; `error` where it broke off, else the model's word in lower case. */
export function toCompletionReason(reason: unknown, words: Readonly<Record<string, string>>): string {
  const word = asName(reason);
  if (word === undefined) return 'error';
  return Object.hasOwn(words, word) ? (words[word] ?? word) : word.toLowerCase();
}

/** A prompt as a message of the user. */
export function promptMessages(prompt: unknown): CallMessages {
  const content = asText(prompt);
  return content === undefined ? {} : { input: [{ role: 'user', parts: [{ type: 'text', content }] }] };
}

/** A completion as a message of the model. */
export function completionMessages(text: unknown, finishReason: string): CallMessages {
  const content = asText(text);
  if (content === undefined) return {};
  return { output: [{ role: 'assistant', parts: [{ type: 'text', content }], finish_reason: finishReason }] };
}

/** How the chunks of a completion become its body. */
export interface CompletionShape {
  /** The field with the chunk's text. */
  readonly text: string;
  /** Fields whose last value stands. */
  readonly facts: readonly string[];
  /** Where the fields are, if not in the chunk itself. */
  sourceOf?(chunk: Json): Json | undefined;
  toBody(text: string, facts: Json): Json;
}

/** Merges the chunks of a completion. */
export class CompletionMerger implements ChunkMerger {
  readonly #shape: CompletionShape;
  readonly #facts: Record<string, unknown> = {};
  #text = '';

  constructor(shape: CompletionShape) {
    this.#shape = shape;
  }

  add(chunk: Json, budget: ContentBudget): void {
    const source = this.#shape.sourceOf === undefined ? chunk : this.#shape.sourceOf(chunk);
    if (source === undefined) return;
    this.#text += takeText(source[this.#shape.text], budget);
    for (const name of this.#shape.facts) {
      const value = source[name];
      if (typeof value === 'number' || asName(value) !== undefined) this.#facts[name] = value;
    }
  }

  response(): Json {
    return this.#shape.toBody(this.#text, { ...this.#facts });
  }
}
