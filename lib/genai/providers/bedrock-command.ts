import type { Json } from '../endpoint.js';
import { asList, asName, asObject } from '../json-fields.js';

/** What an operation of Bedrock is given, and the operation's name where a command tells it: `ConverseStream`. */
export interface BedrockInput {
  readonly input: Json;
  readonly operation?: string;
}

// Newer commands carry their schema, whose third item is the name; the name of the class does not survive a minifier.
function operationOf(command: Json): string | undefined {
  const { constructor } = command;
  const className: unknown = typeof constructor === 'function' ? constructor.name : undefined;
  return asName(asList(command['schema'])[2]) ?? asName(className)?.replace(/Command$/, '');
}

/** The input of a command of the AWS SDK, or the value itself where it is the input. */
export function toInput(value: Json): BedrockInput {
  const input = asObject(value['input']);
  if (input === undefined || !('modelId' in input)) return { input: value };
  const operation = operationOf(value);
  return operation === undefined ? { input } : { input, operation };
}

/** The fields of this name that have a value. */
export function pickFields(source: Json, names: readonly string[]): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const name of names) if (source[name] !== undefined) picked[name] = source[name];
  return picked;
}
