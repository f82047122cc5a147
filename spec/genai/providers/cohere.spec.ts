import { expect } from 'chai';

import { cohereEndpoints } from '#lib/genai/providers/cohere.js';

import { endpointOf, merged, V1_REQUEST, V2_REQUEST } from './cohere-requests.js';
import { expectStandsAnything, recordedOf } from './stands-anything.js';

const v2 = endpointOf('cohere.v2_chat');
const v1 = endpointOf('cohere.v1_chat');
const generate = endpointOf('cohere.v1_generate');
const rerank = endpointOf('cohere.rerank');
const embed = endpointOf('cohere.embed');

describe('cohere generate, rerank and embed', () => {
  it('merges several generations by their index', () => {
    const whole = merged(generate, [
      { event_type: 'text-generation', text: 'a', index: 0 },
      { event_type: 'text-generation', text: 'x', index: 1 },
      { event_type: 'text-generation', text: 'b', index: 0 },
      {
        event_type: 'stream-end',
        finish_reason: 'COMPLETE',
        response: {
          id: 'g',
          generations: [
            { index: 0, text: 'ab', finish_reason: 'MAX_TOKENS' },
            { index: 1, text: 'x' },
          ],
        },
      },
    ]);
    expect(generate.readResponse(whole).response).to.deep.equal({ id: 'g', finishReasons: ['MAX_TOKENS', 'COMPLETE'] });
    expect(generate.readOutput(whole).output).to.deep.equal([
      { role: 'assistant', parts: [{ type: 'text', content: 'ab' }], finish_reason: 'length' },
      { role: 'assistant', parts: [{ type: 'text', content: 'x' }], finish_reason: 'stop' },
    ]);
    expect(generate.readRequest({ prompt: 'x', numGenerations: 2 }).request).to.deep.equal({ choiceCount: 2 });
    expect(generate.readRequest({ prompt: 'x', num_generations: 1 }).request).to.deep.equal({});
  });

  it('knows documents by their index, texts and objects', () => {
    expect(rerank.readInput({ query: 'q', documents: ['one', { text: 'two', title: 'Two' }] })).to.deep.equal({
      query: 'q',
      documents: [
        { id: '0', content: 'one' },
        { id: '1', content: 'two', metadata: { title: 'Two' } },
      ],
    });
    expect(
      rerank.readOutput({
        results: [{ index: 1, relevanceScore: 0.5, document: { text: 'two' } }, { relevanceScore: 1 }],
      }),
    ).to.deep.equal({
      documents: [{ id: '1', score: 0.5, content: 'two' }],
    });
  });

  // source: https://github.com/cohere-ai/cohere-developer-experience/blob/7ad5e65adab05150c2bc6fd924dd6f10da20b6ce/fern/openapi/types/EmbedByTypeResponse.yaml, 2026-11-21
  it('reads the embeddings of one text', () => {
    const answer = {
      response_type: 'embeddings_by_type',
      id: 'bc57846a-3e56-4327-8acc-588ca1a37b8a',
      texts: ['hello world'],
      embeddings: { float: [[-0.039520264, -0.04574585, -0.08807373]] },
    };
    const response = { id: 'bc57846a-3e56-4327-8acc-588ca1a37b8a', dimensions: 3 };
    expect(embed.matchResponse(answer)).to.equal(3);
    expect(embed.readResponse(answer)).to.deep.equal({ response });
  });

  // The types of cohere-ai 8.1.0, read 2026-11-21.
  it('reads embeddings by type and as floats', () => {
    const request = {
      model: 'embed-v4.0',
      inputType: 'search_query',
      embeddingTypes: ['float', 'int8'],
      outputDimension: 4,
      texts: ['one'],
    };
    expect(embed.matchRequest(request)).to.equal(3);
    expect(embed.readRequest(request).request).to.deep.equal({
      model: 'embed-v4.0',
      dimensions: 4,
      encodingFormats: ['float', 'int8'],
    });
    expect(embed.readInput(request)).to.deep.equal({ texts: ['one'] });
    expect(embed.readInput({ inputs: [{ content: [{ type: 'text', text: 'two' }] }] })).to.deep.equal({
      texts: ['two'],
    });
    const meta = { billedUnits: { inputTokens: 2 } };
    const byType = { responseType: 'embeddings_by_type', id: 'e', embeddings: { float: [[0.1, 0.2, 0.3, 0.4]] }, meta };
    expect(embed.matchResponse(byType)).to.equal(3);
    expect(embed.readResponse(byType)).to.deep.equal({
      response: { id: 'e', dimensions: 4 },
      usage: { inputTokens: 2 },
    });
    expect(embed.readResponse({ embeddings: [[0.1, 0.2]] }).response).to.deep.equal({ dimensions: 2 });
  });
});

describe('cohere among others', () => {
  it('knows its requests by fields that others lack', () => {
    expect(v2.matchRequest(V2_REQUEST)).to.equal(3);
    expect(v2.matchRequest({ model: 'm', messages: [{ role: 'user', content: 'Hi' }] })).to.equal(1);
    expect(v1.matchRequest(V1_REQUEST)).to.equal(3);
    expect(v1.matchRequest({ message: 'Hi' }), 'half of all methods take a message').to.equal(0);
    expect(generate.matchRequest({ model: 'm', prompt: 'Hi' })).to.equal(1);
    expect(rerank.matchRequest({ query: 'q', documents: [] })).to.equal(0);
    expect(rerank.matchRequest({ model: 'rerank-v3.5', query: 'q', documents: [] })).to.equal(3);
    expect(rerank.matchRequest({ model: 'jina-reranker', query: 'q', documents: [] })).to.equal(1);
  });

  it('knows its answers by their bill', () => {
    const usage = { billed_units: { input_tokens: 1 } };
    expect(
      v2.matchResponse({ id: 'x', finish_reason: 'COMPLETE', message: { role: 'assistant', content: [] }, usage }),
    ).to.equal(3);
    expect(v2.matchResponse({ model: 'llama3', message: { role: 'assistant', content: 'x' }, done: true })).to.equal(0);
    expect(rerank.matchResponse({ results: [{ index: 0, relevance_score: 1 }] })).to.equal(1);
  });

  it('stands anything', () => {
    const samples = [
      V2_REQUEST,
      V1_REQUEST,
      { embeddings: { float: [[1]] }, texts: ['a'], meta: {}, response_type: 'x' },
    ];
    expectStandsAnything(cohereEndpoints, [...samples, ...recordedOf('cohere')]);
  });
});
