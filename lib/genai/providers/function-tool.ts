import type { Json } from '../endpoint.js';
import type { ToolDefinition } from '../messages.js';
import { objectOf, textOf } from './plain-fields.js';

/** Reads a tool in the shape that OpenAI gave it: `{ type, function: { name, description, parameters } }`. */
export function readFunctionTool(tool: Json): ToolDefinition | undefined {
  const fn = objectOf(tool['function']);
  const name = textOf(fn?.['name']);
  if (fn === undefined || name === undefined) return undefined;
  const description = textOf(fn['description']);
  return {
    type: textOf(tool['type']) ?? 'function',
    name,
    ...(description === undefined ? {} : { description }),
    ...(fn['parameters'] === undefined ? {} : { parameters: fn['parameters'] }),
  };
}
