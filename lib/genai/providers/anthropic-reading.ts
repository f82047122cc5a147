import type { Json, RequestReading, ResponseReading } from '../endpoint.js';
import { asCount, asList, asName, asNames, asNumber, asObject, present, presentAny } from '../json-fields.js';
import type { CallMessages, RequestFacts, ResponseFacts, Usage } from '../record.js';
import { toMessages, toParts, toTools } from './anthropic-content.js';

/** The conventions' word for a stop reason of Claude; `error` where the answer broke off before it gave one. */
export function toFinishReason(stopReason: unknown): string {
  switch (stopReason) {
    case 'end_turn':
    case 'stop_sequence':
      return 'stop';
    case 'max_tokens':
      return 'length';
    case 'tool_use':
      return 'tool_call';
    case 'refusal':
      return 'content_filter';
    default:
      return asName(stopReason) ?? 'error';
  }
}

function isJsonAsked(body: Json): boolean {
  return asObject(asObject(body['output_config'])?.['format'])?.['type'] === 'json_schema';
}

/** The facts of a Messages request; a thinking budget is no level and left out. */
export function readMessagesRequest(body: Json): RequestReading {
  const request = present<RequestFacts>({
    model: asName(body['model']),
    maxTokens: asCount(body['max_tokens']),
    temperature: asNumber(body['temperature']),
    topP: asNumber(body['top_p']),
    topK: asNumber(body['top_k']),
    stopSequences: asNames(body['stop_sequences']),
    stream: body['stream'] === true ? true : undefined,
    reasoningLevel: asName(asObject(body['output_config'])?.['effort']),
    outputType: isJsonAsked(body) ? 'json' : undefined,
    serviceTier: asName(body['service_tier']),
  });
  return { request };
}

/** Counts of a Messages answer. The API counts cached tokens beside `input_tokens`, the conventions inside. */
export function toUsage(value: unknown): Usage | undefined {
  const usage = asObject(value);
  if (usage === undefined) return undefined;
  const input = asCount(usage['input_tokens']);
  const cacheRead = asCount(usage['cache_read_input_tokens']);
  const cacheWrite = asCount(usage['cache_creation_input_tokens']);
  return presentAny<Usage>({
    inputTokens: input === undefined ? undefined : input + (cacheRead ?? 0) + (cacheWrite ?? 0),
    outputTokens: asCount(usage['output_tokens']),
    cacheReadTokens: cacheRead,
    cacheWriteTokens: cacheWrite,
    reasoningTokens: asCount(asObject(usage['output_tokens_details'])?.['thinking_tokens']),
  });
}

// Bedrock and Vertex AI answer in the same shape; the ids of their messages alone tell them.
function hostOf(id: string | undefined): string | undefined {
  if (id?.startsWith('msg_bdrk_') === true) return 'aws.bedrock';
  return id?.startsWith('msg_vrtx_') === true ? 'gcp.vertex_ai' : undefined;
}

/** The facts of a Messages answer. */
export function readMessagesResponse(body: Json): ResponseReading {
  const stopReason = asName(body['stop_reason']);
  const response = present<ResponseFacts>({
    id: asName(body['id']),
    model: asName(body['model']),
    finishReasons: stopReason === undefined ? undefined : [stopReason],
    serviceTier: asName(asObject(body['usage'])?.['service_tier']),
  });
  const usage = toUsage(body['usage']);
  const provider = hostOf(response.id);
  return {
    response,
    ...(usage === undefined ? {} : { usage }),
    ...(provider === undefined ? {} : { provider }),
  };
}

/** The content of a Messages request. */
export function readMessagesInput(body: Json): CallMessages {
  const system = toParts(body['system']);
  const tools = toTools(body['tools']);
  return present<CallMessages>({
    system: system.length > 0 ? system : undefined,
    input: Array.isArray(body['messages']) ? toMessages(body['messages']) : undefined,
    tools: tools.length > 0 ? tools : undefined,
  });
}

/** The content of a Messages answer. */
export function readMessagesOutput(body: Json): CallMessages {
  if (asList(body['content']).length === 0 && body['stop_reason'] === undefined) return {};
  const role = asName(body['role']) ?? 'assistant';
  return {
    output: [{ role, parts: toParts(body['content']), finish_reason: toFinishReason(body['stop_reason']) }],
  };
}
