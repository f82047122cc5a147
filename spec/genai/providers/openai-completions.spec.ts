import { expect } from 'chai';

import type { Json } from '#lib/genai/endpoint.js';
import { openaiCompletions } from '#lib/genai/providers/openai-completions.js';

function merge(chunks: readonly Json[], remaining = 1_000): { answer: Json; isCut: boolean } {
  const budget = { remaining, isCut: false };
  const merger = openaiCompletions.createMerger?.();
  for (const chunk of chunks) merger?.add(chunk, budget);
  return { answer: merger?.response() ?? {}, isCut: budget.isCut };
}

describe('openai.completions', () => {
  it('asks one or several prompts, each as a user', () => {
    const asked = (content: string): object => ({ role: 'user', parts: [{ type: 'text', content }] });
    expect(openaiCompletions.readInput({ prompt: 'a' })).deep.equal({ input: [asked('a')] });
    expect(openaiCompletions.readInput({ prompt: ['a', 'b'] })).deep.equal({ input: [asked('a'), asked('b')] });
    expect(openaiCompletions.readInput({ prompt: [1, 2, 3] })).deep.equal({});
  });

  it('answers one text for each choice', () => {
    const choices = [
      { text: 'a', finish_reason: 'stop' },
      { text: '', finish_reason: 'length' },
    ];
    expect(openaiCompletions.readOutput({ choices })).deep.equal({
      output: [
        { role: 'assistant', parts: [{ type: 'text', content: 'a' }], finish_reason: 'stop' },
        { role: 'assistant', parts: [], finish_reason: 'length' },
      ],
    });
  });

  it('joins the texts of a stream by choice', () => {
    const chunks = [
      { id: 'cmpl-1', model: 'davinci-002', choices: [{ index: 1, text: 'b1' }] },
      { choices: [{ index: 0, text: 'a1' }] },
      { choices: [{ index: 1, text: 'b2', finish_reason: 'length' }] },
      { choices: [{ index: 1, text: '', finish_reason: null }] },
      { choices: [], usage: { prompt_tokens: 1 } },
    ];
    expect(JSON.parse(JSON.stringify(merge(chunks).answer))).deep.equal({
      object: 'text_completion',
      id: 'cmpl-1',
      model: 'davinci-002',
      choices: [
        { index: 0, text: 'a1' },
        { index: 1, text: 'b1b2', finish_reason: 'length' },
      ],
      usage: { prompt_tokens: 1 },
    });
  });

  it('keeps finish reasons when the budget is used up, and looks at no choices without end', () => {
    const { answer, isCut } = merge([{ choices: [{ text: 'abc', finish_reason: 'stop' }] }], 2);
    expect(answer['choices']).deep.equal([{ index: 0, text: 'ab', finish_reason: 'stop' }]);
    expect(isCut).equal(true);
    const many = merge([{ choices: Array.from({ length: 2_000 }, (_, index) => ({ index, text: '' })) }]);
    expect(many.answer['choices']).length(1_024);
    expect(many.isCut).equal(true);
  });

  it('is like a request with a prompt', () => {
    expect(openaiCompletions.matchRequest({ model: 'davinci-002', prompt: 'a' })).equal(1);
    expect(openaiCompletions.matchRequest({ model: 'davinci-002', prompt: { id: 'a' } })).equal(0);
  });

  it('is like an answer with texts and an id of OpenAI', () => {
    const answer = { id: 'cmpl-DPTDmcPpFtmCtN4bhgjMoJKoOVp8h', object: 'text_completion', choices: [{ text: 'a' }] };
    expect(openaiCompletions.matchResponse(answer)).equal(2);
    expect(openaiCompletions.matchChunk?.({ ...answer, choices: [] })).equal(2);
    expect(openaiCompletions.matchResponse({ ...answer, id: 'cmpl-0123456789abcdef0123456789abcdef' })).equal(0);
    expect(openaiCompletions.matchResponse({ ...answer, choices: [{ message: {} }] })).equal(0);
    expect(openaiCompletions.matchResponse({ ...answer, object: 'chat.completion.chunk' })).equal(0);
  });
});
