import type { Json, RequestReading } from '../endpoint.js';
import type { RequestFacts } from '../record.js';
import { countOf, defined, fieldOf, numberOf, objectOf, textOf, textsOf } from '../untrusted.js';

/** The facts of a request in OpenAI's shape, its fields spelled in snake or in camel case. */
export function readRequest(value: Json): RequestReading {
  const stop = textsOf(value, 'stop');
  const encodings = textsOf(value, 'encoding_format', 'encodingFormat');
  const choices = countOf(value, 'n');
  return {
    request: defined({
      model: textOf(value, 'model'),
      maxTokens:
        countOf(value, 'max_completion_tokens', 'maxCompletionTokens') ?? countOf(value, 'max_tokens', 'maxTokens'),
      temperature: numberOf(value, 'temperature'),
      topP: numberOf(value, 'top_p', 'topP'),
      topK: numberOf(value, 'top_k', 'topK'),
      frequencyPenalty: numberOf(value, 'frequency_penalty', 'frequencyPenalty'),
      presencePenalty: numberOf(value, 'presence_penalty', 'presencePenalty'),
      stopSequences: stop.length === 0 ? undefined : stop,
      seed: numberOf(value, 'seed') ?? numberOf(value, 'random_seed', 'randomSeed'),
      choiceCount: choices === 1 ? undefined : choices,
      stream: value['stream'] === true ? true : undefined,
      reasoningLevel:
        textOf(value, 'reasoning_effort', 'reasoningEffort') ?? textOf(objectOf(value, 'reasoning'), 'effort'),
      outputType: readOutputType(value),
      encodingFormats: encodings.length === 0 ? undefined : encodings,
      dimensions: countOf(value, 'dimensions') ?? countOf(value, 'output_dimension', 'outputDimension'),
      serviceTier: textOf(value, 'service_tier', 'serviceTier'),
    }),
  };
}

function readOutputType(value: Json): RequestFacts['outputType'] {
  switch (fieldOf(objectOf(value, 'response_format', 'responseFormat'), 'type')) {
    case 'text':
      return 'text';
    case 'json_object':
    case 'json_schema':
      return 'json';
    default:
      return undefined;
  }
}
