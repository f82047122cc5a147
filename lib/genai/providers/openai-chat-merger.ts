import type { ChunkMerger, ContentBudget, Json } from '../endpoint.js';
import { TextPieces } from '../text-pieces.js';
import { defined, isJson, listOf, textOf } from '../untrusted.js';
import { AnswerHead } from './openai-answer-head.js';
import { ToolCallsPieces } from './openai-tool-call-pieces.js';

const MAX_CHOICES = 128;

/** Puts the chunks of a chat completion together. */
export function createChatMerger(): ChunkMerger {
  return new ChatMerger();
}

class ChatMerger implements ChunkMerger {
  readonly #head = new AnswerHead();
  readonly #choices = new Map<number, ChoicePieces>();

  add(chunk: Json, budget: ContentBudget): void {
    this.#head.add(chunk);
    const { choices } = chunk;
    if (!Array.isArray(choices)) return;
    for (const choice of choices as unknown[]) {
      if (!isJson(choice)) continue;
      this.#head.addUsage(choice);
      const { index } = choice;
      this.#choiceAt(typeof index === 'number' && Number.isFinite(index) ? index : 0, budget)?.add(choice, budget);
    }
  }

  response(): Json {
    const choices = [...this.#choices].sort(([one], [other]) => one - other);
    return {
      object: 'chat.completion',
      ...this.#head.fields(),
      choices: choices.map(([index, choice]) => choice.toJson(index)),
    };
  }

  #choiceAt(index: number, budget: ContentBudget): ChoicePieces | undefined {
    const known = this.#choices.get(index);
    if (known !== undefined) return known;
    if (this.#choices.size === MAX_CHOICES) {
      budget.isCut = true;
      return undefined;
    }
    const choice = new ChoicePieces();
    this.#choices.set(index, choice);
    return choice;
  }
}

/** One choice of a stream. */
class ChoicePieces {
  #role: string | undefined;
  #finishReason: string | undefined;
  #audioId: string | undefined;
  readonly #content = new TextPieces();
  readonly #reasoning = new TextPieces();
  readonly #refusal = new TextPieces();
  readonly #transcript = new TextPieces();
  readonly #toolCalls = new ToolCallsPieces();
  readonly #functionCall = new ToolCallsPieces();

  add(choice: Json, budget: ContentBudget): void {
    // Fields are read by fixed names here: this runs for every chunk, and a name from a variable costs ten times as much.
    const finishReason = choice['finish_reason'] ?? choice['finishReason'];
    if (typeof finishReason === 'string' && finishReason !== '') this.#finishReason = finishReason;
    const { delta } = choice;
    if (!isJson(delta)) return;
    this.#role ??= textOf(delta, 'role');
    this.#addContent(delta['content'], budget);
    const reasoning = delta['reasoning_content'] ?? delta['reasoningContent'] ?? delta['reasoning'];
    if (typeof reasoning === 'string') this.#reasoning.add(reasoning, budget);
    const refusal = delta['refusal'];
    if (typeof refusal === 'string') this.#refusal.add(refusal, budget);
    const calls = delta['tool_calls'] ?? delta['toolCalls'];
    if (Array.isArray(calls)) this.#addToolCalls(calls, budget);
    const call = delta['function_call'];
    if (isJson(call)) this.#functionCall.add({ function: call }, budget);
    const audio = delta['audio'];
    if (isJson(audio)) this.#addAudio(audio, budget);
  }

  toJson(index: number): Json {
    const [legacy] = this.#functionCall.toJson() ?? [];
    const transcript = this.#transcript.join();
    return {
      index,
      ...defined({ finish_reason: this.#finishReason }),
      message: {
        role: this.#role ?? 'assistant',
        content: this.#content.join() ?? null,
        ...defined({
          reasoning_content: this.#reasoning.join(),
          refusal: this.#refusal.join(),
          tool_calls: this.#toolCalls.toJson(),
          function_call: legacy?.['function'],
          audio:
            this.#audioId === undefined && transcript === undefined
              ? undefined
              : defined({ id: this.#audioId, transcript }),
        }),
      },
    };
  }

  #addToolCalls(calls: readonly unknown[], budget: ContentBudget): void {
    for (const call of calls) if (isJson(call)) this.#toolCalls.add(call, budget);
  }

  /** Mistral's reasoning models stream lists of parts. */
  #addContent(content: unknown, budget: ContentBudget): void {
    if (typeof content === 'string') this.#content.add(content, budget);
    if (!Array.isArray(content)) return;
    for (const item of content as unknown[]) {
      if (!isJson(item)) continue;
      if (typeof item['text'] === 'string') this.#content.add(item['text'], budget);
      for (const thought of listOf(item, 'thinking')) {
        if (isJson(thought) && typeof thought['text'] === 'string') this.#reasoning.add(thought['text'], budget);
      }
    }
  }

  /** The bytes are left out: their pieces are padded each for itself, so that they make no whole when joined. */
  #addAudio(audio: Json, budget: ContentBudget): void {
    this.#audioId ??= textOf(audio, 'id');
    if (typeof audio['transcript'] === 'string') this.#transcript.add(audio['transcript'], budget);
    if (typeof audio['data'] === 'string') budget.isCut = true;
  }
}
