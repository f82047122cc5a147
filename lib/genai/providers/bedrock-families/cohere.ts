import type { Json } from '../../endpoint.js';
import { asCount, asList, asName, asNames, asNumber, asObject, asObjects, asText, present } from '../../json-fields.js';
import type { InputMessage, Part, ToolDefinition } from '../../messages.js';
import type { CallMessages, RequestFacts, ResponseFacts } from '../../record.js';
import { CompletionMerger, toCompletionReason } from './completion.js';
import type { BedrockFamily } from './family.js';

const REASONS: Readonly<Record<string, string>> = {
  COMPLETE: 'stop',
  STOP_SEQUENCE: 'stop',
  MAX_TOKENS: 'length',
  ERROR: 'error',
  ERROR_LIMIT: 'error',
  ERROR_TOXIC: 'content_filter',
};

const ROLES: Readonly<Record<string, string>> = {
  USER: 'user',
  CHATBOT: 'assistant',
  SYSTEM: 'system',
  TOOL: 'tool',
};

function textParts(text: unknown): Part[] {
  return typeof text === 'string' ? [{ type: 'text', content: text }] : [];
}

function toCall(call: Json): Part {
  const args = call['parameters'] === undefined ? {} : { arguments: call['parameters'] };
  return { type: 'tool_call', name: asText(call['name']) ?? '', ...args };
}

function toCalls(calls: unknown): Part[] {
  return asObjects(calls).map(toCall);
}

function toResponses(results: unknown): Part[] {
  return asObjects(results).map((result) => ({ type: 'tool_call_response', response: result['outputs'] ?? '' }));
}

function toMessage(turn: Json): InputMessage {
  const role = asName(turn['role']) ?? 'USER';
  const parts = [...textParts(turn['message']), ...toCalls(turn['tool_calls']), ...toResponses(turn['tool_results'])];
  return { role: ROLES[role] ?? role.toLowerCase(), parts };
}

function toTool(tool: Json): ToolDefinition {
  return present<ToolDefinition>({
    type: 'function',
    name: asText(tool['name']) ?? '',
    description: asText(tool['description']),
    parameters: tool['parameter_definitions'],
  });
}

function readInput(body: Json): CallMessages {
  const system = textParts(body['preamble']);
  const tools = asObjects(body['tools']).map(toTool);
  const input = asObjects(body['chat_history']).map(toMessage);
  const parts = [...textParts(body['message']), ...toResponses(body['tool_results'])];
  if (parts.length > 0) input.push({ role: 'user', parts });
  return present<CallMessages>({
    system: system.length > 0 ? system : undefined,
    input: input.length > 0 ? input : undefined,
    tools: tools.length > 0 ? tools : undefined,
  });
}

function readOutput(body: Json): CallMessages {
  const parts = [...textParts(body['text']), ...toCalls(body['tool_calls'])];
  if (parts.length === 0) return {};
  return {
    output: [{ role: 'assistant', parts, finish_reason: toCompletionReason(body['finish_reason'], REASONS) }],
  };
}

/** Command R. The body has no counts. */
export const commandR: BedrockFamily = {
  modelMark: 'cohere.command-r',
  operation: 'chat',
  isRequest: (body) => typeof body['message'] === 'string',
  isResponse: (body) => typeof body['text'] === 'string' && ('generation_id' in body || 'finish_reason' in body),
  readRequest: (body) =>
    present<RequestFacts>({
      maxTokens: asCount(body['max_tokens']),
      temperature: asNumber(body['temperature']),
      topP: asNumber(body['p']),
      topK: asNumber(body['k']),
      frequencyPenalty: asNumber(body['frequency_penalty']),
      presencePenalty: asNumber(body['presence_penalty']),
      seed: asNumber(body['seed']),
      stopSequences: asNames(body['stop_sequences']),
    }),
  readResponse: (body) => {
    const reason = asName(body['finish_reason']);
    const finishReasons = reason === undefined ? undefined : [reason];
    return { response: present<ResponseFacts>({ id: asName(body['response_id']), finishReasons }) };
  },
  readInput,
  readOutput,
  isChunk: (body) => typeof body['event_type'] === 'string',
  createMerger: () =>
    new CompletionMerger({
      text: 'text',
      facts: ['finish_reason', 'response_id', 'generation_id'],
      // A stream that breaks off has no reason; the body is to be told by its field all the same.
      toBody: (text, facts) => ({ text, finish_reason: null, ...facts }),
    }),
};

function dimensionsOf(embeddings: unknown): number | undefined {
  const byType = asObject(embeddings);
  const list = asList(byType === undefined ? embeddings : byType['float']);
  return Array.isArray(list[0]) ? list[0].length : undefined;
}

/** Embed. The body has no counts. */
export const cohereEmbeddings: BedrockFamily = {
  modelMark: 'cohere.embed',
  operation: 'embeddings',
  isRequest: (body) => Array.isArray(body['texts']) || typeof body['input_type'] === 'string',
  isResponse: (body) => typeof body['embeddings'] === 'object' && body['embeddings'] !== null,
  readRequest: (body) =>
    present<RequestFacts>({
      dimensions: asCount(body['output_dimension']),
      encodingFormats: asNames(body['embedding_types']),
    }),
  readResponse: (body) => {
    const dimensions = dimensionsOf(body['embeddings']);
    return { response: present<ResponseFacts>({ id: asName(body['id']), dimensions }) };
  },
  readInput: (body) => {
    const texts = asList(body['texts']).filter((text) => typeof text === 'string');
    return texts.length > 0 ? { texts } : {};
  },
  readOutput: () => ({}),
};
