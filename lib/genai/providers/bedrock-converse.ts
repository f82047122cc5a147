import type { Endpoint, Json, Likeness } from '../endpoint.js';
import { asObject } from '../json-fields.js';
import { pickFields, toInput } from './bedrock-command.js';
import { readConverseInput, readConverseOutput, readConverseRequest, readConverseResponse } from './bedrock-reading.js';
import { CONVERSE_EVENTS, ConverseMerger } from './bedrock-stream.js';

const INPUT_FIELDS = [
  'modelId',
  'messages',
  'system',
  'inferenceConfig',
  'toolConfig',
  'guardrailConfig',
  'additionalModelRequestFields',
  'outputConfig',
  'serviceTier',
];

/** Of these one stands beside the messages in requests of Converse, and in no other's. */
const OWN_FIELDS = ['inferenceConfig', 'toolConfig', 'guardrailConfig', 'additionalModelRequestFields'];

function toPlain(value: Json): Json {
  const { input, operation } = toInput(value);
  if (input === value || 'body' in input) return value;
  const plain = pickFields(input, INPUT_FIELDS);
  if (operation === 'ConverseStream') plain['stream'] = true;
  return plain;
}

function matchRequest(value: Json): Likeness {
  if ('body' in value) return 0;
  const isOwn = OWN_FIELDS.some((field) => asObject(value[field]) !== undefined);
  if (typeof value['modelId'] === 'string') return isOwn || Array.isArray(value['messages']) ? 3 : 1;
  return isOwn && Array.isArray(value['messages']) ? 2 : 0;
}

function matchResponse(value: Json): Likeness {
  if (asObject(asObject(value['output'])?.['message']) === undefined) return 0;
  return 'stopReason' in value ? 3 : 2;
}

/** An event of ConverseStream. */
export function matchConverseChunk(value: Json): Likeness {
  const name = CONVERSE_EVENTS.find((event) => asObject(value[event]) !== undefined);
  if (name === undefined) return 0;
  return name === 'metadata' && asObject(value['metadata'])?.['usage'] === undefined ? 1 : 3;
}

/**
 * Converse and ConverseStream of Bedrock. Takes the command that a client's `send` is given, or its input. The answer of
 * ConverseStream is `{ stream, $metadata }`; its events are in `stream`, an async iterable, and look as `ConverseMerger`
 * says.
 */
export const converse: Endpoint = {
  id: 'bedrock.converse',
  provider: 'aws.bedrock',
  aliases: ['bedrock'],
  operation: 'chat',
  matchRequest,
  matchResponse,
  matchChunk: matchConverseChunk,
  toPlain,
  readRequest: readConverseRequest,
  readResponse: readConverseResponse,
  readInput: readConverseInput,
  readOutput: readConverseOutput,
  createMerger: () => new ConverseMerger(),
};
