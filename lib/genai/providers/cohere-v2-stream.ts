import type { ChunkMerger, ContentBudget, Json } from '../endpoint.js';
import { either } from './cohere-fields.js';
import { takeText } from '../stream-content.js';
import { asName, asNumber, asObject } from '../json-fields.js';

// An answer has a handful; an index beyond this is no index.
const MAX_PARTS = 1024;

interface Content {
  kind: 'text' | 'thinking';
  text: string;
}

interface ToolCall {
  id: string | undefined;
  name: string | undefined;
  input: string;
}

function at<T>(list: (T | undefined)[], index: unknown, make: () => T): T | undefined {
  const place = index ?? 0;
  if (typeof place !== 'number' || !Number.isInteger(place) || place < 0 || place >= MAX_PARTS) return undefined;
  while (list.length < place) list.push(undefined);
  return (list[place] ??= make());
}

/** Keeps the counts of a `usage` or `meta` and nothing else of it. */
export function copyCohereCounts(usage: Json | undefined): Json | undefined {
  if (usage === undefined) return undefined;
  const billed = asObject(either(usage, 'billed_units', 'billedUnits'));
  const tokens = asObject(usage['tokens']);
  return {
    billed_units: {
      input_tokens: asNumber(either(billed, 'input_tokens', 'inputTokens')),
      output_tokens: asNumber(either(billed, 'output_tokens', 'outputTokens')),
      search_units: asNumber(either(billed, 'search_units', 'searchUnits')),
    },
    tokens: {
      input_tokens: asNumber(either(tokens, 'input_tokens', 'inputTokens')),
      output_tokens: asNumber(either(tokens, 'output_tokens', 'outputTokens')),
    },
    cached_tokens: asNumber(either(usage, 'cached_tokens', 'cachedTokens')),
  };
}

/** Puts the events of a stream of `/v2/chat` together. */
export class CohereV2Merger implements ChunkMerger {
  #id: string | undefined;
  #reason: string | undefined;
  #usage: Json | undefined;
  #plan = '';
  readonly #content: (Content | undefined)[] = [];
  readonly #calls: (ToolCall | undefined)[] = [];

  add(chunk: Json, budget: ContentBudget): void {
    const delta = asObject(chunk['delta']);
    const message = asObject(delta?.['message']);
    switch (chunk['type']) {
      case 'message-start':
        this.#id = asName(chunk['id']);
        break;
      case 'content-start':
      case 'content-delta':
        this.#addContent(chunk['index'], asObject(message?.['content']), budget);
        break;
      case 'tool-plan-delta':
        this.#plan += takeText(either(message, 'tool_plan', 'toolPlan'), budget);
        break;
      case 'tool-call-start':
      case 'tool-call-delta':
        this.#addCall(chunk['index'], asObject(either(message, 'tool_calls', 'toolCalls')), budget);
        break;
      case 'message-end':
        this.#reason = asName(either(delta, 'finish_reason', 'finishReason'));
        this.#usage = copyCohereCounts(asObject(delta?.['usage']));
        break;
      default:
    }
  }

  #addContent(index: unknown, content: Json | undefined, budget: ContentBudget): void {
    const part =
      content === undefined ? undefined : at<Content>(this.#content, index, () => ({ kind: 'text', text: '' }));
    if (content === undefined || part === undefined) return;
    if (content['type'] === 'thinking' || typeof content['thinking'] === 'string') part.kind = 'thinking';
    part.text += takeText(content[part.kind], budget);
  }

  #addCall(index: unknown, from: Json | undefined, budget: ContentBudget): void {
    const make = (): ToolCall => ({ id: undefined, name: undefined, input: '' });
    const call = from === undefined ? undefined : at<ToolCall>(this.#calls, index, make);
    if (from === undefined || call === undefined) return;
    const fn = asObject(from['function']);
    call.id ??= asName(from['id']);
    call.name ??= asName(fn?.['name']);
    call.input += takeText(fn?.['arguments'], budget);
  }

  response(): Json {
    const content = this.#content.flatMap((part) =>
      part === undefined ? [] : [{ type: part.kind, [part.kind]: part.text }],
    );
    const calls = this.#calls.flatMap((call) =>
      call === undefined
        ? []
        : [{ id: call.id, type: 'function', function: { name: call.name, arguments: call.input } }],
    );
    return {
      id: this.#id,
      finish_reason: this.#reason,
      message: { role: 'assistant', tool_plan: this.#plan, content, tool_calls: calls },
      usage: this.#usage,
    };
  }
}
