import type { Json } from '../endpoint.js';
import { asList, asObject, asObjects } from '../json-fields.js';

const REQUEST_FIELDS = [
  'system',
  'instructions',
  'prompt',
  'messages',
  'value',
  'values',
  'maxOutputTokens',
  'temperature',
  'topP',
  'topK',
  'presencePenalty',
  'frequencyPenalty',
  'stopSequences',
  'seed',
  'reasoning',
  'maxRetries',
  'stopWhen',
];
const STEP_FIELDS = ['content', 'finishReason', 'rawFinishReason', 'usage', 'model', 'providerMetadata'];
const RESULT_FIELDS = [...STEP_FIELDS, 'text', 'reasoningText', 'toolCalls', 'object', 'totalUsage'];

const NOTHING: Json = Object.freeze({});

/**
 * Tells the result of streamText, streamObject and of an agent's stream by the names of its fields. It reads none of them:
 * their getters start or tee the stream.
 */
export function isAiSdkStream(value: object): boolean {
  return (
    'textStream' in value ||
    'fullStream' in value ||
    'partialOutputStream' in value ||
    'partialObjectStream' in value ||
    'elementStream' in value
  );
}

function isRequest(value: object): boolean {
  if (!('model' in value)) return false;
  const { model } = value;
  // Other clients name a model by its id alone; one of the gateway begins with who made it.
  const isModel = typeof model === 'string' ? model.includes('/') : typeof model === 'object' && model !== null;
  return isModel && ('prompt' in value || 'messages' in value || 'value' in value || 'values' in value);
}

/** Tells the result of generateText or generateObject. */
export function isAiSdkGeneration(value: object): boolean {
  return 'finishReason' in value && 'usage' in value && ('text' in value || 'object' in value) && !isAiSdkStream(value);
}

/** Tells the result of embed or embedMany. */
export function isAiSdkEmbedding(value: object): boolean {
  if (!('usage' in value) || isAiSdkStream(value)) return false;
  return ('embedding' in value && 'value' in value) || ('embeddings' in value && 'values' in value);
}

function read(value: object, field: string): unknown {
  try {
    return (value as Json)[field];
  } catch {
    // The getter of a result throws where there is none: `output` without a specification of it.
    return undefined;
  }
}

function pick(value: object, fields: readonly string[]): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const field of fields) {
    const found = read(value, field);
    if (found !== undefined) picked[field] = found;
  }
  return picked;
}

function plainModel(model: unknown): unknown {
  return typeof model === 'object' && model !== null ? pick(model, ['modelId', 'provider']) : model;
}

// A schema is a library's object; only one that is JSON already, or holds it, can be told.
function plainSchema(schema: unknown): unknown {
  const holder = asObject(schema);
  const json = holder === undefined ? undefined : asObject(read(holder, 'jsonSchema'));
  return json !== undefined && Object.getPrototypeOf(json) === Object.prototype ? json : undefined;
}

function plainTools(tools: unknown): Json | undefined {
  const set = asObject(tools);
  if (set === undefined) return undefined;
  const plain = Object.keys(set).map((name) => {
    const tool = asObject(read(set, name)) ?? NOTHING;
    const inputSchema = plainSchema(read(tool, 'inputSchema'));
    return [name, { ...pick(tool, ['type', 'description']), ...(inputSchema === undefined ? {} : { inputSchema }) }];
  });
  return Object.fromEntries(plain) as Json;
}

// generateObject takes a schema or a kind of output; generateText a specification that `Output` makes.
function hasSchema(value: object): boolean {
  const output = read(value, 'output') ?? read(value, 'experimental_output');
  const kind = typeof output === 'object' && output !== null ? (read(output, 'name') ?? read(output, 'type')) : output;
  return read(value, 'schema') !== undefined || (typeof kind === 'string' && kind !== 'text');
}

function plainRequest(value: object): Json {
  const tools = plainTools(read(value, 'tools'));
  return {
    ...pick(value, REQUEST_FIELDS),
    model: plainModel(read(value, 'model')),
    ...(tools === undefined ? {} : { tools }),
    ...(hasSchema(value) ? { hasSchema: true } : {}),
  };
}

function plainResult(value: object): Json {
  const response = asObject(read(value, 'response'));
  return {
    ...pick(value, RESULT_FIELDS),
    ...(response === undefined ? {} : { response: pick(response, ['id', 'modelId']) }),
    steps: asObjects(asList(read(value, 'steps'))).map((step) => pick(step, STEP_FIELDS)),
  };
}

// Of the vectors nothing but their length is told, so they are not handed on to be copied.
function plainEmbedding(value: object): Json {
  const one = read(value, 'embedding') ?? asList(read(value, 'embeddings'))[0];
  const { length } = asList(one);
  return {
    ...pick(value, ['usage', 'providerMetadata']),
    value: null,
    embedding: null,
    ...(length === 0 ? {} : { dimensions: length }),
  };
}

/**
 * Plain data of a request or a result: their models and results are instances of classes, with getters that a structural
 * copy leaves out. The result of a stream is refused.
 */
export function toPlainAiSdk(value: Json): Json {
  try {
    if (isAiSdkStream(value)) return NOTHING;
    if (isAiSdkGeneration(value)) return plainResult(value);
    if (isAiSdkEmbedding(value)) return plainEmbedding(value);
    return isRequest(value) ? plainRequest(value) : value;
  } catch {
    // A proxy that forbids to be looked at is no result of the SDK.
    return NOTHING;
  }
}
