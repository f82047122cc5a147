import type { ChunkMerger, ContentBudget, Endpoint, Json, Likeness, ResponseReading } from '../endpoint.js';
import type { ResponseFacts } from '../record.js';
import { either, hasAny, readCohereSampling, readCohereUsage } from './cohere-fields.js';
import { readCohereV1Input, readCohereV1Output } from './cohere-v1-content.js';
import { copyCohereCounts } from './cohere-v2-stream.js';
import { takeText } from '../stream-content.js';
import { takeCopy } from './content-budget.js';
import { asName, asObject, present } from '../json-fields.js';

const OWN_FIELDS = [
  'chat_history',
  'chatHistory',
  'preamble',
  'connectors',
  'conversation_id',
  'conversationId',
  'tool_results',
  'toolResults',
  'prompt_truncation',
  'promptTruncation',
  'citation_quality',
  'citationQuality',
];

const EVENTS: ReadonlySet<string> = new Set([
  'stream-start',
  'search-queries-generation',
  'search-results',
  'citation-generation',
  'tool-calls-generation',
  'tool-calls-chunk',
]);

// A message alone is no sign: half of all methods take one.
function matchRequest(request: Json): Likeness {
  if (typeof request['message'] !== 'string' || request['messages'] !== undefined) return 0;
  if (hasAny(request, OWN_FIELDS)) return 3;
  return typeof request['model'] === 'string' ? 2 : 0;
}

function matchResponse(response: Json): Likeness {
  if (!hasAny(response, ['generation_id', 'generationId', 'response_id', 'responseId'])) return 0;
  return typeof response['text'] === 'string' ? 3 : 0;
}

function matchChunk(chunk: Json): Likeness {
  const type = asName(either(chunk, 'event_type', 'eventType'));
  if (type === undefined) return 0;
  if (EVENTS.has(type)) return 3;
  // Those of `/v1/generate` have the same names.
  if (type === 'text-generation') return 2;
  return type === 'stream-end' && asObject(chunk['response'])?.['generations'] === undefined ? 2 : 0;
}

function readResponse(response: Json): ResponseReading {
  const reason = asName(either(response, 'finish_reason', 'finishReason'));
  const usage = readCohereUsage(asObject(response['meta']));
  return {
    response: present<ResponseFacts>({
      id:
        asName(either(response, 'response_id', 'responseId')) ??
        asName(either(response, 'generation_id', 'generationId')),
      finishReasons: reason === undefined ? undefined : [reason],
    }),
    ...(usage === undefined ? {} : { usage }),
  };
}

class CohereV1Merger implements ChunkMerger {
  #id: string | undefined;
  #generationId: string | undefined;
  #reason: string | undefined;
  #meta: Json | undefined;
  #text = '';
  #calls: unknown;

  add(chunk: Json, budget: ContentBudget): void {
    const type = either(chunk, 'event_type', 'eventType');
    if (type === 'text-generation') this.#text += takeText(chunk['text'], budget);
    else if (type === 'stream-start') this.#generationId = asName(either(chunk, 'generation_id', 'generationId'));
    else if (type === 'tool-calls-generation') this.#take(chunk, budget);
    else if (type === 'stream-end') this.#end(chunk, budget);
  }

  #take(from: Json, budget: ContentBudget): void {
    if (this.#text === '') this.#text = takeText(from['text'], budget);
    const calls = either(from, 'tool_calls', 'toolCalls');
    if (this.#calls === undefined && calls !== undefined) this.#calls = takeCopy(calls, budget);
  }

  #end(chunk: Json, budget: ContentBudget): void {
    const whole = asObject(chunk['response']);
    this.#reason =
      asName(either(chunk, 'finish_reason', 'finishReason')) ?? asName(either(whole, 'finish_reason', 'finishReason'));
    if (whole === undefined) return;
    this.#id = asName(either(whole, 'response_id', 'responseId'));
    this.#generationId ??= asName(either(whole, 'generation_id', 'generationId'));
    this.#meta = copyCohereCounts(asObject(whole['meta']));
    this.#take(whole, budget);
  }

  response(): Json {
    return {
      response_id: this.#id,
      generation_id: this.#generationId,
      text: this.#text,
      tool_calls: this.#calls,
      finish_reason: this.#reason,
      meta: this.#meta,
    };
  }
}

/** Cohere's `/v1/chat`. The answer does not name a model. */
export const cohereV1Chat: Endpoint = {
  id: 'cohere.v1_chat',
  provider: 'cohere',
  operation: 'chat',
  matchRequest,
  matchResponse,
  matchChunk,
  readRequest: (request) => ({ request: readCohereSampling(request) }),
  readResponse,
  readInput: readCohereV1Input,
  readOutput: readCohereV1Output,
  createMerger: () => new CohereV1Merger(),
};
