import type { ChunkMerger, ContentBudget, Json } from '../endpoint.js';
import { asCount, asName, asObject, asObjects } from '../json-fields.js';
import { MAX_PIECES, takeCopy, takeText } from '../stream-content.js';

/** A content block as far as it came; `input` is the JSON text of a tool's arguments. */
interface Block {
  text?: string;
  reasoning?: string;
  isRedacted?: boolean;
  toolUse?: Record<string, unknown>;
  input?: string;
  toolResult?: Record<string, unknown>;
  results?: unknown[];
}

const COUNTS = ['inputTokens', 'outputTokens', 'totalTokens'];
const CACHE_COUNTS = [
  'cacheReadInputTokens',
  'cacheWriteInputTokens',
  'cacheReadInputTokenCount',
  'cacheWriteInputTokenCount',
];
const TOOL_FIELDS = ['toolUseId', 'name', 'type', 'status'];

/** Names of the events; each event is an object with one of them. */
export const CONVERSE_EVENTS = [
  'messageStart',
  'contentBlockStart',
  'contentBlockDelta',
  'contentBlockStop',
  'messageStop',
  'metadata',
] as const;

/**
 * Merges the events of ConverseStream into the answer of Converse. Each is an object with one member: `messageStart`
 * `{ role }`, `contentBlockStart` `{ contentBlockIndex, start: { toolUse } }` (tools alone have one), `contentBlockDelta`
 * `{ contentBlockIndex, delta: { text | reasoningContent | toolUse: { input } } }`, `contentBlockStop`, `messageStop`
 * `{ stopReason }`, and last `metadata` `{ usage, metrics }`. They are plain objects of the client's `answer.stream`.
 */
export class ConverseMerger implements ChunkMerger {
  readonly #facts: Record<string, unknown> = {};
  readonly #blocks = new Map<number, Block>();
  #role: string | undefined;

  add(chunk: Json, budget: ContentBudget): void {
    const delta = asObject(chunk['contentBlockDelta']);
    if (delta !== undefined) {
      this.#grow(delta, budget);
      return;
    }
    const start = asObject(chunk['contentBlockStart']);
    if (start !== undefined) this.#open(start);
    this.#role ??= asName(asObject(chunk['messageStart'])?.['role']);
    const stopReason = asName(asObject(chunk['messageStop'])?.['stopReason']);
    if (stopReason !== undefined) this.#facts['stopReason'] = stopReason;
    const metadata = asObject(chunk['metadata']);
    if (metadata !== undefined) this.#close(metadata);
  }

  response(): Json {
    const content = [...this.#blocks].sort(([a], [b]) => a - b).flatMap(([, block]) => toContent(block));
    if (this.#role === undefined && content.length === 0) return { ...this.#facts };
    return { output: { message: { role: this.#role ?? 'assistant', content } }, ...this.#facts };
  }

  #close(metadata: Json): void {
    const usage = asObject(metadata['usage']);
    const counts: Record<string, unknown> = {};
    for (const name of [...COUNTS, ...CACHE_COUNTS]) {
      const count = asCount(usage?.[name]);
      if (count !== undefined) counts[name] = count;
    }
    if (usage !== undefined) this.#facts['usage'] = counts;
    const tier = asName(asObject(metadata['serviceTier'])?.['type']);
    if (tier !== undefined) this.#facts['serviceTier'] = { type: tier };
  }

  #blockOf(event: Json): Block | undefined {
    const index = asCount(event['contentBlockIndex']) ?? 0;
    const found = this.#blocks.get(index);
    if (found !== undefined || this.#blocks.size >= MAX_PIECES) return found;
    const block: Block = {};
    this.#blocks.set(index, block);
    return block;
  }

  #open(event: Json): void {
    const block = this.#blockOf(event);
    const start = asObject(event['start']);
    if (block === undefined || start === undefined) return;
    const toolUse = asObject(start['toolUse']);
    if (toolUse !== undefined) block.toolUse = namesOf(toolUse);
    const toolResult = asObject(start['toolResult']);
    if (toolResult !== undefined) block.toolResult = namesOf(toolResult);
  }

  #grow(event: Json, budget: ContentBudget): void {
    const block = this.#blockOf(event);
    const delta = asObject(event['delta']);
    if (block === undefined || delta === undefined) return;
    if (delta['text'] !== undefined) block.text = (block.text ?? '') + takeText(delta['text'], budget);
    const reasoning = asObject(delta['reasoningContent']);
    if (reasoning?.['text'] !== undefined) {
      block.reasoning = (block.reasoning ?? '') + takeText(reasoning['text'], budget);
    }
    if (reasoning?.['redactedContent'] !== undefined) block.isRedacted = true;
    const toolUse = asObject(delta['toolUse']);
    if (toolUse !== undefined) block.input = (block.input ?? '') + takeText(toolUse['input'], budget);
    for (const result of asObjects(delta['toolResult'])) this.#addResult(block, result, budget);
  }

  #addResult(block: Block, result: Json, budget: ContentBudget): void {
    block.results ??= [];
    if (block.results.length < MAX_PIECES) block.results.push(takeCopy(result, budget) ?? {});
  }
}

function namesOf(source: Json): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const name of TOOL_FIELDS) {
    const value = asName(source[name]);
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}

function toContent(block: Block): Json[] {
  const { text, reasoning, isRedacted, toolUse, input, toolResult, results } = block;
  const content: Json[] = [];
  if (reasoning !== undefined) content.push({ reasoningContent: { reasoningText: { text: reasoning } } });
  else if (isRedacted === true) content.push({ reasoningContent: { redactedContent: undefined } });
  if (text !== undefined) content.push({ text });
  if (toolUse !== undefined || input !== undefined) {
    content.push({ toolUse: { ...toolUse, ...(input === undefined || input === '' ? {} : { input }) } });
  }
  if (toolResult !== undefined || results !== undefined) {
    content.push({ toolResult: { ...toolResult, content: [...(results ?? [])] } });
  }
  return content;
}
