import { expect } from 'chai';

import { ollamaEndpoints } from '#lib/genai/providers/ollama.js';
import { endpointOf } from '../endpoint-of.js';

const chat = endpointOf(ollamaEndpoints, 'ollama.chat');
const embed = endpointOf(ollamaEndpoints, 'ollama.embed');
const embeddings = endpointOf(ollamaEndpoints, 'ollama.embeddings');
const generate = endpointOf(ollamaEndpoints, 'ollama.generate');

describe('ollama as its page shows it', () => {
  // source: https://github.com/ollama/ollama/blob/01e52d24bc00defcd9bcc6d995b11df0f08bc6f1/docs/api.md, 2026-11-21
  it('merges a stream whose last part has counts and no message', () => {
    const merger = chat.createMerger?.();
    const budget = { remaining: 1000, isCut: false };
    const first = {
      model: 'llama3.2',
      created_at: '2023-08-04T08:52:19.385406455-07:00',
      message: { role: 'assistant', content: 'The', images: null },
      done: false,
    };
    const last = {
      model: 'llama3.2',
      created_at: '2023-08-04T19:22:45.499127Z',
      done: true,
      total_duration: 4883583458,
      load_duration: 1334875,
      prompt_eval_count: 26,
      prompt_eval_duration: 342546000,
      eval_count: 282,
      eval_duration: 4535599000,
    };
    expect(chat.matchChunk?.(first)).to.equal(3);
    merger?.add(first, budget);
    merger?.add(last, budget);
    const whole = merger?.response() ?? {};
    expect(chat.readResponse(whole)).to.deep.equal({
      response: { model: 'llama3.2' },
      usage: { inputTokens: 26, outputTokens: 282 },
    });
    expect(chat.readOutput(whole).output?.[0]?.parts).to.deep.equal([{ type: 'text', content: 'The' }]);
  });

  // source: https://github.com/ollama/ollama/blob/01e52d24bc00defcd9bcc6d995b11df0f08bc6f1/docs/api.md, 2026-11-21
  it('reads the embeddings of one text', () => {
    const answer = {
      model: 'all-minilm',
      embeddings: [[0.010071029, -0.0017594862, 0.05007221]],
      total_duration: 14143917,
      load_duration: 1019500,
      prompt_eval_count: 8,
    };
    const request = { model: 'all-minilm', input: 'Why is the sky blue?' };
    expect(embed.matchRequest(request)).to.equal(1);
    expect(embed.readInput(request)).to.deep.equal({ texts: ['Why is the sky blue?'] });
    expect(embed.matchResponse(answer)).to.equal(3);
    expect(embed.readResponse(answer)).to.deep.equal({
      response: { model: 'all-minilm', dimensions: 3 },
      usage: { inputTokens: 8 },
    });
  });

  // source: https://github.com/ollama/ollama/blob/01e52d24bc00defcd9bcc6d995b11df0f08bc6f1/docs/api.md, 2026-11-21
  it('reads the embedding of a prompt', () => {
    const request = { model: 'all-minilm', prompt: 'Here is an article about llamas...' };
    const answer = { embedding: [0.5670403838157654, 0.009260174818336964, 0.23178744316101074] };
    expect(embeddings.matchRequest(request)).to.equal(1);
    expect(embeddings.readRequest(request)).to.deep.equal({ request: { model: 'all-minilm' } });
    expect(embeddings.readInput(request)).to.deep.equal({ texts: ['Here is an article about llamas...'] });
    expect(embeddings.matchResponse(answer)).to.equal(1);
    expect(embeddings.readResponse(answer)).to.deep.equal({ response: { dimensions: 3 } });
    expect(embeddings.matchResponse({ ...answer, inputTextTokenCount: 3 }), "Titan's").to.equal(0);
    expect(embeddings.readResponse({ embedding: [] })).to.deep.equal({ response: {} });
  });

  it('knows a prompt that is embedded by its model', () => {
    const request = { model: 'nomic-embed-text', prompt: 'Hi' };
    expect(embeddings.matchRequest(request)).to.equal(2);
    expect(generate.matchRequest(request)).to.equal(1);
    expect(embeddings.matchRequest({ ...request, keep_alive: 0 })).to.equal(3);
    expect(generate.matchRequest({ ...request, keep_alive: 0 })).to.equal(1);
    expect(embeddings.matchRequest({ ...request, prompt: 3 })).to.equal(0);
  });
});
