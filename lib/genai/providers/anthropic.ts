import type { Endpoint, Json, Likeness } from '../endpoint.js';
import { asList, asObject } from '../json-fields.js';
import {
  readMessagesInput,
  readMessagesOutput,
  readMessagesRequest,
  readMessagesResponse,
} from './anthropic-reading.js';
import { MessagesMerger } from './anthropic-stream.js';

const EVENTS: ReadonlySet<unknown> = new Set([
  'message_start',
  'content_block_start',
  'content_block_delta',
  'content_block_stop',
  'message_delta',
  'message_stop',
]);

function isOwnTool(tool: unknown): boolean {
  return asObject(tool)?.['input_schema'] !== undefined;
}

function hasOwnField(value: Json): boolean {
  const { system, model, thinking, tools } = value;
  return (
    typeof system === 'string' ||
    Array.isArray(system) ||
    value['anthropic_version'] !== undefined ||
    typeof asObject(thinking)?.['type'] === 'string' ||
    (typeof model === 'string' && (model.startsWith('claude') || model.includes('anthropic.claude'))) ||
    isOwnTool(asList(tools)[0])
  );
}

/** A request of the Messages API: what only it has, or its required `max_tokens` beside messages, which others take as well. */
export function matchMessagesRequest(value: Json): Likeness {
  if (!Array.isArray(value['messages']) || typeof value['max_tokens'] !== 'number') return 0;
  return hasOwnField(value) ? 3 : 1;
}

/** An answer of the Messages API. */
export function matchMessagesResponse(value: Json): Likeness {
  if (value['type'] !== 'message' || !Array.isArray(value['content'])) return 0;
  return 'stop_reason' in value ? 3 : 2;
}

/** An event of a Messages stream; `ping` and `error` are events of other streams too. */
export function matchMessagesChunk(value: Json): Likeness {
  const { type } = value;
  if (EVENTS.has(type)) return 3;
  return type === 'ping' || (type === 'error' && asObject(value['error']) !== undefined) ? 1 : 0;
}

const messages: Endpoint = {
  id: 'anthropic.messages',
  provider: 'anthropic',
  aliases: ['claude'],
  operation: 'chat',
  matchRequest: (value) => ('modelId' in value ? 0 : matchMessagesRequest(value)),
  matchResponse: matchMessagesResponse,
  matchChunk: matchMessagesChunk,
  readRequest: readMessagesRequest,
  readResponse: readMessagesResponse,
  readInput: readMessagesInput,
  readOutput: readMessagesOutput,
  createMerger: () => new MessagesMerger(),
};

/** Anthropic's Messages API, also behind its client's `messages.stream()`, `beta.messages`, Bedrock and Vertex clients. */
export const anthropicEndpoints: readonly Endpoint[] = [messages];
