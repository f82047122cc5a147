import type { ChunkMerger, ContentBudget, Json } from '../endpoint.js';
import { asCount, asList, asName, asObject } from '../json-fields.js';
import { MAX_PIECES, takeCopy, takeText } from '../stream-content.js';

interface TextPart {
  text: string;
  readonly thought: boolean;
}

interface Candidate {
  role?: string;
  finishReason?: string | number;
  readonly parts: (TextPart | Json)[];
  /** The last part where it is a text that the next one continues. */
  open?: TextPart | undefined;
}

const COUNTS = [
  'promptTokenCount',
  'toolUsePromptTokenCount',
  'cachedContentTokenCount',
  'candidatesTokenCount',
  'thoughtsTokenCount',
  'totalTokenCount',
];
const DETAILS = ['promptTokensDetails', 'candidatesTokensDetails'];
const MAX_DETAILS = 16;

/**
 * Merges the chunks of a stream, each a partial answer, into one answer. Texts that follow one another become one part.
 * Counts are cumulative: the last one stands.
 */
export class GenerateContentMerger implements ChunkMerger {
  readonly #facts: Record<string, unknown> = {};
  readonly #usage: Record<string, unknown> = {};
  readonly #candidates = new Map<number, Candidate>();

  add(chunk: Json, budget: ContentBudget): void {
    keepNames(this.#facts, chunk, ['responseId', 'modelVersion', 'createTime']);
    this.#count(asObject(chunk['usageMetadata']));
    const feedback = asObject(chunk['promptFeedback']);
    if (feedback !== undefined) this.#block(feedback);
    for (const item of asList(chunk['candidates']).slice(0, MAX_PIECES)) {
      const source = asObject(item);
      if (source !== undefined) this.#grow(source, budget);
    }
  }

  response(): Json {
    const candidates = [...this.#candidates].sort(([a], [b]) => a - b).map(([index, each]) => toCandidate(index, each));
    return {
      ...this.#facts,
      ...(candidates.length > 0 ? { candidates } : {}),
      ...(Object.keys(this.#usage).length > 0 ? { usageMetadata: { ...this.#usage } } : {}),
    };
  }

  #count(metadata: Json | undefined): void {
    if (metadata === undefined) return;
    keepNames(this.#usage, metadata, ['trafficType', 'serviceTier']);
    for (const name of COUNTS) {
      const count = asCount(metadata[name]);
      if (count !== undefined) this.#usage[name] = count;
    }
    for (const name of DETAILS) {
      if (Array.isArray(metadata[name])) this.#usage[name] = asList(metadata[name]).slice(0, MAX_DETAILS).map(toDetail);
    }
  }

  #block(feedback: Json): void {
    const kept: Record<string, unknown> = {};
    keepNames(kept, feedback, ['blockReason', 'blockReasonMessage']);
    if (Object.keys(kept).length > 0) this.#facts['promptFeedback'] = kept;
  }

  #grow(source: Json, budget: ContentBudget): void {
    const candidate = this.#candidateAt(asCount(source['index']) ?? 0);
    if (candidate === undefined) return;
    const { finishReason } = source;
    if (typeof finishReason === 'string' || typeof finishReason === 'number') candidate.finishReason = finishReason;
    const content = asObject(source['content']);
    const role = asName(content?.['role']);
    if (role !== undefined) candidate.role = role;
    for (const item of asList(content?.['parts']).slice(0, MAX_PIECES)) {
      const part = asObject(item);
      if (part !== undefined) append(candidate, part, budget);
    }
  }

  #candidateAt(index: number): Candidate | undefined {
    const found = this.#candidates.get(index);
    if (found !== undefined || this.#candidates.size >= MAX_PIECES) return found;
    const candidate: Candidate = { parts: [] };
    this.#candidates.set(index, candidate);
    return candidate;
  }
}

function keepNames(target: Record<string, unknown>, source: Json, names: readonly string[]): void {
  for (const name of names) {
    const value = source[name];
    if (typeof value === 'number' || (typeof value === 'string' && value !== '')) target[name] = value;
  }
}

function toDetail(item: unknown): Json {
  const kept: Record<string, unknown> = {};
  const detail = asObject(item);
  if (detail !== undefined) keepNames(kept, detail, ['modality', 'tokenCount']);
  return kept;
}

function append(candidate: Candidate, part: Json, budget: ContentBudget): void {
  if (typeof part['text'] !== 'string') {
    if (candidate.parts.length >= MAX_PIECES) return;
    candidate.parts.push(copyPart(part, budget));
    candidate.open = undefined;
    return;
  }
  const thought = part['thought'] === true;
  if (candidate.open?.thought !== thought) {
    if (candidate.parts.length >= MAX_PIECES) return;
    candidate.open = { text: '', thought };
    candidate.parts.push(candidate.open);
  }
  candidate.open.text += takeText(part['text'], budget);
}

/** A part that came whole; of a call that the budget has no room for, its name. */
function copyPart(part: Json, budget: ContentBudget): Json {
  const copy = asObject(takeCopy(part, budget));
  if (copy !== undefined) return copy;
  const kept: Record<string, unknown> = {};
  for (const [kind, value] of Object.entries(part)) {
    const source = asObject(value);
    if (source === undefined) continue;
    const names: Record<string, unknown> = {};
    keepNames(names, source, ['id', 'name', 'mimeType', 'toolType']);
    kept[kind] = names;
  }
  return kept;
}

function toCandidate(index: number, { role, finishReason, parts }: Candidate): Json {
  return {
    index,
    content: { ...(role === undefined ? {} : { role }), parts: parts.map((part) => Object.assign({}, part)) },
    ...(finishReason === undefined ? {} : { finishReason }),
  };
}
