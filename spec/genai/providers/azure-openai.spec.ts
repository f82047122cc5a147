import { expect } from 'chai';

import { azureOpenaiChat, azureOpenaiCompletions, azureOpenaiEmbeddings } from '#lib/genai/providers/azure-openai.js';

describe('azure.openai', () => {
  const filter = { hate: { filtered: false, severity: 'safe' } };

  it('answers with filters of the prompt or of a choice', () => {
    const choice = { message: { role: 'assistant' } };
    expect(azureOpenaiChat.matchResponse({ choices: [choice], prompt_filter_results: [] })).equal(3);
    expect(azureOpenaiChat.matchResponse({ choices: [{ ...choice, content_filter_results: filter }] })).equal(3);
    expect(azureOpenaiChat.matchResponse({ choices: [choice], system_fingerprint: 'fp_1' })).equal(0);
  });

  it('begins a stream with a chunk that has filters alone', () => {
    const first = { choices: [], id: '', model: '', object: '', prompt_filter_results: [] };
    expect(azureOpenaiChat.matchChunk?.(first)).equal(3);
    expect(azureOpenaiChat.matchChunk?.({ choices: [{ delta: {}, content_filter_results: {} }] })).equal(3);
    expect(azureOpenaiChat.matchChunk?.({ choices: [{ delta: {} }] })).equal(0);
  });

  it('reads past the empty first chunk', () => {
    const merger = azureOpenaiChat.createMerger?.();
    const budget = { remaining: 10, isCut: false };
    merger?.add({ choices: [], id: '', model: '', object: '', prompt_filter_results: [] }, budget);
    merger?.add({ choices: [{ delta: { content: 'a' } }], id: 'chatcmpl-1', model: 'gpt-35-turbo' }, budget);
    expect(merger && azureOpenaiChat.readResponse(merger.response())).deep.equal({
      response: { id: 'chatcmpl-1', model: 'gpt-35-turbo' },
    });
  });

  it('takes data of the user', () => {
    const request = { model: 'deployment', messages: [] };
    expect(azureOpenaiChat.matchRequest(request)).equal(1);
    expect(azureOpenaiChat.matchRequest({ ...request, data_sources: [] })).equal(3);
    expect(azureOpenaiChat.readRequest(request)).deep.equal({ request: { model: 'deployment' } });
  });

  it('completes a text', () => {
    expect(azureOpenaiCompletions.matchResponse({ choices: [{ text: 'a', content_filter_results: filter }] })).equal(3);
    expect(azureOpenaiCompletions.matchResponse({ choices: [{ text: 'a' }] })).equal(0);
  });

  it('embeds as OpenAI does, and nothing tells the answers apart', () => {
    expect(azureOpenaiEmbeddings.matchRequest({ model: 'deployment', input: 'a', dimensions: 8 })).equal(1);
    expect(azureOpenaiEmbeddings.matchResponse({ object: 'list', data: [{ embedding: [1] }] })).equal(1);
  });
});
