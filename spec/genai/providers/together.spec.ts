import { expect } from 'chai';

import { openaiEmbeddings } from '#lib/genai/providers/openai-embeddings.js';
import { togetherChat, togetherCompletions, togetherEmbeddings } from '#lib/genai/providers/together.js';

describe('together', () => {
  const id = '88fa668fac30bb19-MXP';

  it('answers with a list under `prompt`, or with the number of a Cloudflare request', () => {
    const answer = { object: 'chat.completion', choices: [{ message: {} }] };
    expect(togetherChat.matchResponse({ ...answer, prompt: [] })).equal(3);
    expect(togetherChat.matchResponse({ ...answer, id })).equal(2);
    expect(togetherChat.matchResponse({ ...answer, id: 'nrsNbKc-4Yz4kd' })).equal(0);
    expect(togetherChat.matchResponse(answer)).equal(0);
  });

  it('has a number of the token in each chunk', () => {
    const chunk = { object: 'chat.completion.chunk', choices: [{ text: 'a', delta: { token_id: 330, content: 'a' } }] };
    expect(togetherChat.matchChunk?.(chunk)).equal(3);
    expect(togetherCompletions.matchChunk?.(chunk)).equal(0);
    expect(togetherChat.matchChunk?.({ choices: [{ delta: { content: 'a' } }] })).equal(0);
  });

  it('completes a text', () => {
    expect(
      togetherCompletions.matchResponse({ object: 'text.completion', choices: [{ text: 'a' }], prompt: [] }),
    ).equal(3);
    expect(togetherCompletions.matchChunk?.({ id, choices: [{ text: 'a' }] })).equal(2);
    expect(togetherCompletions.matchRequest({ model: 'a/b', prompt: 'a' })).equal(1);
  });

  // source: https://docs.together.ai/docs/embeddings-rest, 2026-11-21
  it('embeds a text, and is known by models of its own', () => {
    const model = 'togethercomputer/m2-bert-80M-8k-retrieval';
    const request = { input: 'Our solar system orbits the Milky Way galaxy at about 515,000 mph.', model };
    const answer = {
      object: 'list',
      data: [{ object: 'embedding', embedding: [0.44990748, -0.2521129, -0.43091708, 0.214978], index: 0 }],
      model,
    };
    expect(togetherEmbeddings.matchRequest(request)).equal(3);
    expect(togetherEmbeddings.matchResponse(answer)).equal(3);
    expect(togetherEmbeddings.readRequest(request)).deep.equal({ request: { model } });
    expect(togetherEmbeddings.readInput(request)).deep.equal({ texts: [request.input] });
    expect(togetherEmbeddings.readResponse(answer)).deep.equal({ response: { model, dimensions: 4 } });
    const others = { ...answer, model: 'BAAI/bge-base-en-v1.5' };
    expect(togetherEmbeddings.matchResponse(others)).equal(1).lessThan(openaiEmbeddings.matchResponse(others));
  });

  it('takes parameters of its own, even empty', () => {
    expect(togetherChat.matchRequest({ model: 'a/b', messages: [] })).equal(1);
    expect(togetherChat.matchRequest({ model: 'a/b', messages: [], safety_model: null })).equal(3);
  });
});
