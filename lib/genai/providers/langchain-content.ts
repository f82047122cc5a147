import type { Json } from '../endpoint.js';
import type { InputMessage, Part } from '../messages.js';
import type { CallMessages } from '../record.js';
import { asName, asObject, asObjects } from '../json-fields.js';
import { blobPart, mediaPart } from './content-media.js';
import { roleOf } from './langchain-plain.js';
import { joinTexts, readContent } from './openai-parts.js';

// Calls stand in `tool_calls` as well, whatever a provider says of them in its content.
const CALLS: ReadonlySet<unknown> = new Set([
  'tool_use',
  'tool_call',
  'tool_call_chunk',
  'function_call',
  'functionCall',
]);

function mediaBlock(block: Json): Part[] {
  const mimeType = asName(block['mimeType']) ?? asName(block['mime_type']);
  const media = mimeType === undefined ? {} : { mimeType };
  const modality = block['type'] === 'image' ? { ...media, modality: 'image' as const } : media;
  const url = asName(block['url']);
  if (url !== undefined) return [mediaPart(url, modality)];
  const data = asName(block['data']);
  return data === undefined ? [] : [blobPart(data, modality)];
}

function blockParts(block: unknown): Part[] {
  const object = asObject(block);
  if (object === undefined) return readContent(typeof block === 'string' ? block : undefined);
  if (CALLS.has(object['type'])) return [];
  switch (object['type']) {
    case 'reasoning': {
      const text = asName(object['reasoning']);
      return text === undefined ? [] : [{ type: 'reasoning', content: text }];
    }
    case 'image':
    case 'audio':
    case 'video':
      return mediaBlock(object);
    default:
      return readContent([object]);
  }
}

function contentParts(content: unknown): Part[] {
  return Array.isArray(content) ? content.flatMap(blockParts) : readContent(content);
}

function callParts(calls: unknown): Part[] {
  return asObjects(calls).flatMap((call): Part[] => {
    const name = asName(call['name']);
    const id = asName(call['id']);
    if (name === undefined) return [];
    const given = call['args'] === undefined ? {} : { arguments: call['args'] };
    return [{ type: 'tool_call', ...(id === undefined ? {} : { id }), name, ...given }];
  });
}

function resultParts(message: Json): Part[] {
  const id = asName(message['tool_call_id']);
  const response = joinTexts(message['content']) ?? message['content'] ?? null;
  return [{ type: 'tool_call_response', ...(id === undefined ? {} : { id }), response }];
}

function toMessage(message: Json): InputMessage {
  const role = roleOf(message);
  const isResult = role === 'tool';
  const parts = isResult
    ? resultParts(message)
    : [...contentParts(message['content']), ...callParts(message['tool_calls'])];
  const name = isResult ? undefined : asName(message['name']);
  return { role, parts, ...(name === undefined ? {} : { name }) };
}

/** Reads the messages before a model's. */
export function readLangchainInput(request: Json): CallMessages {
  const input = asObjects(request['messages']).map(toMessage);
  return input.length === 0 ? {} : { input };
}

/** Reads the message of a model. */
export function readLangchainOutput(message: Json, reason: string | undefined): CallMessages {
  const { role, parts } = toMessage(message);
  return { output: [{ role, parts, finish_reason: reason ?? 'unknown' }] };
}
