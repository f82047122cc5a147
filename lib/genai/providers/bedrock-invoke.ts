import type { Endpoint, Json, Likeness, RequestReading, ResponseReading } from '../endpoint.js';
import { asCount, asName, asObject, present, presentAny } from '../json-fields.js';
import type { CallMessages, RequestFacts, Usage } from '../record.js';
import { isRawBody, parseBody } from './bedrock-body.js';
import { pickFields, toInput } from './bedrock-command.js';
import { familyOfChunk, familyOfRequest, familyOfResponse } from './bedrock-families/families.js';
import type { BedrockFamily } from './bedrock-families/family.js';
import { chunkBody, InvokeModelMerger, METRICS } from './bedrock-invoke-stream.js';
import { tierOf } from './bedrock-reading.js';

const INPUT_FIELDS = ['modelId', 'guardrailIdentifier', 'serviceTier', 'contentType'];
const ANSWER_FIELDS = ['contentType', 'serviceTier'];

/** Bodies are parsed; one that cannot be is empty, so that the request still is one. */
function toPlain(value: Json): Json {
  const { input, operation } = toInput(value);
  if (!isRawBody(input['body'])) return value;
  if (typeof input['modelId'] === 'string') {
    const plain = { ...pickFields(input, INPUT_FIELDS), body: parseBody(input['body']) ?? {} };
    return operation === 'InvokeModelWithResponseStream' ? { ...plain, stream: true } : plain;
  }
  if (typeof input['body'] === 'string' || asObject(input['$metadata']) === undefined) return value;
  return { ...pickFields(input, ANSWER_FIELDS), body: parseBody(input['body']) ?? {} };
}

function requestFamily(value: Json): BedrockFamily | undefined {
  const body = asObject(value['body']);
  return body === undefined ? undefined : familyOfRequest(asName(value['modelId']), body);
}

function responseFamily(value: Json): BedrockFamily | undefined {
  const body = asObject(value['body']);
  return body === undefined ? undefined : familyOfResponse(body);
}

function matchResponse(value: Json): Likeness {
  if ('modelId' in value || asObject(value['body']) === undefined) return 0;
  if (responseFamily(value) === undefined) return 'contentType' in value ? 1 : 0;
  return 3;
}

function readRequest(value: Json): RequestReading {
  const family = requestFamily(value);
  const request = present<RequestFacts>({
    model: asName(value['modelId']),
    ...family?.readRequest(asObject(value['body']) ?? {}),
    ...(value['stream'] === true ? { stream: true } : {}),
    ...present<RequestFacts>({
      serviceTier: tierOf(value['serviceTier']),
      guardrailId: asName(value['guardrailIdentifier']),
    }),
  });
  return family === undefined ? { request } : { request, operation: family.operation };
}

// The last chunk of a stream has counts of Bedrock's own, for models that give none.
function metricsUsage(value: Json): Usage | undefined {
  const metrics = asObject(asObject(value['body'])?.[METRICS]);
  return presentAny<Usage>({
    inputTokens: asCount(metrics?.['inputTokenCount']),
    outputTokens: asCount(metrics?.['outputTokenCount']),
  });
}

function readResponse(value: Json): ResponseReading {
  const reading = responseFamily(value)?.readResponse(asObject(value['body']) ?? {});
  const usage = reading?.usage ?? metricsUsage(value);
  const serviceTier = tierOf(value['serviceTier']);
  const response = { ...reading?.response, ...(serviceTier === undefined ? {} : { serviceTier }) };
  return usage === undefined ? { response } : { response, usage };
}

function readInput(value: Json): CallMessages {
  return requestFamily(value)?.readInput(asObject(value['body']) ?? {}) ?? {};
}

function readOutput(value: Json): CallMessages {
  return responseFamily(value)?.readOutput(asObject(value['body']) ?? {}) ?? {};
}

function matchChunk(value: Json): Likeness {
  const body = chunkBody(value);
  if (body === undefined) return 0;
  return familyOfChunk(body) === undefined ? 1 : 3;
}

/**
 * InvokeModel and InvokeModelWithResponseStream of Bedrock, with bodies as the models' families define them. Takes the
 * command that a client's `send` is given, or its input. Families that are not in `bedrock-families` give the model's id
 * alone. Counts come from the body: those that Bedrock puts into HTTP headers (`x-amzn-bedrock-input-token-count`) do not
 * reach the caller of the client. The answer of a stream is `{ body, $metadata }`; its events are in `body`, an async
 * iterable of `{ chunk: { bytes } }`.
 */
export const invokeModel: Endpoint = {
  id: 'bedrock.invoke_model',
  provider: 'aws.bedrock',
  aliases: ['bedrock'],
  operation: 'chat',
  matchRequest: (value) => (typeof value['modelId'] === 'string' && 'body' in value ? 3 : 0),
  matchResponse,
  matchChunk,
  toPlain,
  readRequest,
  readResponse,
  readInput,
  readOutput,
  createMerger: () => new InvokeModelMerger(),
};
