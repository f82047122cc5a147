import type { Json } from '../endpoint.js';
import type { InputMessage, Part } from '../messages.js';
import type { CallMessages } from '../record.js';
import { cohereMessageFinish, either } from './cohere-fields.js';
import { mediaPart } from './content-media.js';
import { readFunctionTool } from './function-tool.js';
import { asName, asObject, asObjects, parsedOrText } from '../json-fields.js';

function contentPart(part: Json): Part | undefined {
  if (typeof part['text'] === 'string') return { type: 'text', content: part['text'] };
  if (typeof part['thinking'] === 'string') return { type: 'reasoning', content: part['thinking'] };
  const url = asName(asObject(either(part, 'image_url', 'imageUrl'))?.['url']);
  if (url !== undefined) return mediaPart(url, { modality: 'image' });
  const kind = asName(part['type']);
  return kind === undefined ? undefined : { ...part, type: 'vendor', vendor_type: kind };
}

function contentParts(content: unknown): Part[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', content }];
  return asObjects(content).flatMap((part) => contentPart(part) ?? []);
}

function toolCallPart(call: Json): Part {
  const fn = asObject(call['function']);
  const id = asName(call['id']);
  const input = parsedOrText(fn?.['arguments']);
  return {
    type: 'tool_call',
    ...(id === undefined ? {} : { id }),
    name: asName(fn?.['name']) ?? '',
    ...(input === undefined ? {} : { arguments: input }),
  };
}

// The plan comes first: it is what the model says to itself before it calls tools.
function assistantParts(message: Json): Part[] {
  const plan = asName(either(message, 'tool_plan', 'toolPlan'));
  return [
    ...(plan === undefined ? [] : [{ type: 'reasoning' as const, content: plan }]),
    ...contentParts(message['content']),
    ...asObjects(either(message, 'tool_calls', 'toolCalls')).map(toolCallPart),
  ];
}

function inputMessage(message: Json): InputMessage {
  const role = asName(message['role']) ?? 'user';
  if (role !== 'tool') return { role, parts: assistantParts(message) };
  const id = asName(either(message, 'tool_call_id', 'toolCallId'));
  const response = message['content'] ?? null;
  return { role, parts: [{ type: 'tool_call_response', ...(id === undefined ? {} : { id }), response }] };
}

/** Reads the messages and tools of a request to `/v2/chat`. */
export function readCohereV2Input(request: Json): CallMessages {
  const input = asObjects(request['messages']).map(inputMessage);
  const tools = asObjects(request['tools']).flatMap((tool) => readFunctionTool(tool) ?? []);
  return { ...(input.length === 0 ? {} : { input }), ...(tools.length === 0 ? {} : { tools }) };
}

/** Reads the message of an answer: plan, content, calls of tools. */
export function readCohereV2Output(response: Json): CallMessages {
  const message = asObject(response['message']);
  if (message === undefined) return {};
  const finish = cohereMessageFinish(asName(either(response, 'finish_reason', 'finishReason')));
  return { output: [{ role: 'assistant', parts: assistantParts(message), finish_reason: finish }] };
}
