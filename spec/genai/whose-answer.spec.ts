import { expect } from 'chai';

import { Exchange } from '#lib/genai/exchange.js';
import { allEndpoints } from '#lib/genai/providers/all-endpoints.js';
import { answererOf } from '#lib/genai/recognise.js';
import type { CallRecord } from '#lib/genai/record.js';

interface Read {
  readonly isAnswer: boolean;
  readonly facts: CallRecord;
}

function read(request: object, answer: object, provider?: string): Read {
  const exchange = new Exchange({ ...answererOf(provider, allEndpoints), maxChars: 1000 });
  exchange.ask([request]);
  const isAnswer = exchange.answer(answer, undefined);
  return { isAnswer, facts: exchange.facts(true) };
}

describe('whose answer it is', () => {
  const request = { model: 'm', messages: [], response_format: { type: 'json_object' } };
  const answer = {
    id: 'chatcmpl-9u2xk1l0pq7c3',
    object: 'chat.completion',
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: '{}' } }],
  };

  it('is not OpenAI’s where the model is another’s, however much the request is', () => {
    expect(read(request, { ...answer, model: 'qwen2.5-7b-instruct' }).facts).to.not.have.property('provider');
    expect(read(request, { ...answer, model: 'openai/gpt-oss-20b' }).facts).to.not.have.property('provider');
    expect(read(request, { ...answer, model: 'gpt-4o-2024-08-06' }).facts.provider).to.equal('openai');
  });

  it('is the one that the user names, whatever the model', () => {
    expect(read(request, { ...answer, model: 'qwen2.5-7b-instruct' }, 'house').facts.provider).to.equal('house');
  });

  it('is Ollama’s for a bare embedding only where the request is', () => {
    const bare = { embedding: [0.1, 0.2] };
    const asked = { model: 'nomic-embed-text', prompt: 'Hi' };
    expect(read(asked, bare)).to.deep.equal({
      isAnswer: true,
      facts: {
        operation: 'embeddings',
        provider: 'ollama',
        request: { model: 'nomic-embed-text' },
        response: { dimensions: 2 },
      },
    });
    expect(read({ model: 'all-minilm', prompt: 'Hi', keep_alive: 0 }, bare).facts).to.deep.include({
      operation: 'embeddings',
      response: { dimensions: 2 },
    });
    const others = read({ model: 'text-embedding-3-small', input: 'Hi' }, bare);
    expect(others.isAnswer).to.equal(false);
    expect(others.facts.provider).to.equal('openai');
    expect(read({ model: 'all-minilm', prompt: 'Hi' }, bare, 'ollama').facts.response).to.deep.equal({ dimensions: 2 });
  });
});
