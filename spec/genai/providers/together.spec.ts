import { expect } from 'chai';

import { togetherChat, togetherCompletions } from '#lib/genai/providers/together.js';

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

  it('takes parameters of its own, even empty', () => {
    expect(togetherChat.matchRequest({ model: 'a/b', messages: [] })).equal(1);
    expect(togetherChat.matchRequest({ model: 'a/b', messages: [], safety_model: null })).equal(3);
  });
});
