import type { Json } from '../endpoint.js';
import { asList, asName, asObject, asObjects, asText, modalityOf, present } from '../json-fields.js';
import type { InputMessage, Part, ToolDefinition } from '../messages.js';

/** What stands beside a part's own field. */
const BESIDE: ReadonlySet<string> = new Set([
  'thought',
  'thoughtSignature',
  'videoMetadata',
  'partMetadata',
  'mediaResolution',
]);

/** The conventions' word for a role of Google's. */
export function toRole(role: unknown, otherwise: string): string {
  if (role === 'model') return 'assistant';
  return role === 'function' ? 'tool' : (asName(role) ?? otherwise);
}

function idOf(source: Json): { id?: string } {
  return present<{ id?: string }>({ id: asName(source['id']) });
}

function toCall(call: Json): Part {
  const args = call['args'] === undefined ? {} : { arguments: call['args'] };
  return { type: 'tool_call', ...idOf(call), name: asText(call['name']) ?? '', ...args };
}

// Without an id only the name says which call it answers.
function toResponse(answer: Json): Part {
  const name = asName(answer['name']);
  const response = answer['response'] ?? '';
  return { type: 'tool_call_response', ...idOf(answer), ...(name === undefined ? {} : { name }), response };
}

function toServerCall(call: Json): Part {
  const type = asText(call['toolType']) ?? '';
  const args = call['args'] === undefined ? {} : { args: call['args'] };
  return { type: 'server_tool_call', ...idOf(call), name: type, server_tool_call: { type, ...args } };
}

function toServerResponse(answer: Json): Part {
  const type = asText(answer['toolType']) ?? '';
  const response = answer['response'] === undefined ? {} : { response: answer['response'] };
  return { type: 'server_tool_call_response', ...idOf(answer), server_tool_call_response: { type, ...response } };
}

function toMedia(part: Json): Part | undefined {
  const inline = asObject(part['inlineData']);
  const file = asObject(part['fileData']);
  const mimeType = asName((inline ?? file)?.['mimeType']);
  const modality = modalityOf(mimeType);
  const mime = mimeType === undefined ? {} : { mime_type: mimeType };
  const data = asText(inline?.['data']);
  if (data !== undefined) return { type: 'blob', modality, ...mime, content: data };
  const uri = asText(file?.['fileUri']);
  return uri === undefined ? undefined : { type: 'uri', modality, ...mime, uri };
}

function toPart(part: Json): Part[] {
  const text = asText(part['text']);
  if (text !== undefined) return [{ type: part['thought'] === true ? 'reasoning' : 'text', content: text }];
  const call = asObject(part['functionCall']);
  if (call !== undefined) return [toCall(call)];
  const answer = asObject(part['functionResponse']);
  if (answer !== undefined) return [toResponse(answer)];
  const serverCall = asObject(part['toolCall']);
  if (serverCall !== undefined) return [toServerCall(serverCall)];
  const serverAnswer = asObject(part['toolResponse']);
  if (serverAnswer !== undefined) return [toServerResponse(serverAnswer)];
  const media = toMedia(part);
  if (media !== undefined) return [media];
  const kind = Object.keys(part).find((key) => !BESIDE.has(key));
  return kind === undefined ? [] : [{ ...part, type: 'vendor', vendor_type: kind }];
}

/** The parts of what Google takes as parts: a text, a part, a list of them, or a content that holds them. */
export function toParts(value: unknown): Part[] {
  if (typeof value === 'string') return [{ type: 'text', content: value }];
  if (Array.isArray(value)) return value.flatMap(toListedPart);
  const object = asObject(value);
  if (object === undefined) return [];
  return Array.isArray(object['parts']) ? asList(object['parts']).flatMap(toListedPart) : toPart(object);
}

function toListedPart(part: unknown): Part[] {
  if (typeof part === 'string') return [{ type: 'text', content: part }];
  const object = asObject(part);
  return object === undefined ? [] : toPart(object);
}

function isContent(value: unknown): value is Json {
  const object = asObject(value);
  return object !== undefined && ('parts' in object || 'role' in object);
}

/** The messages of `contents`: one content, several, or what is a user's single message without its frame. */
export function toMessages(contents: unknown): InputMessage[] {
  const messages: InputMessage[] = [];
  let unframed: Part[] | undefined;
  for (const item of Array.isArray(contents) ? asList(contents) : [contents]) {
    if (isContent(item)) {
      messages.push({ role: toRole(item['role'], 'user'), parts: toParts({ parts: asList(item['parts']) }) });
      unframed = undefined;
      continue;
    }
    const parts = asList(item).length > 0 ? asList(item).flatMap(toListedPart) : toListedPart(item);
    if (parts.length === 0) continue;
    if (unframed === undefined) {
      unframed = [];
      messages.push({ role: 'user', parts: unframed });
    }
    unframed.push(...parts);
  }
  return messages;
}

function toFunction(declaration: Json): ToolDefinition {
  return present<ToolDefinition>({
    type: 'function',
    name: asText(declaration['name']) ?? '',
    description: asText(declaration['description']),
    parameters: declaration['parameters'] ?? declaration['parametersJsonSchema'],
  });
}

/** The tools of a request; Google's own, such as `googleSearch`, keep their name as their type. */
export function toTools(tools: unknown): ToolDefinition[] {
  return asObjects(tools).flatMap((tool) =>
    Object.keys(tool).flatMap((kind) => {
      if (kind === 'functionDeclarations') return asObjects(tool[kind]).map(toFunction);
      return asObject(tool[kind]) === undefined ? [] : [{ type: kind, name: kind }];
    }),
  );
}
