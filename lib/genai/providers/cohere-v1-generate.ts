import type { ChunkMerger, ContentBudget, Endpoint, Json, Likeness, ResponseReading } from '../endpoint.js';
import type { OutputMessage } from '../messages.js';
import type { CallMessages, ResponseFacts } from '../record.js';
import { cohereMessageFinish, either, hasAny, readCohereSampling, readCohereUsage } from './cohere-fields.js';
import { copyCohereCounts } from './cohere-v2-stream.js';
import { takeText } from '../stream-content.js';
import { asCount, asList, asName, asObject, asObjects, present } from '../json-fields.js';

const OWN_FIELDS = [
  'num_generations',
  'numGenerations',
  'return_likelihoods',
  'returnLikelihoods',
  'end_sequences',
  'endSequences',
  'preset',
  'raw_prompting',
  'rawPrompting',
  'p',
  'k',
];
// The API gives five at most.
const MAX_GENERATIONS = 64;

function matchRequest(request: Json): Likeness {
  if (typeof request['prompt'] !== 'string') return 0;
  if (hasAny(request, OWN_FIELDS)) return 3;
  return typeof request['model'] === 'string' ? 1 : 0;
}

function matchResponse(response: Json): Likeness {
  if (typeof asObject(asList(response['generations'])[0])?.['text'] !== 'string') return 0;
  return hasAny(response, ['meta', 'prompt']) ? 3 : 1;
}

function matchChunk(chunk: Json): Likeness {
  const type = either(chunk, 'event_type', 'eventType');
  if (type === 'text-generation') return 2;
  return type === 'stream-end' && asObject(chunk['response'])?.['generations'] !== undefined ? 3 : 0;
}

function reasonOf(generation: Json, response: Json): string | undefined {
  return (
    asName(either(generation, 'finish_reason', 'finishReason')) ??
    asName(either(response, 'finish_reason', 'finishReason'))
  );
}

function readResponse(response: Json): ResponseReading {
  const reasons = asObjects(response['generations']).map((generation) => reasonOf(generation, response));
  const known = reasons.filter((reason) => reason !== undefined);
  const usage = readCohereUsage(asObject(response['meta']));
  return {
    response: present<ResponseFacts>({
      id: asName(response['id']),
      // One for each choice, or none: a list with gaps would tell of the wrong one.
      finishReasons: known.length > 0 && known.length === reasons.length ? known : undefined,
    }),
    ...(usage === undefined ? {} : { usage }),
  };
}

function readInput(request: Json): CallMessages {
  const prompt = asName(request['prompt']);
  return prompt === undefined ? {} : { input: [{ role: 'user', parts: [{ type: 'text', content: prompt }] }] };
}

function readOutput(response: Json): CallMessages {
  const output = asObjects(response['generations']).map((generation): OutputMessage => {
    const text = asName(generation['text']);
    return {
      role: 'assistant',
      parts: text === undefined ? [] : [{ type: 'text', content: text }],
      finish_reason: cohereMessageFinish(reasonOf(generation, response)),
    };
  });
  return output.length === 0 ? {} : { output };
}

interface Generation {
  text: string;
  reason: string | undefined;
}

class CohereGenerateMerger implements ChunkMerger {
  #id: string | undefined;
  #reason: string | undefined;
  #meta: Json | undefined;
  readonly #generations: Generation[] = [];

  add(chunk: Json, budget: ContentBudget): void {
    const type = either(chunk, 'event_type', 'eventType');
    if (type === 'text-generation') {
      const generation = this.#at(chunk['index']);
      if (generation !== undefined) generation.text += takeText(chunk['text'], budget);
    } else if (type === 'stream-end') {
      this.#end(chunk, budget);
    }
  }

  #at(index: unknown): Generation | undefined {
    const place = asCount(index ?? 0);
    if (place === undefined || place >= MAX_GENERATIONS) return undefined;
    while (this.#generations.length <= place) this.#generations.push({ text: '', reason: undefined });
    return this.#generations[place];
  }

  #end(chunk: Json, budget: ContentBudget): void {
    const whole = asObject(chunk['response']);
    this.#reason = asName(either(chunk, 'finish_reason', 'finishReason'));
    this.#id = asName(whole?.['id']);
    this.#meta = copyCohereCounts(asObject(whole?.['meta']));
    for (const [index, from] of asObjects(whole?.['generations']).entries()) {
      const generation = this.#at(from['index'] ?? index);
      if (generation === undefined) continue;
      generation.reason = asName(either(from, 'finish_reason', 'finishReason'));
      if (generation.text === '') generation.text = takeText(from['text'], budget);
    }
  }

  response(): Json {
    const generations = this.#generations.map(({ text, reason }) => ({ text, finish_reason: reason }));
    return { id: this.#id, generations, finish_reason: this.#reason, meta: this.#meta };
  }
}

/** Cohere's `/v1/generate`. The answer does not name a model. */
export const cohereV1Generate: Endpoint = {
  id: 'cohere.v1_generate',
  provider: 'cohere',
  operation: 'text_completion',
  matchRequest,
  matchResponse,
  matchChunk,
  readRequest: (request) => ({ request: readCohereSampling(request) }),
  readResponse,
  readInput,
  readOutput,
  createMerger: () => new CohereGenerateMerger(),
};
