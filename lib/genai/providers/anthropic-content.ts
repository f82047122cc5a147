import type { Json } from '../endpoint.js';
import { asList, asName, asObject, asObjects, asText, parsedOrText, present } from '../json-fields.js';
import type { InputMessage, Modality, Part, ToolDefinition } from '../messages.js';

/** A block that the conventions have no name for, whole and under its own word. */
export function toVendorPart(block: Json, vendorType: string): Part {
  return { ...block, type: 'vendor', vendor_type: vendorType };
}

function toMedia(block: Json, modality: Modality): Part {
  const source = asObject(block['source']);
  const mimeType = asName(source?.['media_type']);
  const mime = mimeType === undefined ? {} : { mime_type: mimeType };
  const data = asText(source?.['data']);
  const url = asText(source?.['url']);
  const fileId = asText(source?.['file_id']);
  if (source?.['type'] === 'text' && data !== undefined) return { type: 'text', content: data };
  if (data !== undefined) return { type: 'blob', modality, ...mime, content: data };
  if (url !== undefined) return { type: 'uri', modality, ...mime, uri: url };
  if (fileId !== undefined) return { type: 'file', modality, ...mime, file_id: fileId };
  return toVendorPart(block, modality);
}

// The input of a streamed call is the JSON text that came, parsed here because nothing waits for it.
function toArguments(input: unknown): unknown {
  return typeof input === 'string' ? parsedOrText(input) : input;
}

function toToolCall(block: Json): Part {
  const id = asName(block['id']);
  const input = toArguments(block['input']);
  return {
    type: 'tool_call',
    ...(id === undefined ? {} : { id }),
    name: asText(block['name']) ?? '',
    ...(input === undefined ? {} : { arguments: input }),
  };
}

function toServerCall(block: Json, type: string): Part {
  const id = asName(block['id']);
  const name = asText(block['name']) ?? '';
  const call = {
    type: type === 'server_tool_use' ? name : type,
    ...present<{ server_name?: string }>({ server_name: asName(block['server_name']) }),
    ...(block['input'] === undefined ? {} : { input: toArguments(block['input']) }),
  };
  return { type: 'server_tool_call', ...(id === undefined ? {} : { id }), name, server_tool_call: call };
}

function toServerResponse(block: Json, type: string): Part {
  const id = asName(block['tool_use_id']);
  const content = block['content'] === undefined ? {} : { content: block['content'] };
  return {
    type: 'server_tool_call_response',
    ...(id === undefined ? {} : { id }),
    server_tool_call_response: { type, ...content },
  };
}

/** What a tool gave: the text where it is one, else parts. */
function toToolResponse(content: unknown): unknown {
  if (!Array.isArray(content)) return content ?? '';
  const parts = content.flatMap((item) => toListedPart(item, true));
  const [only] = parts;
  return parts.length === 1 && only?.type === 'text' ? only.content : parts;
}

// Inside a tool's result there is no other, so hostile nesting ends at the second.
function toPart(block: Json, isNested: boolean): Part {
  const type = asText(block['type']) ?? 'unknown';
  switch (type) {
    case 'text':
      return { type: 'text', content: asText(block['text']) ?? '' };
    case 'thinking':
      return { type: 'reasoning', content: asText(block['thinking']) ?? '' };
    case 'redacted_thinking': {
      const data = asText(block['data']);
      return { type: 'redacted_reasoning', ...(data === undefined ? {} : { data }) };
    }
    case 'image':
    case 'document':
      return toMedia(block, type);
    case 'tool_use':
      return toToolCall(block);
    case 'server_tool_use':
    case 'mcp_tool_use':
      return toServerCall(block, type);
    case 'tool_result': {
      if (isNested) return toVendorPart(block, type);
      const id = asName(block['tool_use_id']);
      const response = toToolResponse(block['content']);
      return { type: 'tool_call_response', ...(id === undefined ? {} : { id }), response };
    }
    default:
      return type.endsWith('_tool_result') ? toServerResponse(block, type) : toVendorPart(block, type);
  }
}

function toListedPart(item: unknown, isNested: boolean): Part[] {
  if (typeof item === 'string') return [{ type: 'text', content: item }];
  const block = asObject(item);
  return block === undefined ? [] : [toPart(block, isNested)];
}

/** The parts of a message's content, which is a string or a list of blocks. */
export function toParts(content: unknown): Part[] {
  if (typeof content === 'string') return [{ type: 'text', content }];
  return asList(content).flatMap((item) => toListedPart(item, false));
}

/** The messages of a request; a role is required by the API, `user` where it is missing. */
export function toMessages(messages: unknown): InputMessage[] {
  return asObjects(messages).map((message) => ({
    role: asName(message['role']) ?? 'user',
    parts: toParts(message['content']),
  }));
}

function toTool(tool: Json): ToolDefinition {
  const type = asName(tool['type']) ?? 'custom';
  const name = asName(tool['name']) ?? asName(tool['mcp_server_name']) ?? type;
  if (type !== 'custom') return { ...tool, type, name };
  return present<ToolDefinition>({
    type: 'function',
    name,
    description: asText(tool['description']),
    parameters: tool['input_schema'],
  });
}

/** The tools of a request; those that run at the provider keep their type. */
export function toTools(tools: unknown): ToolDefinition[] {
  return asObjects(tools).map(toTool);
}
