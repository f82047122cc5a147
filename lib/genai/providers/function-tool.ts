import type { Json } from '../endpoint.js';
import type { ToolDefinition } from '../messages.js';
import { asName, asObject } from '../json-fields.js';

/** Reads a tool in the shape that OpenAI gave it: `{ type, function: { name, description, parameters } }`. */
export function readFunctionTool(tool: Json): ToolDefinition | undefined {
  const fn = asObject(tool['function']);
  const name = asName(fn?.['name']);
  if (fn === undefined || name === undefined) return undefined;
  const description = asName(fn['description']);
  return {
    type: asName(tool['type']) ?? 'function',
    name,
    ...(description === undefined ? {} : { description }),
    ...(fn['parameters'] === undefined ? {} : { parameters: fn['parameters'] }),
  };
}
