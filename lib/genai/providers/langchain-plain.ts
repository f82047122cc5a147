import type { Json } from '../endpoint.js';
import { asList, asName, asObject } from '../json-fields.js';

// The types of messages, and their names in OpenAI's roles.
const ROLES: ReadonlyMap<string, string> = new Map([
  ['human', 'user'],
  ['ai', 'assistant'],
  ['system', 'system'],
  ['developer', 'developer'],
  ['tool', 'tool'],
  ['function', 'tool'],
]);
// source: @langchain/core 1.4, dist/messages: the class names in `id` of serialised messages.
const CLASS = /^(Human|AI|System|Tool|Function)Message(Chunk)?$/;
const FIELDS = [
  'content',
  'name',
  'id',
  'tool_calls',
  'tool_call_id',
  'tool_call_chunks',
  'usage_metadata',
  'response_metadata',
];

function typeOf(message: Json): string | undefined {
  const own = asName(message['type']);
  if (own !== undefined || !Array.isArray(message['lc_namespace'])) return own;
  // Before version 1 only a method told.
  const tell = message['_getType'];
  return typeof tell === 'function' ? asName(Reflect.apply(tell, message, []) as unknown) : undefined;
}

function plainFields(type: string | undefined, holder: Json): Json | undefined {
  const short = CLASS.exec(type ?? '')?.[1]?.toLowerCase() ?? type;
  if (short === undefined || !ROLES.has(short) || holder['content'] === undefined) return undefined;
  const plain: Record<string, unknown> = { type: short };
  for (const field of FIELDS) if (holder[field] !== undefined && holder[field] !== null) plain[field] = holder[field];
  return plain;
}

/** Plain data of a message: an instance, `toJSON()`, `toDict()` or what Python's wrote; undefined for anything else. */
export function plainMessage(value: unknown): Json | undefined {
  const message = asObject(value);
  if (message === undefined) return undefined;
  const inner = asObject(message['kwargs']);
  if (message['lc'] === 1 && inner !== undefined) return plainFields(asName(asList(message['id']).at(-1)), inner);
  const data = asObject(message['data']);
  const type = typeOf(message);
  return plainFields(type, message['content'] === undefined && data !== undefined ? data : message);
}

/** True for a message of a model. */
export function isModelMessage(message: Json | undefined): boolean {
  return message?.['type'] === 'ai';
}

/** The conventions' role of a message in plain data; a message of another maker has its own. */
export function roleOf(message: Json): string {
  const type = asName(message['type']);
  return ROLES.get(type ?? '') ?? asName(message['role']) ?? 'user';
}
