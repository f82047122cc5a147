import type { InputMessage, OutputMessage, RetrievedDocument, ToolDefinition } from './messages.js';
import { isLoose, toParts } from './read-parts.js';
import type { Loose } from './read-parts.js';

function isMessage(message: Loose, parts: unknown): boolean {
  for (const key in message) {
    const isIts = key === 'role' || key === 'name' ? typeof message[key] === 'string' : key === 'parts';
    if (!isIts) return false;
  }
  return parts !== undefined && message['parts'] === parts && message['role'] !== undefined;
}

// The same one where nothing of it changes: what was kept of our own calls is in this form.
function toMessage(message: Loose): InputMessage | undefined {
  const parts = toParts(message['parts'] ?? message['content']);
  if (isMessage(message, parts)) return message as unknown as InputMessage;
  const { role, name } = message;
  if (parts === undefined && typeof role !== 'string') return undefined;
  return {
    role: typeof role === 'string' ? role : 'unknown',
    parts: parts ?? [],
    ...(typeof name === 'string' ? { name } : {}),
  };
}

/** Makes messages of a list, or one of `role` of a text; undefined for anything else. */
export function toMessages(value: unknown, role: string): InputMessage[] | undefined {
  if (typeof value === 'string') return [{ role, parts: [{ type: 'text', content: value }] }];
  if (!Array.isArray(value)) return undefined;
  const messages: InputMessage[] = [];
  for (const item of value as readonly unknown[]) {
    // What stands in the place of a message that must not be shown.
    if (typeof item === 'string') messages.push({ role, parts: [{ type: 'text', content: item }] });
    const message = isLoose(item) ? toMessage(item) : undefined;
    if (message !== undefined) messages.push(message);
  }
  return messages;
}

/** As `toMessages`; `reasons` are the call's own finish reasons, by choice, for messages that have none. */
export function toOutputMessages(
  value: unknown,
  reasons: readonly string[],
  otherwise: string,
): OutputMessage[] | undefined {
  if (typeof value === 'string') {
    const parts = [{ type: 'text', content: value } as const];
    return [{ role: 'assistant', parts, finish_reason: reasons[0] ?? otherwise }];
  }
  if (!Array.isArray(value)) return undefined;
  const messages: OutputMessage[] = [];
  for (const [index, item] of (value as readonly unknown[]).entries()) {
    const message = isLoose(item) ? toMessage(item) : undefined;
    if (!isLoose(item) || message === undefined) continue;
    const reason = item['finish_reason'];
    messages.push({ ...message, finish_reason: typeof reason === 'string' ? reason : (reasons[index] ?? otherwise) });
  }
  return messages;
}

function toTool(tool: Loose): ToolDefinition | undefined {
  const { function: inner, ...outer } = tool;
  const flat: Loose = isLoose(inner) ? { ...outer, ...inner } : tool;
  const { type, name, description, ...others } = flat;
  if (typeof name !== 'string') return undefined;
  return {
    ...others,
    type: typeof type === 'string' ? type : 'function',
    name,
    ...(typeof description === 'string' ? { description } : {}),
  };
}

/** Makes tool definitions of a list, also of OpenAI's nested ones; undefined for anything else. */
export function toTools(value: unknown): ToolDefinition[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((item: unknown) => (isLoose(item) ? (toTool(item) ?? []) : []));
}

function toDocument(item: unknown): RetrievedDocument | undefined {
  if (typeof item === 'string') return { id: '', content: item };
  if (!isLoose(item)) return undefined;
  const { id, score, content, ...others } = item;
  return {
    ...others,
    id: typeof id === 'string' ? id : typeof id === 'number' ? String(id) : '',
    ...(typeof score === 'number' && Number.isFinite(score) ? { score } : {}),
    ...(typeof content === 'string' ? { content } : {}),
  };
}

/** Makes documents of a list; undefined for anything else. One without an id has an empty one. */
export function toDocuments(value: unknown): RetrievedDocument[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((item: unknown) => toDocument(item) ?? []);
}

/** Texts of a list; undefined for anything else. */
export function toTexts(value: unknown): string[] | undefined {
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value)) return undefined;
  return value.filter((item): item is string => typeof item === 'string');
}
