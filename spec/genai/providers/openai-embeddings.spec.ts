import { expect } from 'chai';

import { openaiEmbeddings } from '#lib/genai/providers/openai-embeddings.js';

describe('openai.embeddings', () => {
  it('reads the format and the dimensions that are asked for', () => {
    const request = { model: 'text-embedding-3-large', input: 'a', encoding_format: 'float', dimensions: 256 };
    expect(openaiEmbeddings.readRequest(request)).deep.equal({
      request: { model: 'text-embedding-3-large', encodingFormats: ['float'], dimensions: 256 },
    });
  });

  it('counts the dimensions of the first vector if it is a list of numbers', () => {
    const dimensions = (embedding: unknown): unknown =>
      openaiEmbeddings.readResponse({ data: [{ embedding }] }).response.dimensions;
    expect([[0.1, 0.2], [], 'DK6fO8qEirw=', ['a'], undefined].map(dimensions)).deep.equal([
      2,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('has the texts that are embedded, and no output', () => {
    expect(openaiEmbeddings.readInput({ input: 'a' })).deep.equal({ texts: ['a'] });
    expect(openaiEmbeddings.readInput({ input: ['a', 'b'] })).deep.equal({ texts: ['a', 'b'] });
    expect(openaiEmbeddings.readInput({ input: [1, 2] })).deep.equal({});
    expect(openaiEmbeddings.readOutput({ data: [{ embedding: [1] }] })).deep.equal({});
  });

  it('is more like a request that names an embedding than one that any input may have', () => {
    expect(openaiEmbeddings.matchRequest({ model: 'gpt-5', input: 'a' })).equal(1);
    expect(openaiEmbeddings.matchRequest({ model: 'text-embedding-3-small', input: 'a' })).equal(2);
    expect(openaiEmbeddings.matchRequest({ model: 'my-deployment', input: ['a'], dimensions: 8 })).equal(2);
    expect(openaiEmbeddings.matchRequest({ model: 'text-embedding-3-small' })).equal(0);
  });

  it('is like a list of embeddings without an id', () => {
    const answer = { object: 'list', data: [{ object: 'embedding', embedding: [1] }] };
    expect(openaiEmbeddings.matchResponse(answer)).equal(2);
    expect(openaiEmbeddings.matchResponse({ ...answer, id: 'embd-1' })).equal(0);
    expect(openaiEmbeddings.matchResponse({ ...answer, data: [] })).equal(0);
  });
});
