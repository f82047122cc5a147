import type { Endpoint, Json, Likeness, ResponseReading } from '../endpoint.js';
import type { CallMessages, RequestFacts, ResponseFacts } from '../record.js';
import { either, hasAny, readCohereUsage } from './cohere-fields.js';
import { countOf, defined, listOf, objectOf, objectsOf, textOf, textsOf } from './plain-fields.js';

// Vectors with a number for each dimension; the others are packed.
const PLAIN_TYPES = ['float', 'int8', 'uint8'];

function matchRequest(request: Json): Likeness {
  if (!hasAny(request, ['texts', 'images', 'inputs'])) return 0;
  if (hasAny(request, ['input_type', 'inputType'])) return 3;
  return Array.isArray(request['texts']) && typeof request['model'] === 'string' ? 2 : 0;
}

function matchResponse(response: Json): Likeness {
  const { embeddings } = response;
  if (typeof embeddings !== 'object' || embeddings === null) return 0;
  if (hasAny(response, ['response_type', 'responseType'])) return 3;
  return Array.isArray(response['texts']) && objectOf(response['meta']) !== undefined ? 3 : 0;
}

function dimensionsOf(embeddings: unknown): number | undefined {
  const byType = objectOf(embeddings);
  const lists = byType === undefined ? [embeddings] : PLAIN_TYPES.map((type) => byType[type]);
  for (const list of lists) {
    const first = listOf(list)[0];
    if (Array.isArray(first)) return first.length;
  }
  return undefined;
}

function readResponse(response: Json): ResponseReading {
  const usage = readCohereUsage(objectOf(response['meta']));
  return {
    response: defined<ResponseFacts>({ id: textOf(response['id']), dimensions: dimensionsOf(response['embeddings']) }),
    ...(usage === undefined ? {} : { usage }),
  };
}

function readInput(request: Json): CallMessages {
  const inputs = objectsOf(request['inputs']).flatMap(({ content }) =>
    objectsOf(content).flatMap((part) => textOf(part['text']) ?? []),
  );
  const texts = [...(textsOf(request['texts']) ?? []), ...inputs];
  return texts.length === 0 ? {} : { texts };
}

/** Cohere's `/v1/embed` and `/v2/embed`. */
export const cohereEmbed: Endpoint = {
  id: 'cohere.embed',
  provider: 'cohere',
  operation: 'embeddings',
  matchRequest,
  matchResponse,
  readRequest: (request) => ({
    request: defined<RequestFacts>({
      model: textOf(request['model']),
      dimensions: countOf(either(request, 'output_dimension', 'outputDimension')),
      encodingFormats: textsOf(either(request, 'embedding_types', 'embeddingTypes')),
    }),
  }),
  readResponse,
  readInput,
  readOutput: () => ({}),
};
