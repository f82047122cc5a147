import type { Json } from '../endpoint.js';
import type { InputMessage, Part, ToolDefinition } from '../messages.js';
import type { CallMessages } from '../record.js';
import { blobPart, mediaPart } from './content-media.js';
import { asName, asObject, asObjects, asTexts } from '../json-fields.js';

function toolPart(part: Json): Part {
  const id = asName(part['toolCallId']);
  const name = asName(part['toolName']) ?? '';
  const identity = id === undefined ? {} : { id };
  // Input and output were `args` and `result` up to version 4.
  const input = part['input'] ?? part['args'];
  if (part['type'] === 'tool-call') {
    const call = input === undefined ? {} : { arguments: input };
    if (part['providerExecuted'] !== true) return { type: 'tool_call', ...identity, name, ...call };
    return { type: 'server_tool_call', ...identity, name, server_tool_call: { ...call, type: name } };
  }
  return {
    type: 'tool_call_response',
    ...identity,
    response: part['output'] ?? part['error'] ?? part['result'] ?? null,
  };
}

// A string is an address, a data URI or Base64; bytes and files of the SDK are left out.
function filePart(part: Json): Part | undefined {
  const file = asObject(part['file']);
  const mimeType = asName(part['mediaType']) ?? asName(file?.['mediaType']);
  const type = mimeType === undefined ? {} : { mimeType };
  const source = asName(part['image']) ?? asName(part['data']);
  if (source !== undefined) return mediaPart(source, part['type'] === 'image' ? { ...type, modality: 'image' } : type);
  const base64 = asName(file?.['base64']);
  return base64 === undefined ? undefined : blobPart(base64, type);
}

function contentPart(part: Json): Part | undefined {
  switch (part['type']) {
    case 'text':
      return typeof part['text'] === 'string' ? { type: 'text', content: part['text'] } : undefined;
    case 'reasoning':
      return typeof part['text'] === 'string' ? { type: 'reasoning', content: part['text'] } : undefined;
    case 'tool-call':
    case 'tool-result':
    case 'tool-error':
      return toolPart(part);
    case 'image':
    case 'file':
    case 'reasoning-file':
      return filePart(part);
    default:
      // Sources and requests for approval are no content of a message.
      return undefined;
  }
}

function contentParts(content: unknown): Part[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', content }];
  return asObjects(content).flatMap((part) => contentPart(part) ?? []);
}

function inputMessages(messages: unknown): InputMessage[] {
  return asObjects(messages).map((message) => ({
    role: asName(message['role']) ?? 'user',
    parts: contentParts(message['content']),
  }));
}

// A text, a system message, or several of them.
function systemParts(system: unknown): Part[] {
  if (typeof system === 'string') return contentParts(system);
  const one = asObject(system);
  return (one === undefined ? asObjects(system) : [one]).flatMap(({ content }) => contentParts(content));
}

function toolDefinition(name: string, tool: Json | undefined): ToolDefinition {
  const description = asName(tool?.['description']);
  return {
    type: 'function',
    name,
    ...(description === undefined ? {} : { description }),
    ...(tool?.['inputSchema'] === undefined ? {} : { parameters: tool['inputSchema'] }),
  };
}

/** Reads the system text, the messages and the tools of a request. */
export function readAiSdkInput(request: Json): CallMessages {
  const { prompt } = request;
  const system = [...systemParts(request['instructions']), ...systemParts(request['system'])];
  const said = typeof prompt === 'string' ? [{ role: 'user', parts: contentParts(prompt) }] : inputMessages(prompt);
  const input = [...said, ...inputMessages(request['messages'])];
  const tools = Object.entries(asObject(request['tools']) ?? {}).map(([name, tool]) =>
    toolDefinition(name, asObject(tool)),
  );
  return {
    ...(system.length === 0 ? {} : { system }),
    ...(input.length === 0 ? {} : { input }),
    ...(tools.length === 0 ? {} : { tools }),
  };
}

/** Reads the texts that are embedded. */
export function readAiSdkTexts(request: Json): CallMessages {
  const texts = asTexts(request['values'] ?? request['value']);
  return texts === undefined ? {} : { texts };
}

function messageFinish(reason: string | undefined): string {
  switch (reason) {
    case 'content-filter':
      return 'content_filter';
    case 'tool-calls':
      return 'tool_call';
    default:
      return reason ?? 'unknown';
  }
}

// `content` is that of the last step up to version 6, and of all steps since: the steps say it in all of them.
function resultParts(result: Json): Part[] {
  const steps = asObjects(result['steps']);
  const parts = (steps.length === 0 ? [result] : steps).flatMap(({ content }) => contentParts(content));
  if (parts.length > 0) return parts;
  const reasoning = asName(result['reasoningText']);
  return [
    ...(reasoning === undefined ? [] : [{ type: 'reasoning' as const, content: reasoning }]),
    ...contentParts(result['text']),
    ...asObjects(result['toolCalls']).map((call) => toolPart({ ...call, type: 'tool-call' })),
  ];
}

// The object is JSON that was parsed; what cannot be written as such is none of a model.
function objectParts(object: unknown): Part[] {
  try {
    const content = JSON.stringify(object) as string | undefined;
    return content === undefined ? [] : [{ type: 'text', content }];
  } catch {
    return [];
  }
}

/** Reads what all steps of a result came to, in their order, as one message; an object as its JSON text. */
export function readAiSdkOutput(result: Json): CallMessages {
  const parts = result['object'] === undefined ? resultParts(result) : objectParts(result['object']);
  return { output: [{ role: 'assistant', parts, finish_reason: messageFinish(asName(result['finishReason'])) }] };
}
