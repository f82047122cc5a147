import type { Json } from '../endpoint.js';
import type { InputMessage, Part } from '../messages.js';
import type { CallMessages } from '../record.js';
import { blobPart } from './content-media.js';
import { readFunctionTool } from './function-tool.js';
import { ollamaMessageFinish } from './ollama-fields.js';
import { asList, asName, asObject, asObjects, asTexts } from '../json-fields.js';

function textParts(type: 'text' | 'reasoning', content: unknown): Part[] {
  return typeof content === 'string' && content !== '' ? [{ type, content }] : [];
}

// Base64 without a type. Bytes are no text; the client encodes them later.
function imageParts(images: unknown): Part[] {
  return asList(images).flatMap((image) =>
    asName(image) === undefined ? [] : [blobPart(String(image), { modality: 'image' })],
  );
}

function toolCallPart(call: Json): Part {
  const fn = asObject(call['function']);
  const id = asName(call['id']);
  const input = fn?.['arguments'];
  return {
    type: 'tool_call',
    ...(id === undefined ? {} : { id }),
    name: asName(fn?.['name']) ?? '',
    ...(input === undefined ? {} : { arguments: input }),
  };
}

function messageParts(message: Json): Part[] {
  return [
    ...textParts('reasoning', message['thinking']),
    ...textParts('text', message['content']),
    ...imageParts(message['images']),
    ...asObjects(message['tool_calls']).map(toolCallPart),
  ];
}

function inputMessage(message: Json): InputMessage {
  const role = asName(message['role']) ?? 'user';
  if (role !== 'tool') return { role, parts: messageParts(message) };
  const id = asName(message['tool_call_id']);
  const name = asName(message['tool_name']);
  const response = message['content'] ?? null;
  return {
    role,
    parts: [{ type: 'tool_call_response', ...(id === undefined ? {} : { id }), response }],
    ...(name === undefined ? {} : { name }),
  };
}

/** Reads the messages and tools of a chat. */
export function readOllamaChatInput(request: Json): CallMessages {
  const input = asObjects(request['messages']).map(inputMessage);
  const tools = asObjects(request['tools']).flatMap((tool) => readFunctionTool(tool) ?? []);
  return { ...(input.length === 0 ? {} : { input }), ...(tools.length === 0 ? {} : { tools }) };
}

/** Reads the message of a chat's answer: thinking, text, calls of tools. */
export function readOllamaChatOutput(response: Json): CallMessages {
  const message = asObject(response['message']);
  if (message === undefined) return {};
  const parts = messageParts(message);
  const hasToolCalls = parts.some(({ type }) => type === 'tool_call');
  return {
    output: [{ role: 'assistant', parts, finish_reason: ollamaMessageFinish(response, hasToolCalls) }],
  };
}

/** Reads the prompt, its suffix and images, and the system text of a generation. */
export function readOllamaGenerateInput(request: Json): CallMessages {
  const system = textParts('text', request['system']);
  const parts = [
    ...textParts('text', request['prompt']),
    ...textParts('text', request['suffix']),
    ...imageParts(request['images']),
  ];
  return {
    ...(system.length === 0 ? {} : { system }),
    ...(parts.length === 0 ? {} : { input: [{ role: 'user', parts }] }),
  };
}

/** Reads the answer of a generation. */
export function readOllamaGenerateOutput(response: Json): CallMessages {
  if (typeof response['response'] !== 'string') return {};
  const parts = [...textParts('reasoning', response['thinking']), ...textParts('text', response['response'])];
  return { output: [{ role: 'assistant', parts, finish_reason: ollamaMessageFinish(response, false) }] };
}

/** Reads the texts that are embedded. */
export function readOllamaEmbedInput(request: Json): CallMessages {
  const texts = asTexts(request['input']);
  return texts === undefined ? {} : { texts };
}
