import type { Endpoint, Json, Likeness, ResponseReading } from '../endpoint.js';
import { asCount, asList, asName, asObject, present, presentAny } from '../json-fields.js';
import type { RequestFacts, ResponseFacts, Usage } from '../record.js';
import { toUsage } from './anthropic-reading.js';
import { readLangchainInput, readLangchainOutput } from './langchain-content.js';
import { isModelMessage, plainMessage } from './langchain-plain.js';

// The names by which LangChain's packages call their providers in `response_metadata.model_provider`.
const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ['google', 'gcp.gen_ai'],
  ['google-genai', 'gcp.gemini'],
  ['google_genai', 'gcp.gemini'],
  ['google-vertexai', 'gcp.vertex_ai'],
  ['google_vertexai', 'gcp.vertex_ai'],
  ['bedrock', 'aws.bedrock'],
  ['bedrock-converse', 'aws.bedrock'],
  ['bedrock_converse', 'aws.bedrock'],
  ['mistralai', 'mistral_ai'],
  ['azure', 'azure.ai.openai'],
  ['xai', 'x_ai'],
]);
// Names of runs, which LangChain gives where a provider gives none.
const RUN_ID = /^(lc_)?run-/;

function metadataOf(message: Json): Json {
  return asObject(message['response_metadata']) ?? {};
}

function finishOf(metadata: Json): string | undefined {
  return (
    asName(metadata['finish_reason']) ??
    asName(metadata['stop_reason']) ??
    asName(metadata['finishReason']) ??
    asName(metadata['stopReason']) ??
    asName(metadata['done_reason'])
  );
}

function messageFinish(reason: string | undefined): string | undefined {
  switch (reason?.toLowerCase()) {
    case 'tool_calls':
    case 'tool_use':
    case 'function_call':
      return 'tool_call';
    case 'end_turn':
    case 'stop_sequence':
    case 'stop':
      return 'stop';
    case 'max_tokens':
      return 'length';
    case 'safety':
    case 'refusal':
      return 'content_filter';
    default:
      return reason;
  }
}

function usageOf(message: Json): Usage | undefined {
  const usage = asObject(message['usage_metadata']);
  const metadata = metadataOf(message);
  const raw = asObject(metadata['usage']);
  // Some versions count Claude's cached tokens beside the input; the provider's own figures are kept and tell.
  if (raw?.['cache_read_input_tokens'] !== undefined) return toUsage(raw);
  const legacy = asObject(metadata['tokenUsage']);
  const input = asObject(usage?.['input_token_details']);
  const output = asObject(usage?.['output_token_details']);
  return presentAny<Usage>({
    inputTokens: asCount(usage?.['input_tokens']) ?? asCount(legacy?.['promptTokens']),
    outputTokens: asCount(usage?.['output_tokens']) ?? asCount(legacy?.['completionTokens']),
    totalTokens: asCount(usage?.['total_tokens']) ?? asCount(legacy?.['totalTokens']),
    cacheReadTokens: asCount(input?.['cache_read']),
    cacheWriteTokens: asCount(input?.['cache_creation']),
    reasoningTokens: asCount(output?.['reasoning']),
    inputAudioTokens: asCount(input?.['audio']),
    outputAudioTokens: asCount(output?.['audio']),
  });
}

function readResponse(message: Json): ResponseReading {
  const metadata = metadataOf(message);
  const id = asName(metadata['id']) ?? asName(message['id']);
  const reason = finishOf(metadata);
  const named = asName(metadata['model_provider']);
  const provider = PROVIDERS.get(named ?? '') ?? named;
  const usage = usageOf(message);
  return {
    response: present<ResponseFacts>({
      id: id === undefined || RUN_ID.test(id) ? undefined : id,
      model: asName(metadata['model_name']) ?? asName(metadata['model']) ?? asName(metadata['modelId']),
      finishReasons: reason === undefined ? undefined : [reason],
      serviceTier: asName(metadata['service_tier']),
      systemFingerprint: asName(metadata['system_fingerprint']),
    }),
    ...(usage === undefined ? {} : { usage }),
    ...(provider === undefined ? {} : { provider }),
  };
}

// A chunk of a stream is a part of an answer and no answer.
function matchResponse(message: Json): Likeness {
  if (!isModelMessage(plainMessage(message)) || message['tool_call_chunks'] !== undefined) return 0;
  return asObject(message['response_metadata']) === undefined && asObject(message['usage_metadata']) === undefined
    ? 2
    : 3;
}

function matchRequest(request: Json): Likeness {
  return plainMessage(asList(request['messages'])[0]) === undefined ? 0 : 3;
}

function toPlain(value: Json): Json {
  const messages = asList(value['messages']);
  if (messages.length === 0) return plainMessage(value) ?? value;
  if (plainMessage(messages[0]) === undefined) return value;
  const model = asName(value['model']);
  return { ...(model === undefined ? {} : { model }), messages: messages.map((item) => plainMessage(item) ?? item) };
}

const message: Endpoint = {
  id: 'langchain.message',
  // Whose model it is, only the message can tell.
  provider: '',
  aliases: ['langchain', 'langgraph'],
  operation: 'chat',
  matchRequest,
  matchResponse,
  readRequest: (request) => ({ request: present<RequestFacts>({ model: asName(request['model']) }) }),
  readResponse,
  readInput: readLangchainInput,
  readOutput: (answer) => readLangchainOutput(answer, messageFinish(finishOf(metadataOf(answer)))),
  toPlain,
};

/** Messages of LangChain and LangGraph, as instances and as JSON; no streams. */
export const langchainEndpoints: readonly Endpoint[] = [message];
