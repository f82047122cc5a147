import type { Endpoint, Json, Likeness, RequestReading, ResponseReading } from '../endpoint.js';
import type { RequestFacts, ResponseFacts, Usage } from '../record.js';
import { readOpenaiResponsesInput, readOpenaiResponsesOutput } from './openai-responses-content.js';
import { openaiResponsesFinish } from './openai-responses-finish.js';
import { ResponsesMerger } from './openai-responses-stream.js';
import { countOf, defined, knownCounts, listOf, numberOf, objectOf, textOf } from './plain-fields.js';

// Fields that an embedding request, which has `model` and `input` as well, does not have.
const OWN_FIELDS = ['instructions', 'max_output_tokens', 'previous_response_id', 'reasoning', 'text', 'tools', 'store'];
const CHAT_MODELS = ['gpt', 'o1', 'o3', 'o4', 'chatgpt', 'codex', 'computer-use', 'ft:gpt'];

function matchRequest(request: Json): Likeness {
  const { input, model, messages } = request;
  // Speech takes `model`, `input` and a voice.
  if (messages !== undefined || request['voice'] !== undefined) return 0;
  if (model !== undefined && typeof model !== 'string') return 0;
  if (typeof request['previous_response_id'] === 'string') return 3;
  if (objectOf(request['prompt'])?.['id'] !== undefined) return 3;
  if (typeof input === 'string') {
    if (OWN_FIELDS.some((key) => request[key] !== undefined)) return 3;
    if (model === undefined || model.includes('embed')) return 0;
    return CHAT_MODELS.some((start) => model.startsWith(start)) ? 2 : 1;
  }
  const item = objectOf(listOf(input)[0]);
  return item !== undefined && (item['role'] !== undefined || item['type'] !== undefined) ? 3 : 0;
}

function matchResponse(response: Json): Likeness {
  return response['object'] === 'response' && Array.isArray(response['output']) ? 3 : 0;
}

function matchChunk(chunk: Json): Likeness {
  const { type } = chunk;
  if (typeof type !== 'string') return 0;
  if (type.startsWith('response.')) return 3;
  return type === 'error' && typeof chunk['message'] === 'string' ? 2 : 0;
}

function outputType(request: Json): RequestFacts['outputType'] {
  const type = textOf(objectOf(objectOf(request['text'])?.['format'])?.['type']);
  if (type === undefined) return undefined;
  return type === 'text' ? 'text' : 'json';
}

function readRequest(request: Json): RequestReading {
  return {
    request: defined<RequestFacts>({
      model: textOf(request['model']),
      maxTokens: countOf(request['max_output_tokens']),
      temperature: numberOf(request['temperature']),
      topP: numberOf(request['top_p']),
      stream: request['stream'] === true ? true : undefined,
      reasoningLevel: textOf(objectOf(request['reasoning'])?.['effort']),
      previousResponseId: textOf(request['previous_response_id']),
      outputType: outputType(request),
      serviceTier: textOf(request['service_tier']),
    }),
  };
}

function readUsage(usage: Json | undefined): Usage | undefined {
  const input = objectOf(usage?.['input_tokens_details']);
  return knownCounts<Usage>({
    inputTokens: countOf(usage?.['input_tokens']),
    outputTokens: countOf(usage?.['output_tokens']),
    totalTokens: countOf(usage?.['total_tokens']),
    cacheReadTokens: countOf(input?.['cached_tokens']),
    cacheWriteTokens: countOf(input?.['cache_write_tokens']),
    reasoningTokens: countOf(objectOf(usage?.['output_tokens_details'])?.['reasoning_tokens']),
  });
}

function readResponse(response: Json): ResponseReading {
  const { reason } = openaiResponsesFinish(response);
  const usage = readUsage(objectOf(response['usage']));
  return {
    response: defined<ResponseFacts>({
      id: textOf(response['id']),
      model: textOf(response['model']),
      finishReasons: reason === undefined ? undefined : [reason],
      serviceTier: textOf(response['service_tier']),
    }),
    ...(usage === undefined ? {} : { usage }),
  };
}

const responses: Endpoint = {
  id: 'openai.responses',
  provider: 'openai',
  operation: 'chat',
  apiType: 'responses',
  matchRequest,
  matchResponse,
  matchChunk,
  readRequest,
  readResponse,
  readInput: readOpenaiResponsesInput,
  readOutput: readOpenaiResponsesOutput,
  createMerger: () => new ResponsesMerger(),
};

/** OpenAI's Responses API. */
export const openaiResponsesEndpoints: readonly Endpoint[] = [responses];
