import type { Endpoint, Json, Likeness, ResponseReading } from '../endpoint.js';
import type { CallMessages, RequestFacts, ResponseFacts } from '../record.js';
import { either, hasAny, readCohereUsage } from './cohere-fields.js';
import { asCount, asList, asName, asObject, asObjects, asTexts, present } from '../json-fields.js';

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
  return Array.isArray(response['texts']) && asObject(response['meta']) !== undefined ? 3 : 0;
}

function dimensionsOf(embeddings: unknown): number | undefined {
  const byType = asObject(embeddings);
  const lists = byType === undefined ? [embeddings] : PLAIN_TYPES.map((type) => byType[type]);
  for (const list of lists) {
    const first = asList(list)[0];
    if (Array.isArray(first)) return first.length;
  }
  return undefined;
}

function readResponse(response: Json): ResponseReading {
  const usage = readCohereUsage(asObject(response['meta']));
  return {
    response: present<ResponseFacts>({ id: asName(response['id']), dimensions: dimensionsOf(response['embeddings']) }),
    ...(usage === undefined ? {} : { usage }),
  };
}

function readInput(request: Json): CallMessages {
  const inputs = asObjects(request['inputs']).flatMap(({ content }) =>
    asObjects(content).flatMap((part) => asName(part['text']) ?? []),
  );
  const texts = [...(asTexts(request['texts']) ?? []), ...inputs];
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
    request: present<RequestFacts>({
      model: asName(request['model']),
      dimensions: asCount(either(request, 'output_dimension', 'outputDimension')),
      encodingFormats: asTexts(either(request, 'embedding_types', 'embeddingTypes')),
    }),
  }),
  readResponse,
  readInput,
  readOutput: () => ({}),
};
