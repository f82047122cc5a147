import type { ChunkMerger, ContentBudget, Json } from '../endpoint.js';
import { takeText } from '../stream-content.js';
import { takeCopy } from './content-budget.js';
import { asObject, asObjects } from '../json-fields.js';

const FACTS = ['model', 'created_at', 'done', 'done_reason', 'prompt_eval_count', 'eval_count'] as const;
// An answer has a handful.
const MAX_TOOL_CALLS = 1024;

/** Puts the parts of a chat or a generation together; each has the shape of a whole answer, the last one the counts. */
export class OllamaMerger implements ChunkMerger {
  readonly #shape: 'chat' | 'generate';
  readonly #facts: Record<string, unknown> = {};
  readonly #calls: unknown[] = [];
  #text = '';
  #thinking = '';

  constructor(shape: 'chat' | 'generate') {
    this.#shape = shape;
  }

  add(chunk: Json, budget: ContentBudget): void {
    for (const field of FACTS) {
      const value = chunk[field];
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
        this.#facts[field] = value;
    }
    const message = this.#shape === 'chat' ? asObject(chunk['message']) : chunk;
    if (message === undefined) return;
    this.#thinking += takeText(message['thinking'], budget);
    this.#text += takeText(this.#shape === 'chat' ? message['content'] : message['response'], budget);
    if (message['tool_calls'] === undefined) return;
    for (const call of asObjects(message['tool_calls'])) {
      if (this.#calls.length < MAX_TOOL_CALLS) this.#calls.push(takeCopy(call, budget));
    }
  }

  response(): Json {
    const thinking = this.#thinking === '' ? {} : { thinking: this.#thinking };
    if (this.#shape === 'generate') return { ...this.#facts, response: this.#text, ...thinking };
    const calls = this.#calls.length === 0 ? {} : { tool_calls: [...this.#calls] };
    return { ...this.#facts, message: { role: 'assistant', content: this.#text, ...thinking, ...calls } };
  }
}
