import type { Endpoint, Json } from '../endpoint.js';
import { asCount, asList, asName, asObject, asObjects, present, presentAny } from '../json-fields.js';
import type { ResponseFacts, Usage } from '../record.js';
import { readOpenaiResponsesInput, readOpenaiResponsesOutput } from './openai-responses-content.js';

// source: @openai/agents-core 0.20, dist/types/protocol.d.ts: the items of Responses, with names in camel case.
function toItem(item: Json): Json {
  const id = asName(item['callId']);
  const call = id === undefined ? {} : { call_id: id };
  switch (item['type']) {
    case 'function_call_result':
      return { type: 'function_call_output', ...call, output: item['output'] };
    case 'function_call':
      return { type: 'function_call', ...call, name: item['name'], arguments: item['arguments'] };
    case 'reasoning':
      return { type: 'reasoning', content: item['rawContent'] ?? item['content'] };
    case 'hosted_tool_call':
      return { type: `${asName(item['name']) ?? 'hosted_tool'}_call`, id: item['id'], output: item['output'] };
    default:
      return item;
  }
}

/** Items of the agents' protocol as those of Responses. */
export function toResponsesItems(items: unknown): Json[] {
  return asObjects(items).map(toItem);
}

// Details stand in a list, one for each request.
function detailOf(usage: Json | undefined, name: string, key: string): number | undefined {
  const details = usage?.[name];
  return asCount(asObject(Array.isArray(details) ? (details as unknown[])[0] : details)?.[key]);
}

function usageOf(usage: Json | undefined): Usage | undefined {
  return presentAny<Usage>({
    inputTokens: asCount(usage?.['inputTokens']),
    outputTokens: asCount(usage?.['outputTokens']),
    totalTokens: asCount(usage?.['totalTokens']),
    cacheReadTokens: detailOf(usage, 'inputTokensDetails', 'cached_tokens'),
    cacheWriteTokens: detailOf(usage, 'inputTokensDetails', 'cache_write_tokens'),
    reasoningTokens: detailOf(usage, 'outputTokensDetails', 'reasoning_tokens'),
  });
}

function isModelResponse(value: Json): boolean {
  return (
    Array.isArray(value['output']) &&
    typeof asObject(value['usage'])?.['inputTokens'] === 'number' &&
    'requests' in (asObject(value['usage']) ?? {})
  );
}

function toPlain(value: Json): Json {
  if (!isModelResponse(value)) return value;
  const usage = asObject(value['usage']) ?? {};
  const { requests, inputTokens, outputTokens, totalTokens, inputTokensDetails, outputTokensDetails } = usage;
  return {
    output: value['output'],
    responseId: value['responseId'],
    usage: { requests, inputTokens, outputTokens, totalTokens, inputTokensDetails, outputTokensDetails },
  };
}

function finishOf(value: Json): string {
  return asList(value['output']).some((item) => asObject(item)?.['type'] === 'function_call') ? 'tool_calls' : 'stop';
}

const response: Endpoint = {
  id: 'openai.agents',
  // The SDK runs models of others as well.
  provider: '',
  aliases: ['openai-agents'],
  operation: 'chat',
  matchRequest: () => 0,
  matchResponse: (value) => (isModelResponse(value) ? 3 : 0),
  readRequest: () => ({ request: {} }),
  readResponse: (value) => {
    const usage = usageOf(asObject(value['usage']));
    return {
      response: present<ResponseFacts>({ id: asName(value['responseId']), finishReasons: [finishOf(value)] }),
      ...(usage === undefined ? {} : { usage }),
    };
  },
  readInput: readOpenaiResponsesInput,
  readOutput: (value) => {
    const status = 'completed';
    return readOpenaiResponsesOutput({ status, output: toResponsesItems(value['output']) });
  },
  toPlain,
};

/** Answers of models as the OpenAI Agents SDK keeps them in `rawResponses`. */
export const openaiAgentsEndpoints: readonly Endpoint[] = [response];
