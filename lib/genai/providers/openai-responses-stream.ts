import type { ChunkMerger, ContentBudget, Json } from '../endpoint.js';
import { takeText } from '../stream-content.js';
import { takeCopy } from './content-budget.js';
import { asList, asName, asNumber, asObject } from '../json-fields.js';

// An answer has a handful; an index beyond this is no index.
const MAX_ITEMS = 4096;
const MAX_SEGMENTS = 256;

type TextField = 'arguments' | 'input' | 'code' | 'encrypted_content';

/** A text within an item, at its index. */
interface Segment {
  readonly type: string;
  readonly key: 'text' | 'refusal';
  text: string;
}

/** An item of the output as it grows: opened → texts appended → closed by the whole item. */
interface Item {
  type: string;
  /** Names and ids; no content. */
  readonly head: Record<string, unknown>;
  readonly content: Segment[];
  readonly summary: Segment[];
  readonly texts: Partial<Record<TextField, string>>;
  /** A copy, where the item is no message, reasoning or call of a user's tool. */
  whole?: unknown;
  isClosed: boolean;
}

const HEAD_FIELDS = ['id', 'call_id', 'name', 'role', 'status', 'server_label'] as const;

function copySegments(from: unknown, to: Segment[], budget: ContentBudget): void {
  if (to.length > 0) return;
  for (const entry of asList(from).slice(0, MAX_SEGMENTS)) {
    const part = asObject(entry);
    const key = part?.['type'] === 'refusal' ? 'refusal' : 'text';
    const text = takeText(part?.[key], budget);
    if (text !== '') to.push({ type: asName(part?.['type']) ?? 'output_text', key, text });
  }
}

function segmentsJson(segments: readonly Segment[]): Json[] {
  return segments.map(({ type, key, text }) => ({ type, [key]: text }));
}

function itemJson({ type, head, content, summary, texts, whole }: Item): Json {
  return {
    ...head,
    type,
    ...texts,
    ...(content.length === 0 && type !== 'message' ? {} : { content: segmentsJson(content) }),
    ...(type === 'reasoning' ? { summary: segmentsJson(summary) } : {}),
    ...asObject(whole),
  };
}

/** Puts the events of a Responses stream together; what arrived before a cut stays. */
export class ResponsesMerger implements ChunkMerger {
  readonly #facts: Record<string, unknown> = {};
  readonly #items: (Item | undefined)[] = [];

  add(chunk: Json, budget: ContentBudget): void {
    switch (chunk['type']) {
      case 'response.output_text.delta':
        this.#append(chunk, 'content', 'output_text', budget);
        break;
      case 'response.refusal.delta':
        this.#append(chunk, 'content', 'refusal', budget);
        break;
      case 'response.reasoning_text.delta':
        this.#append(chunk, 'content', 'reasoning_text', budget);
        break;
      case 'response.reasoning_summary_text.delta':
        this.#append(chunk, 'summary', 'summary_text', budget);
        break;
      case 'response.function_call_arguments.delta':
        this.#extend(chunk, 'function_call', 'arguments', chunk['delta'], budget);
        break;
      case 'response.mcp_call_arguments.delta':
        this.#extend(chunk, 'mcp_call', 'arguments', chunk['delta'], budget);
        break;
      case 'response.custom_tool_call_input.delta':
        this.#extend(chunk, 'custom_tool_call', 'input', chunk['delta'], budget);
        break;
      case 'response.code_interpreter_call_code.delta':
        this.#extend(chunk, 'code_interpreter_call', 'code', chunk['delta'], budget);
        break;
      case 'response.function_call_arguments.done':
        this.#complete(chunk, budget);
        break;
      case 'response.output_item.added':
        this.#open(chunk['output_index'], asObject(chunk['item']));
        break;
      case 'response.output_item.done':
        this.#close(chunk['output_index'], asObject(chunk['item']), budget);
        break;
      case 'error':
        this.#facts['status'] = 'failed';
        break;
      default:
        this.#take(asObject(chunk['response']), budget);
    }
  }

  response(): Json {
    return {
      object: 'response',
      ...this.#facts,
      output: this.#items.flatMap((item) => (item === undefined ? [] : [itemJson(item)])),
    };
  }

