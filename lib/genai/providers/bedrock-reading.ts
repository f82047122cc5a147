import type { Json, RequestReading, ResponseReading } from '../endpoint.js';
import { asCount, asName, asNames, asNumber, asObject, present, presentAny } from '../json-fields.js';
import type { CallMessages, RequestFacts, ResponseFacts, Usage } from '../record.js';
import { toMessages, toParts, toTools } from './bedrock-content.js';

/** The conventions' word for a stop reason of Bedrock; `error` where the answer broke off before it gave one. */
export function toFinishReason(stopReason: unknown): string {
  switch (stopReason) {
    case 'end_turn':
    case 'stop_sequence':
      return 'stop';
    case 'max_tokens':
      return 'length';
    case 'tool_use':
      return 'tool_call';
    case 'content_filtered':
    case 'guardrail_intervened':
      return 'content_filter';
    default:
      return asName(stopReason) ?? 'error';
  }
}

/** The parameters in `inferenceConfig`, under the names of Converse or of Nova's own request. */
function inferenceOf(value: unknown): RequestFacts {
  const config = asObject(value) ?? {};
  return present<RequestFacts>({
    maxTokens: asCount(config['maxTokens'] ?? config['max_new_tokens']),
    temperature: asNumber(config['temperature']),
    topP: asNumber(config['topP'] ?? config['top_p']),
    topK: asNumber(config['topK'] ?? config['top_k']),
    stopSequences: asNames(config['stopSequences']),
  });
}

/** The service tier, a word for InvokeModel and an object for Converse. */
export function tierOf(value: unknown): string | undefined {
  return asName(value) ?? asName(asObject(value)?.['type']);
}

/** The facts of a Converse request. */
export function readConverseRequest(value: Json): RequestReading {
  const more = asObject(value['additionalModelRequestFields']);
  const output = asObject(value['outputConfig']);
  const isJson = asObject(output?.['textFormat'])?.['type'] === 'json_schema';
  const topK = asNumber(more?.['top_k'] ?? more?.['topK']);
  const request = present<RequestFacts>({
    model: asName(value['modelId']),
    ...(topK === undefined ? {} : { topK }),
    ...inferenceOf(value['inferenceConfig']),
    stream: value['stream'] === true ? true : undefined,
    reasoningLevel: asName(output?.['effort']),
    outputType: isJson ? 'json' : undefined,
    serviceTier: tierOf(value['serviceTier']),
    guardrailId: asName(asObject(value['guardrailConfig'])?.['guardrailIdentifier']),
  });
  return { request };
}

/** Counts of a Converse answer, which stand beside those of the cache; under its names or Nova's own. */
export function toUsage(value: unknown): Usage | undefined {
  const usage = asObject(value) ?? {};
  const input = asCount(usage['inputTokens']);
  const cacheRead = asCount(usage['cacheReadInputTokens'] ?? usage['cacheReadInputTokenCount']);
  const cacheWrite = asCount(usage['cacheWriteInputTokens'] ?? usage['cacheWriteInputTokenCount']);
  return presentAny<Usage>({
    inputTokens: input === undefined ? undefined : input + (cacheRead ?? 0) + (cacheWrite ?? 0),
    outputTokens: asCount(usage['outputTokens']),
    totalTokens: asCount(usage['totalTokens']),
    cacheReadTokens: cacheRead,
    cacheWriteTokens: cacheWrite,
  });
}

/** The facts of a Converse answer. */
export function readConverseResponse(value: Json): ResponseReading {
  const stopReason = asName(value['stopReason']);
  const response = present<ResponseFacts>({
    finishReasons: stopReason === undefined ? undefined : [stopReason],
    serviceTier: tierOf(value['serviceTier']),
  });
  const usage = toUsage(value['usage']);
  return usage === undefined ? { response } : { response, usage };
}

/** The content of a Converse request. */
export function readConverseInput(value: Json): CallMessages {
  const system = toParts(value['system']);
  const tools = toTools(value['toolConfig']);
  return present<CallMessages>({
    system: system.length > 0 ? system : undefined,
    input: Array.isArray(value['messages']) ? toMessages(value['messages']) : undefined,
    tools: tools.length > 0 ? tools : undefined,
  });
}

/** The content of a Converse answer. */
export function readConverseOutput(value: Json): CallMessages {
  const message = asObject(asObject(value['output'])?.['message']);
  if (message === undefined) return {};
  const role = asName(message['role']) ?? 'assistant';
  const parts = toParts(message['content']);
  return { output: [{ role, parts, finish_reason: toFinishReason(value['stopReason']) }] };
}
