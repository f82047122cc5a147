import type { Json } from '../endpoint.js';
import type { InputMessage, OutputMessage, Part, ToolDefinition } from '../messages.js';
import type { CallMessages } from '../record.js';
import { blobPart, mediaPart } from './content-media.js';
import { openaiResponsesFinish } from './openai-responses-finish.js';
import { asName, asObject, asObjects, parsedOrText } from '../json-fields.js';

// What a server's tool found stands in the item of its call.
const RESULTS: ReadonlySet<string> = new Set(['outputs', 'results', 'output']);
// Tools of a remote server carry what opens it.
const SECRETS: ReadonlySet<string> = new Set(['headers', 'authorization']);
const CALL = '_call';
const CALL_OUTPUT = '_call_output';

function without(object: Json, left: (key: string) => boolean): Json {
  return Object.fromEntries(Object.entries(object).filter(([key, value]) => !left(key) && value !== null));
}

function vendorPart(object: Json): Part {
  return {
    ...without(object, (key) => key === 'type'),
    type: 'vendor',
    vendor_type: asName(object['type']) ?? 'unknown',
  };
}

function filePart(part: Json): Part | undefined {
  const data = asName(part['file_data']) ?? asName(part['file_url']);
  if (data !== undefined) return mediaPart(data, { modality: 'document' });
  const id = asName(part['file_id']);
  return id === undefined ? undefined : { type: 'file', modality: 'document', file_id: id };
}

function imagePart(part: Json): Part | undefined {
  const url = asName(part['image_url']);
  if (url !== undefined) return mediaPart(url, { modality: 'image' });
  const id = asName(part['file_id']);
  return id === undefined ? undefined : { type: 'file', modality: 'image', file_id: id };
}

function audioPart(part: Json): Part | undefined {
  const audio = asObject(part['input_audio']);
  const data = asName(audio?.['data']);
  const format = asName(audio?.['format']);
  if (data === undefined) return undefined;
  return blobPart(data, { modality: 'audio', ...(format === undefined ? {} : { mimeType: `audio/${format}` }) });
}

function contentPart(part: Json): Part | undefined {
  switch (part['type']) {
    case 'input_text':
    case 'output_text':
    case 'text':
      return typeof part['text'] === 'string' ? { type: 'text', content: part['text'] } : undefined;
    case 'refusal':
      return typeof part['refusal'] === 'string' ? { type: 'refusal', content: part['refusal'] } : undefined;
    case 'input_image':
      return imagePart(part);
    case 'input_file':
      return filePart(part);
    case 'input_audio':
      return audioPart(part);
    default:
      return vendorPart(part);
  }
}

function contentParts(content: unknown): Part[] {
  if (typeof content === 'string') return [{ type: 'text', content }];
  return asObjects(content).flatMap((part) => contentPart(part) ?? []);
}

function reasoningParts(item: Json): Part[] {
  const texts = [...asObjects(item['summary']), ...asObjects(item['content'])].flatMap(
    ({ text }) => asName(text) ?? [],
  );
  if (texts.length > 0) return texts.map((content) => ({ type: 'reasoning', content }));
  const data = asName(item['encrypted_content']);
  return data === undefined ? [] : [{ type: 'redacted_reasoning', data }];
}

function toolCallPart(item: Json, input: unknown): Part {
  const id = asName(item['call_id']) ?? asName(item['id']);
  const call = { type: 'tool_call' as const, name: asName(item['name']) ?? '', ...(id === undefined ? {} : { id }) };
  return input === undefined ? call : { ...call, arguments: input };
}

function serverToolParts(item: Json, type: string): Part[] {
  const kind = type.slice(0, -CALL.length);
  const name = asName(item['name']) ?? kind;
  const id = asName(item['id']);
  const identity = id === undefined ? {} : { id };
  const image = kind === 'image_generation' ? asName(item['result']) : undefined;
  const call = without(item, (key) => key === 'id' || key === 'type' || key === 'result' || RESULTS.has(key));
  const results = without(item, (key) => !RESULTS.has(key));
  const parts: Part[] = [{ type: 'server_tool_call', ...identity, name, server_tool_call: { ...call, type: kind } }];
  if (Object.keys(results).length > 0) {
    parts.push({
      type: 'server_tool_call_response',
      ...identity,
      server_tool_call_response: { ...results, type: kind },
    });
  }
  if (image !== undefined) {
    parts.push(blobPart(image, { modality: 'image', mimeType: `image/${asName(item['output_format']) ?? 'png'}` }));
  }
  return parts;
}

function itemMessage(item: Json): InputMessage {
  const type = asName(item['type']) ?? 'message';
  switch (type) {
    case 'message':
      return { role: asName(item['role']) ?? 'user', parts: contentParts(item['content']) };
    case 'reasoning':
      return { role: 'assistant', parts: reasoningParts(item) };
    case 'function_call':
      return { role: 'assistant', parts: [toolCallPart(item, parsedOrText(item['arguments']))] };
    case 'custom_tool_call':
      return { role: 'assistant', parts: [toolCallPart(item, item['input'])] };
    default:
  }
  if (type.endsWith(CALL)) return { role: 'assistant', parts: serverToolParts(item, type) };
  if (type.endsWith(CALL_OUTPUT)) {
    const id = asName(item['call_id']) ?? asName(item['id']);
    const response = item['output'] ?? null;
    return { role: 'tool', parts: [{ type: 'tool_call_response', ...(id === undefined ? {} : { id }), response }] };
  }
  return { role: asName(item['role']) ?? 'assistant', parts: [vendorPart(item)] };
}

function toolDefinition(tool: Json): ToolDefinition {
  const type = asName(tool['type']) ?? 'function';
  const named = without(tool, (key) => SECRETS.has(key) || (type === 'function' && key === 'strict'));
  return { ...named, type, name: asName(tool['name']) ?? asName(tool['server_label']) ?? type };
}

/** Reads the messages, instructions and tools of a request to `/v1/responses`. */
export function readOpenaiResponsesInput(request: Json): CallMessages {
  const { input } = request;
  const system = contentParts(request['instructions']);
  const messages =
    typeof input === 'string'
      ? [{ role: 'user', parts: contentParts(input) }]
      : asObjects(input)
          .map(itemMessage)
          .filter(({ parts }) => parts.length > 0);
  const tools = asObjects(request['tools']).map(toolDefinition);
  return {
    ...(system.length === 0 ? {} : { system }),
    ...(messages.length === 0 ? {} : { input: messages }),
    ...(tools.length === 0 ? {} : { tools }),
  };
}

/** Reads the one message of an answer: its items in their order, whatever they are. */
export function readOpenaiResponsesOutput(response: Json): CallMessages {
  const items = asObjects(response['output']);
  if (items.length === 0) return {};
  const message: OutputMessage = {
    role: 'assistant',
    parts: items.flatMap((item) => itemMessage(item).parts),
    finish_reason: openaiResponsesFinish(response).message,
  };
  return { output: [message] };
}
