import { expect, it } from '@jest/globals';
import { LlmCall } from 'spanwright';
import { captureSpans } from 'spanwright/testing';

const REQUEST = { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'The printer jams.' }] };
const ANSWER = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'gpt-4o-mini-2024-07-18',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Open the tray.' } }],
  usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
};

it('reads the answer of a model in the sandbox', async () => {
  await captureSpans(async (spans) => {
    await LlmCall.wrap(async (_request: object) => ANSWER)(REQUEST);
    const [span] = spans.finished();
    expect(span?.name).toBe('chat gpt-4o-mini');
    expect(span?.attributes['gen_ai.usage.input_tokens']).toBe(10);
  });
});
