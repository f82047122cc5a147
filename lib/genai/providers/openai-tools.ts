import type { Json } from '../endpoint.js';
import type { Part, ToolDefinition } from '../messages.js';
import { defined, isJson, objectOf, objectsOf, textOf } from '../untrusted.js';

// Mistral's client puts it where the wire has no id.
const NO_ID = 'null';

/** The tools that a request offers, its legacy `functions` among them. */
export function readTools(request: Json): readonly ToolDefinition[] {
  const functions = objectsOf(request, 'functions').map((definition) =>
    readTool({ type: 'function', function: definition }),
  );
  return [...objectsOf(request, 'tools').map(readTool), ...functions].filter((tool) => tool !== undefined);
}

function readTool(tool: Json): ToolDefinition | undefined {
  const type = textOf(tool, 'type') ?? 'function';
  const nested = [tool['function'], tool['custom']].find(isJson) ?? tool;
  // A tool that the host runs has no name but its type.
  const name = textOf(nested, 'name') ?? (type === 'function' || type === 'custom' ? undefined : type);
  if (name === undefined) return undefined;
  return {
    type,
    name,
    ...defined({
      description: textOf(nested, 'description'),
      parameters: nested['parameters'] ?? undefined,
      format: type === 'custom' ? (nested['format'] ?? undefined) : undefined,
    }),
  };
}

/** The calls that a message makes, in `tool_calls` or in the legacy `function_call`. */
export function readToolCalls(message: Json): Part[] {
  const calls = objectsOf(message, 'tool_calls', 'toolCalls').flatMap(readToolCall);
  return [...calls, ...readToolCall({ function: objectOf(message, 'function_call', 'functionCall') })];
}

function readToolCall(call: Json): Part[] {
  const custom = call['custom'];
  const isCustom = isJson(custom);
  const called = isCustom ? custom : objectOf(call, 'function');
  const name = textOf(called, 'name');
  if (name === undefined) return [];
  return [
    {
      type: 'tool_call',
      ...defined({ id: readId(call) }),
      name,
      ...defined({ arguments: isCustom ? textOf(custom, 'input') : parseArguments(called['arguments']) }),
    },
  ];
}

function readId(call: Json): string | undefined {
  const id = textOf(call, 'id');
  return id === NO_ID ? undefined : id;
}

/** What JSON says, or the text where it is none. */
function parseArguments(value: unknown): unknown {
  if (typeof value !== 'string') return value ?? undefined;
  if (value === '') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
