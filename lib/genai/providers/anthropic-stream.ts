import type { ChunkMerger, ContentBudget, Json } from '../endpoint.js';
import { asCount, asName, asObject } from '../json-fields.js';
import { MAX_PIECES, takeCopy, takeText } from '../stream-content.js';

/** Names of content blocks' fields that come in deltas; anything else comes with the block's start. */
type Growing = 'text' | 'thinking' | 'input';

/** A block as far as it came; `input` is the JSON text of a tool's arguments. */
interface Block {
  readonly type: string;
  fields: Record<string, unknown>;
  text?: string;
  thinking?: string;
  input?: string;
}

const COUNTS = ['input_tokens', 'cache_read_input_tokens', 'cache_creation_input_tokens', 'output_tokens'] as const;

/**
 * Merges the events of a Messages stream into the answer that the API gives without one. Counts are cumulative: the last
 * one stands. Signatures and citations are left out, as they are from the parts of an answer in one piece.
 */
export class MessagesMerger implements ChunkMerger {
  readonly #message: Record<string, unknown> = { type: 'message' };
  readonly #usage: Record<string, unknown> = {};
  readonly #blocks = new Map<number, Block>();

  add(chunk: Json, budget: ContentBudget): void {
    switch (chunk['type']) {
      case 'message_start':
        this.#start(asObject(chunk['message']));
        break;
      case 'content_block_start':
        this.#open(asCount(chunk['index']), asObject(chunk['content_block']), budget);
        break;
      case 'content_block_delta':
        this.#grow(asCount(chunk['index']), asObject(chunk['delta']), budget);
        break;
      case 'message_delta':
        this.#keepNames(asObject(chunk['delta']), ['stop_reason', 'stop_sequence']);
        this.#count(asObject(chunk['usage']));
        break;
      default: // message_stop, content_block_stop, ping; an error is thrown by the client and says nothing of the answer
    }
  }

  response(): Json {
    const content = [...this.#blocks].sort(([a], [b]) => a - b).map(([, block]) => toContent(block));
    return { ...this.#message, content, usage: { ...this.#usage } };
  }

  #start(message: Json | undefined): void {
    this.#keepNames(message, ['id', 'role', 'model', 'stop_reason', 'stop_sequence']);
    this.#count(asObject(message?.['usage']));
  }

  #keepNames(source: Json | undefined, names: readonly string[]): void {
    for (const name of names) {
      const value = asName(source?.[name]);
      if (value !== undefined) this.#message[name] = value;
    }
  }

  #count(usage: Json | undefined): void {
    if (usage === undefined) return;
    for (const name of COUNTS) {
      const count = asCount(usage[name]);
      if (count !== undefined) this.#usage[name] = count;
    }
    const tier = asName(usage['service_tier']);
    if (tier !== undefined) this.#usage['service_tier'] = tier;
    const thinking = asCount(asObject(usage['output_tokens_details'])?.['thinking_tokens']);
    if (thinking !== undefined) this.#usage['output_tokens_details'] = { thinking_tokens: thinking };
  }

  #open(index: number | undefined, source: Json | undefined, budget: ContentBudget): Block | undefined {
    if (index === undefined || this.#blocks.size >= MAX_PIECES) return undefined;
    const type = asName(source?.['type']) ?? 'text';
    const block: Block = { type, fields: {} };
    if (type === 'text' || type === 'thinking') {
      block[type] = takeText(source?.[type], budget);
    } else if (type.endsWith('tool_use')) {
      for (const name of ['id', 'name', 'server_name']) {
        const value = asName(source?.[name]);
        if (value !== undefined) block.fields[name] = value;
      }
      const input = asObject(source?.['input']);
      if (input !== undefined) block.fields['input'] = takeCopy(input, budget);
    } else {
      block.fields = asObject(takeCopy(source, budget)) ?? {};
    }
    this.#blocks.set(index, block);
    return block;
  }

  #grow(index: number | undefined, delta: Json | undefined, budget: ContentBudget): void {
    if (index === undefined || delta === undefined) return;
    const field = growingField(delta['type']);
    if (field === undefined) return;
    const source: Json = { type: field === 'input' ? 'tool_use' : field };
    const block = this.#blocks.get(index) ?? this.#open(index, source, budget);
    if (block === undefined) return;
    block[field] = (block[field] ?? '') + takeText(delta[field === 'input' ? 'partial_json' : field], budget);
  }
}

function growingField(deltaType: unknown): Growing | undefined {
  switch (deltaType) {
    case 'text_delta':
      return 'text';
    case 'thinking_delta':
      return 'thinking';
    case 'input_json_delta':
      return 'input';
    default:
      return undefined;
  }
}

function toContent({ type, fields, text, thinking, input }: Block): Json {
  return {
    ...fields,
    type,
    ...(text === undefined ? {} : { text }),
    ...(thinking === undefined ? {} : { thinking }),
    ...(input === undefined || input === '' ? {} : { input }),
  };
}
