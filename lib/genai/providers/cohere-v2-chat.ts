import type { Endpoint, Json, Likeness, ResponseReading } from '../endpoint.js';
import type { ResponseFacts } from '../record.js';
import { either, hasAny, readCohereSampling, readCohereUsage } from './cohere-fields.js';
import { readCohereV2Input, readCohereV2Output } from './cohere-v2-content.js';
import { CohereV2Merger } from './cohere-v2-stream.js';
import { asList, asName, asObject, present } from '../json-fields.js';

// Fields that other chats with `model` and `messages` do not have.
const OWN_FIELDS = [
  'citation_options',
  'citationOptions',
  'safety_mode',
  'safetyMode',
  'strict_tools',
  'strictTools',
  'p',
  'k',
];

const EVENTS: ReadonlySet<string> = new Set([
  'message-start',
  'content-start',
  'content-delta',
  'content-end',
  'tool-plan-delta',
  'tool-call-start',
  'tool-call-delta',
  'tool-call-end',
  'citation-start',
  'citation-end',
  'message-end',
]);

function matchRequest(request: Json): Likeness {
  if (typeof request['model'] !== 'string' || asObject(asList(request['messages'])[0]) === undefined) return 0;
  return hasAny(request, OWN_FIELDS) ? 3 : 1;
}

function matchResponse(response: Json): Likeness {
  const message = asObject(response['message']);
  if (message?.['role'] !== 'assistant' || asName(either(response, 'finish_reason', 'finishReason')) === undefined)
    return 0;
  const usage = asObject(response['usage']);
  if (either(usage, 'billed_units', 'billedUnits') !== undefined || usage?.['tokens'] !== undefined) return 3;
  return Array.isArray(message['content']) || hasAny(message, ['tool_calls', 'toolCalls']) ? 2 : 0;
}

function matchChunk(chunk: Json): Likeness {
  const { type } = chunk;
  return typeof type === 'string' && EVENTS.has(type) ? 3 : 0;
}

function readResponse(response: Json): ResponseReading {
  const reason = asName(either(response, 'finish_reason', 'finishReason'));
  const usage = readCohereUsage(asObject(response['usage']));
  return {
    response: present<ResponseFacts>({
      id: asName(response['id']),
      finishReasons: reason === undefined ? undefined : [reason],
    }),
    ...(usage === undefined ? {} : { usage }),
  };
}

/** Cohere's `/v2/chat`. The answer does not name a model. */
export const cohereV2Chat: Endpoint = {
  id: 'cohere.v2_chat',
  provider: 'cohere',
  operation: 'chat',
  matchRequest,
  matchResponse,
  matchChunk,
  readRequest: (request) => ({ request: readCohereSampling(request) }),
  readResponse,
  readInput: readCohereV2Input,
  readOutput: readCohereV2Output,
  createMerger: () => new CohereV2Merger(),
};