  #at(index: unknown, type: string): Item | undefined {
    if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index >= MAX_ITEMS) return undefined;
    while (this.#items.length < index) this.#items.push(undefined);
    return (this.#items[index] ??= { type, head: {}, content: [], summary: [], texts: {}, isClosed: false });
  }

  #append(chunk: Json, list: 'content' | 'summary', type: string, budget: ContentBudget): void {
    const index = list === 'content' ? chunk['content_index'] : chunk['summary_index'];
    const isReasoning = type === 'reasoning_text' || type === 'summary_text';
    const segments = this.#at(chunk['output_index'], isReasoning ? 'reasoning' : 'message')?.[list];
    if (segments === undefined || typeof index !== 'number' || !Number.isInteger(index)) return;
    if (index < 0 || index >= MAX_SEGMENTS) return;
    const key = type === 'refusal' ? 'refusal' : 'text';
    while (segments.length <= index) segments.push({ type, key, text: '' });
    const segment = segments[index];
    if (segment !== undefined) segment.text += takeText(chunk['delta'], budget);
  }

  #extend(chunk: Json, type: string, field: TextField, text: unknown, budget: ContentBudget): void {
    const texts = this.#at(chunk['output_index'], type)?.texts;
    if (texts !== undefined) texts[field] = (texts[field] ?? '') + takeText(text, budget);
  }

  #complete(chunk: Json, budget: ContentBudget): void {
    const item = this.#at(chunk['output_index'], 'function_call');
    if (item?.texts.arguments === undefined) {
      this.#extend(chunk, 'function_call', 'arguments', chunk['arguments'], budget);
    }
  }

  #open(index: unknown, from: Json | undefined): Item | undefined {
    const type = asName(from?.['type']);
    const item = from === undefined ? undefined : this.#at(index, type ?? 'message');
    if (from === undefined || item === undefined) return undefined;
    if (type !== undefined) item.type = type;
    for (const field of HEAD_FIELDS) {
      if (typeof from[field] === 'string') item.head[field] = from[field];
    }
    return item;
  }

  #close(index: unknown, from: Json | undefined, budget: ContentBudget): void {
    const item = this.#open(index, from);
    if (from === undefined || item === undefined || item.isClosed) return;
    item.isClosed = true;
    switch (item.type) {
      case 'message':
      case 'reasoning':
        copySegments(from['content'], item.content, budget);
        copySegments(from['summary'], item.summary, budget);
        if (item.content.length + item.summary.length === 0) this.#fill(item, from, 'encrypted_content', budget);
        break;
      case 'function_call':
        this.#fill(item, from, 'arguments', budget);
        break;
      case 'custom_tool_call':
        this.#fill(item, from, 'input', budget);
        break;
      default:
        item.whole = takeCopy(from, budget);
    }
  }

  #fill(item: Item, from: Json, field: TextField, budget: ContentBudget): void {
    if (item.texts[field] !== undefined) return;
    const text = takeText(from[field], budget);
    if (text !== '') item.texts[field] = text;
  }

  #take(response: Json | undefined, budget: ContentBudget): void {
    if (response === undefined) return;
    const status = asName(response['status']);
    const isOver = status !== 'in_progress' && status !== 'queued';
    for (const field of ['id', 'model', 'status'] as const) {
      if (typeof response[field] === 'string') this.#facts[field] = response[field];
    }
    // Until it is over this is the tier that was asked for, not the one that served.
    if (isOver && typeof response['service_tier'] === 'string') this.#facts['service_tier'] = response['service_tier'];
    const reason = asName(asObject(response['incomplete_details'])?.['reason']);
    if (reason !== undefined) this.#facts['incomplete_details'] = { reason };
    this.#count(asObject(response['usage']));
    if (!isOver) return;
    for (const [index, item] of asList(response['output']).slice(0, MAX_ITEMS).entries()) {
      this.#close(index, asObject(item), budget);
    }
  }

  #count(usage: Json | undefined): void {
    if (usage === undefined) return;
    const input = asObject(usage['input_tokens_details']);
    const output = asObject(usage['output_tokens_details']);
    this.#facts['usage'] = {
      input_tokens: asNumber(usage['input_tokens']),
      input_tokens_details: {
        cached_tokens: asNumber(input?.['cached_tokens']),
        cache_write_tokens: asNumber(input?.['cache_write_tokens']),
      },
      output_tokens: asNumber(usage['output_tokens']),
      output_tokens_details: { reasoning_tokens: asNumber(output?.['reasoning_tokens']) },
      total_tokens: asNumber(usage['total_tokens']),
    };
  }
}
