import type { Endpoint, Json, Likeness, RequestReading, ResponseReading } from '../endpoint.js';
import type { RequestFacts, ResponseFacts, Usage } from '../record.js';
import { readOpenaiResponsesInput, readOpenaiResponsesOutput } from './openai-responses-content.js';
import { openaiResponsesFinish } from './openai-responses-finish.js';
import { ResponsesMerger } from './openai-responses-stream.js';
import { asCount, asList, asName, asNumber, asObject, present, presentAny } from '../json-fields.js';

// Fields that an embedding request, which has `model` and `input` as well, does not have.
const OWN_FIELDS = ['instructions', 'max_output_tokens', 'previous_response_id', 'reasoning', 'text', 'tools', 'store'];
const CHAT_MODELS = ['gpt', 'o1', 'o3', 'o4', 'chatgpt', 'codex', 'computer-use', 'ft:gpt'];

function matchRequest(request: Json): Likeness {
  const { input, model, messages } = request;
  // Speech takes `model`, `input` and a voice.
  if (messages !== undefined || request['voice'] !== undefined) return 0;
  if (model !== undefined && typeof model !== 'string') return 0;
  if (typeof request['previous_response_id'] === 'string') return 3;
  if (asObject(request['prompt'])?.['id'] !== undefined) return 3;
  if (typeof input === 'string') {
    if (OWN_FIELDS.some((key) => request[key] !== undefined)) return 3;
    if (model === undefined || model.includes('embed')) return 0;
    return CHAT_MODELS.some((start) => model.startsWith(start)) ? 2 : 1;
  }
  const item = asObject(asList(input)[0]);
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
  const type = asName(asObject(asObject(request['text'])?.['format'])?.['type']);
  if (type === undefined) return undefined;
  return type === 'text' ? 'text' : 'json';
}

function readRequest(request: Json): RequestReading {
  return {
    request: present<RequestFacts>({
      model: asName(request['model']),
      maxTokens: asCount(request['max_output_tokens']),
      temperature: asNumber(request['temperature']),
      topP: asNumber(request['top_p']),
      stream: request['stream'] === true ? true : undefined,
      reasoningLevel: asName(asObject(request['reasoning'])?.['effort']),
      previousResponseId: asName(request['previous_response_id']),
      outputType: outputType(request),
      serviceTier: asName(request['service_tier']),
    }),
  };
}

function readUsage(usage: Json | undefined): Usage | undefined {
  const input = asObject(usage?.['input_tokens_details']);
  return presentAny<Usage>({
    inputTokens: asCount(usage?.['input_tokens']),
    outputTokens: asCount(usage?.['output_tokens']),
    totalTokens: asCount(usage?.['total_tokens']),
    cacheReadTokens: asCount(input?.['cached_tokens']),
    cacheWriteTokens: asCount(input?.['cache_write_tokens']),
    reasoningTokens: asCount(asObject(usage?.['output_tokens_details'])?.['reasoning_tokens']),
  });
}

function readResponse(response: Json): ResponseReading {
  const { reason } = openaiResponsesFinish(response);
  const usage = readUsage(asObject(response['usage']));
  return {
    response: present<ResponseFacts>({
      id: asName(response['id']),
      model: asName(response['model']),
      finishReasons: reason === undefined ? undefined : [reason],
      serviceTier: asName(response['service_tier']),
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
