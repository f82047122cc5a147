import type { Endpoint, Json, Likeness, RequestReading, ResponseReading } from '../endpoint.js';
import { asCount, asList, asName, asObject, present, presentAny } from '../json-fields.js';
import type { CallMessages, RequestFacts, ResponseFacts, Usage } from '../record.js';
import { toParts } from './gemini-content.js';
import { targetOf, VERTEX } from './gemini-reading.js';

/** Embeddings whose counts are added up; Google takes 250 contents at most. */
const MAX_EMBEDDINGS = 1024;

function isFramed(content: unknown): boolean {
  return Array.isArray(asObject(content)?.['parts']);
}

/** The first of the requests of a batch; the request itself where it is none. */
function firstOf(value: Json): Json {
  return asObject(asList(value['requests'])[0]) ?? value;
}

function matchRequest(value: Json): Likeness {
  const { contents, model } = value;
  if (contents !== undefined && contents !== null) {
    return typeof model === 'string' && model.includes('embed') && !('messages' in value) ? 3 : 0;
  }
  return isFramed(firstOf(value)['content']) ? 3 : 0;
}

function readRequest(value: Json): RequestReading {
  const first = firstOf(value);
  const { model, isVertex } = targetOf({ path: value['path'], model: value['model'] ?? first['model'] });
  const config = asObject(value['config']) ?? first;
  const request = present<RequestFacts>({ model, dimensions: asCount(config['outputDimensionality']) });
  return isVertex ? { request, provider: VERTEX } : { request };
}

/** The embeddings of an answer: several of the client and of a batch, one of `embedContent` on the wire. */
function embeddingsOf(value: Json): readonly unknown[] {
  return value['embedding'] === undefined ? asList(value['embeddings']) : [value['embedding']];
}

function matchResponse(value: Json): Likeness {
  return Array.isArray(asObject(embeddingsOf(value)[0])?.['values']) ? 3 : 0;
}

// Vertex AI counts each content apart; a sum that lacks one would be too small.
function countOf(embeddings: readonly unknown[]): number | undefined {
  if (embeddings.length === 0 || embeddings.length > MAX_EMBEDDINGS) return undefined;
  let sum = 0;
  for (const embedding of embeddings) {
    const count = asCount(asObject(asObject(embedding)?.['statistics'])?.['tokenCount']);
    if (count === undefined) return undefined;
    sum += count;
  }
  return sum;
}

/** The facts of an answer. Only Vertex AI says what was cut, and what it bills. */
function readResponse(value: Json): ResponseReading {
  const embeddings = embeddingsOf(value);
  const first = asObject(embeddings[0]);
  const metadata = asObject(value['usageMetadata']);
  const usage = presentAny<Usage>({
    inputTokens: asCount(metadata?.['promptTokenCount']) ?? countOf(embeddings),
    totalTokens: asCount(metadata?.['totalTokenCount']),
  });
  const isVertex =
    asObject(first?.['statistics']) !== undefined ||
    asObject(value['metadata'])?.['billableCharacterCount'] !== undefined ||
    value['truncated'] !== undefined;
  const values = first?.['values'];
  return {
    response: present<ResponseFacts>({ dimensions: Array.isArray(values) ? values.length : undefined }),
    ...(usage === undefined ? {} : { usage }),
    ...(isVertex ? { provider: VERTEX } : {}),
  };
}

function textOf(content: unknown): string | undefined {
  const texts = toParts(content).flatMap((part) => (part.type === 'text' ? [part.content] : []));
  return asName(texts.join(''));
}

/** The texts of a request, one for each content; images and the like have none. */
function readInput(value: Json): CallMessages {
  const { contents } = value;
  const batch = asList(value['requests']).map((request) => asObject(request)?.['content']);
  const single = Array.isArray(contents) ? asList(contents) : [contents ?? value['content']];
  const texts = (batch.length > 0 ? batch : single).flatMap((content) => textOf(content) ?? []);
  return texts.length === 0 ? {} : { texts };
}

/** Google's `embedContent` and `batchEmbedContents`, of the Gemini API and of Vertex AI. */
export const embedContent: Endpoint = {
  id: 'gemini.embed_content',
  provider: 'gcp.gemini',
  aliases: ['gemini', 'google', 'gcp.vertex_ai', 'vertex'],
  operation: 'embeddings',
  matchRequest,
  matchResponse,
  readRequest,
  readResponse,
  readInput,
  readOutput: () => ({}),
};
