import type { Endpoint, Json, Likeness, ResponseReading } from '../endpoint.js';
import type { RetrievedDocument } from '../messages.js';
import type { CallMessages, RequestFacts, ResponseFacts } from '../record.js';
import { either, hasAny, readCohereUsage } from './cohere-fields.js';
import { asCount, asList, asName, asNumber, asObject, asObjects, present } from '../json-fields.js';

const OWN_FIELDS = [
  'rank_fields',
  'rankFields',
  'max_chunks_per_doc',
  'maxChunksPerDoc',
  'max_tokens_per_doc',
  'maxTokensPerDoc',
];

function matchRequest(request: Json): Likeness {
  if (typeof request['query'] !== 'string' || !Array.isArray(request['documents'])) return 0;
  if (hasAny(request, OWN_FIELDS)) return 3;
  if (typeof request['model'] !== 'string') return 0;
  return request['model'].startsWith('rerank') ? 3 : 1;
}

function matchResponse(response: Json): Likeness {
  const first = asObject(asList(response['results'])[0]);
  if (either(first, 'relevance_score', 'relevanceScore') === undefined || first?.['index'] === undefined) return 0;
  // Other rerankers took the shape of the results, but not the bill.
  return either(asObject(response['meta']), 'billed_units', 'billedUnits') === undefined ? 1 : 3;
}

function readResponse(response: Json): ResponseReading {
  const usage = readCohereUsage(asObject(response['meta']));
  return {
    response: present<ResponseFacts>({ id: asName(response['id']) }),
    ...(usage === undefined ? {} : { usage }),
  };
}

// A document is a text, or an object whose text is ranked; its index is all the id that it has.
function documentOf(document: unknown, index: number): RetrievedDocument {
  const fields = asObject(document);
  const content = asName(document) ?? asName(fields?.['text']);
  const others = Object.entries(fields ?? {}).filter(([key]) => key !== 'text');
  return {
    id: String(index),
    ...(content === undefined ? {} : { content }),
    ...(others.length === 0 ? {} : { metadata: Object.fromEntries(others) }),
  };
}

function readInput(request: Json): CallMessages {
  const query = asName(request['query']);
  const documents = asList(request['documents']).map(documentOf);
  return { ...(query === undefined ? {} : { query }), ...(documents.length === 0 ? {} : { documents }) };
}

function readOutput(response: Json): CallMessages {
  const documents = asObjects(response['results']).flatMap((result) => {
    const index = asCount(result['index']);
    if (index === undefined) return [];
    const score = asNumber(either(result, 'relevance_score', 'relevanceScore'));
    return [{ ...documentOf(result['document'], index), ...(score === undefined ? {} : { score }) }];
  });
  return documents.length === 0 ? {} : { documents };
}

/** Cohere's `/v1/rerank` and `/v2/rerank`. */
export const cohereRerank: Endpoint = {
  id: 'cohere.rerank',
  provider: 'cohere',
  operation: 'rerank',
  matchRequest,
  matchResponse,
  readRequest: (request) => ({ request: present<RequestFacts>({ model: asName(request['model']) }) }),
  readResponse,
  readInput,
  readOutput,
};
