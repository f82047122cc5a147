import { types } from 'node:util';
import type { Json } from '../endpoint.js';
import { asList, asName, asObject, asObjects, asText, parsedOrText, present } from '../json-fields.js';
import type { InputMessage, Modality, Part, ToolDefinition } from '../messages.js';

const DOCUMENT_TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  csv: 'text/csv',
  html: 'text/html',
  txt: 'text/plain',
  md: 'text/markdown',
};

/** Formats whose MIME type has another name. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  mp3: 'mpeg',
  mpg: 'mpeg',
  mov: 'quicktime',
  mkv: 'x-matroska',
  three_gp: '3gpp',
};

function mimeOf(kind: Modality, format: string | undefined): { mime_type?: string } {
  if (format === undefined) return {};
  const mimeType = kind === 'document' ? DOCUMENT_TYPES[format] : `${kind}/${MEDIA_TYPES[format] ?? format}`;
  return present<{ mime_type?: string }>({ mime_type: mimeType });
}

/** Base64 of bytes; a text, base64 already or what a copy says of bytes, as it is. */
function toBase64(bytes: unknown): string | undefined {
  if (!types.isUint8Array(bytes)) return asText(bytes);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

function toMedia(block: Json, kind: Modality): Part[] {
  const media = asObject(block[kind]);
  const source = asObject(media?.['source']);
  const mime = mimeOf(kind, asName(media?.['format']));
  const content = toBase64(source?.['bytes']);
  if (content !== undefined) return [{ type: 'blob', modality: kind, ...mime, content }];
  const uri = asText(asObject(source?.['s3Location'])?.['uri']);
  if (uri !== undefined) return [{ type: 'uri', modality: kind, ...mime, uri }];
  const texts = [source?.['text'], ...asObjects(source?.['content']).map((item) => item['text'])];
  const parts = texts.flatMap((text): Part[] => (typeof text === 'string' ? [{ type: 'text', content: text }] : []));
  return parts.length > 0 ? parts : [{ ...block, type: 'vendor', vendor_type: kind }];
}

function idOf(block: Json): { id?: string } {
  return present<{ id?: string }>({ id: asName(block['toolUseId']) });
}

// The input of a streamed call is the JSON text that came, parsed here because nothing waits for it.
function toToolCall(call: Json): Part {
  const name = asText(call['name']) ?? '';
  const { input } = call;
  const parsed = typeof input === 'string' ? parsedOrText(input) : input;
  if (call['type'] !== undefined) {
    return { type: 'server_tool_call', ...idOf(call), name, server_tool_call: { type: name, input: parsed } };
  }
  return { type: 'tool_call', ...idOf(call), name, ...(parsed === undefined ? {} : { arguments: parsed }) };
}

/** What a tool gave: the text or the JSON where it is one, else parts. */
function toToolResponse(content: unknown): unknown {
  const blocks = asObjects(content);
  const [only] = blocks;
  if (blocks.length === 1 && only?.['json'] !== undefined) return only['json'];
  if (blocks.length === 1 && typeof only?.['text'] === 'string') return only['text'];
  return blocks.flatMap((block) => toPart(block, true));
}

function toToolResult(result: Json): Part {
  const response = toToolResponse(result['content']);
  const type = asName(result['type']);
  if (type === undefined) return { type: 'tool_call_response', ...idOf(result), response };
  return { type: 'server_tool_call_response', ...idOf(result), server_tool_call_response: { type, content: response } };
}

function toReasoning(reasoning: Json): Part {
  const text = asText(asObject(reasoning['reasoningText'])?.['text']);
  if (text !== undefined) return { type: 'reasoning', content: text };
  const data = toBase64(reasoning['redactedContent']);
  return { type: 'redacted_reasoning', ...present<{ data?: string }>({ data }) };
}

// Inside a tool's result there is no other, so hostile nesting ends at the second.
function toPart(block: Json, isNested: boolean): Part[] {
  const kind = Object.keys(block).find((key) => block[key] !== undefined);
  const inner = kind === undefined ? undefined : asObject(block[kind]);
  switch (kind) {
    case undefined:
    case 'cachePoint':
      return [];
    case 'text':
      return [{ type: 'text', content: asText(block['text']) ?? '' }];
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
      return toMedia(block, kind);
    case 'citationsContent':
      return asObjects(inner?.['content']).flatMap((item) => toTexts(item));
    default:
  }
  const guarded = kind === 'guardContent' ? toTexts(asObject(inner?.['text'])) : [];
  if (guarded.length > 0) return guarded;
  if (kind === 'toolUse' && inner !== undefined) return [toToolCall(inner)];
  if (kind === 'toolResult' && inner !== undefined && !isNested) return [toToolResult(inner)];
  if (kind === 'reasoningContent' && inner !== undefined) return [toReasoning(inner)];
  return [{ ...block, type: 'vendor', vendor_type: kind }];
}

function toTexts(item: Json | undefined): Part[] {
  const text = asText(item?.['text']);
  return text === undefined ? [] : [{ type: 'text', content: text }];
}

/** The parts of a list of content blocks, each an object with one member. */
export function toParts(content: unknown): Part[] {
  return asObjects(content).flatMap((block) => toPart(block, false));
}

/** The messages of a request; a role is required by the API, `user` where it is missing. */
export function toMessages(messages: unknown): InputMessage[] {
  return asObjects(messages).map((message) => ({
    role: asName(message['role']) ?? 'user',
    parts: toParts(message['content']),
  }));
}

function toTool(tool: Json): ToolDefinition[] {
  const spec = asObject(tool['toolSpec']);
  const systemTool = asName(asObject(tool['systemTool'])?.['name']);
  if (systemTool !== undefined) return [{ type: 'systemTool', name: systemTool }];
  if (spec === undefined) return [];
  return [
    present<ToolDefinition>({
      type: 'function',
      name: asText(spec['name']) ?? '',
      description: asText(spec['description']),
      parameters: asObject(spec['inputSchema'])?.['json'],
    }),
  ];
}

/** The tools of a request's `toolConfig`. */
export function toTools(toolConfig: unknown): ToolDefinition[] {
  return asList(asObject(toolConfig)?.['tools']).flatMap((item) => {
    const tool = asObject(item);
    return tool === undefined ? [] : toTool(tool);
  });
}
