import { expect } from 'chai';

import { describeCall } from '#lib/start/describe-call.js';

const URL = 'https://api.openai.com/v1/chat/completions';
const REQUEST = JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: 'Hello' }], stream: true });

function chunk(fields: object): string {
  const base = { id: 'chatcmpl-1', object: 'chat.completion.chunk', model: 'gpt-4o-2024-08-06' };
  return `data: ${JSON.stringify({ ...base, choices: [], ...fields })}\n\n`;
}

describe('what an exchange over HTTP says of a model', () => {
  it('is the model before the answer', () => {
    expect(describeCall(URL, REQUEST, undefined))
      .include({ model: 'gpt-4o' })
      .not.have.property('usage');
  });

  it('is provider, model and tokens after it, of JSON', () => {
    const answer = {
      id: 'chatcmpl-1',
      object: 'chat.completion',
      model: 'gpt-4o-2024-08-06',
      choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 },
    };
    const facts = { provider: 'openai', model: 'gpt-4o-2024-08-06', usage: { in: 3, out: 1 } };
    expect(describeCall(URL, REQUEST, JSON.stringify(answer))).deep.equal(facts);
    expect(describeCall(URL, REQUEST, JSON.stringify(answer, undefined, 2))).deep.equal(facts);
  });

  it('is the same of events', () => {
    const said = chunk({ choices: [{ index: 0, delta: { role: 'assistant', content: 'Hi' } }] });
    const usage = chunk({ usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 } });
    expect(describeCall(URL, REQUEST, `${said}${usage}data: [DONE]\n\n`)).deep.equal({
      provider: 'openai',
      model: 'gpt-4o-2024-08-06',
      usage: { in: 3, out: 1 },
    });
  });

  it('is nothing of a request that is none to a model', () => {
    for (const request of [undefined, '', 'a=b', '{"id":7}', '[]', 'null', '"text"', '{"a":']) {
      expect(describeCall('https://tickets.example/7', request, '{"text":"Hello"}'), request).equal(undefined);
    }
  });
});
