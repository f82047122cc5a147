import { expect } from 'chai';

import { ollamaEndpoints } from '#lib/genai/providers/ollama.js';
import { endpointOf } from '../endpoint-of.js';

const chat = endpointOf(ollamaEndpoints, 'ollama.chat');
const embed = endpointOf(ollamaEndpoints, 'ollama.embed');

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
});
