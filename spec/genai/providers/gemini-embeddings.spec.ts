import { expect } from 'chai';

import type { Json } from '#lib/genai/endpoint.js';
import { geminiEndpoints } from '#lib/genai/providers/gemini.js';
import { geminiAt, vertexAt } from '../clients/gemini.js';
import { endpointOf } from '../endpoint-of.js';
import { type Exchange, replay } from '../exchanges.js';

const embed = endpointOf(geminiEndpoints, 'gemini.embed_content');
const generate = endpointOf(geminiEndpoints, 'gemini.generate_content');

const VECTOR = { values: [0.1, 0.2, 0.3] };

function exchangeOf(json: object): Exchange {
  const request = { method: 'POST', path: '/', body: {} };
  const response = { status: 200, contentType: 'application/json', json };
  return { id: 'made', provider: 'gemini', source: 'made', request, response };
}

async function answerOf(json: object, call: (url: string) => Promise<object>): Promise<Json> {
  const server = await replay(exchangeOf(json));
  try {
    return (await call(server.url)) as Json;
  } finally {
    await server.close();
  }
}

describe('embeddings of Google', () => {
  // source: https://ai.google.dev/api/python/google/generativeai/protos/BatchEmbedContentsResponse, 2026-11-21
  it('are read through the client of the Gemini API', async () => {
    const request = { model: 'gemini-embedding-001', contents: ['one', 'two'], config: { outputDimensionality: 3 } };
    const answer = await answerOf({ embeddings: [VECTOR, VECTOR] }, (url) =>
      geminiAt(url).models.embedContent(request),
    );
    expect(embed.matchRequest(request)).equal(3);
    expect(generate.matchRequest(request)).equal(0);
    expect(embed.readRequest(request)).deep.equal({ request: { model: 'gemini-embedding-001', dimensions: 3 } });
    expect(embed.readInput(request)).deep.equal({ texts: ['one', 'two'] });
    expect(embed.matchResponse(answer)).equal(3);
    expect(generate.matchResponse(answer)).equal(0);
    expect(embed.readResponse(answer)).deep.equal({ response: { dimensions: 3 } });
  });

  it('are counted where Vertex AI counts all of them', async () => {
    const counted = (tokenCount: number): object => ({
      ...VECTOR,
      statistics: { truncated: false, token_count: tokenCount },
    });
    const predictions = [{ embeddings: counted(2) }, { embeddings: counted(5) }];
    const answer = await answerOf({ predictions, metadata: { billableCharacterCount: 9 } }, (url) =>
      vertexAt(url).models.embedContent({ model: 'text-embedding-005', contents: ['one', 'two'] }),
    );
    expect(embed.readResponse(answer)).deep.equal({
      response: { dimensions: 3 },
      usage: { inputTokens: 7 },
      provider: 'gcp.vertex_ai',
    });
    const partly = { embeddings: [{ ...VECTOR, statistics: { tokenCount: 2 } }, VECTOR] };
    expect(embed.readResponse(partly)).not.property('usage');
  });

  // source: https://cloud.google.com/vertex-ai/generative-ai/docs/reference/rest/v1/projects.locations.publishers.models/embedContent, 2026-11-21
  it('are read as Vertex AI sends one', () => {
    const answer = { embedding: VECTOR, usageMetadata: { promptTokenCount: 4, totalTokenCount: 4 }, truncated: false };
    expect(embed.matchResponse(answer)).equal(3).greaterThan(generate.matchResponse(answer));
    expect(embed.readResponse(answer)).deep.equal({
      response: { dimensions: 3 },
      usage: { inputTokens: 4, totalTokens: 4 },
      provider: 'gcp.vertex_ai',
    });
    const path = '/v1/projects/p/locations/l/publishers/google/models/gemini-embedding-2:embedContent';
    const request = { path, content: { parts: [{ text: 'one' }] }, outputDimensionality: 3, autoTruncate: true };
    expect(embed.matchRequest(request)).equal(3);
    expect(embed.readRequest(request)).deep.equal({
      request: { model: 'gemini-embedding-2', dimensions: 3 },
      provider: 'gcp.vertex_ai',
    });
  });

  it('are asked for on the wire one by one and in batches', () => {
    const content = { parts: [{ text: 'one ' }, { text: 'two' }] };
    const one = { model: 'models/gemini-embedding-001', content };
    expect(embed.readRequest(one)).deep.equal({ request: { model: 'gemini-embedding-001' } });
    expect(embed.readInput(one)).deep.equal({ texts: ['one two'] });
    const batch = { requests: [{ ...one, outputDimensionality: 8 }, { content: { parts: [{ text: 'three' }] } }] };
    expect(embed.matchRequest(batch)).equal(3);
    expect(embed.readRequest(batch)).deep.equal({ request: { model: 'gemini-embedding-001', dimensions: 8 } });
    expect(embed.readInput(batch)).deep.equal({ texts: ['one two', 'three'] });
  });

  it('are none of other requests and answers', () => {
    expect(embed.matchRequest({ model: 'gemini-2.5-flash', contents: 'Hello' })).equal(0);
    expect(embed.matchRequest({ content: 'Hello' })).equal(0);
    expect(embed.matchRequest({ requests: [] })).equal(0);
    expect(embed.matchResponse({ embeddings: [[0.1]] }), 'of Ollama and Cohere').equal(0);
    expect(embed.matchResponse({ embedding: [0.1] })).equal(0);
    expect(embed.readInput({ content: { parts: [{ inlineData: { data: 'UklG' } }] } })).deep.equal({});
  });

  it('count nothing of an answer that is too long', () => {
    const embeddings = Array.from({ length: 2_000 }, () => ({ ...VECTOR, statistics: { tokenCount: 1 } }));
    expect(embed.readResponse({ embeddings })).not.property('usage');
  });
});
