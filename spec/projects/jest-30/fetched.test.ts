import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { LlmCall } from 'spanwright';
import { captureSpans } from 'spanwright/testing';

const BODY = JSON.stringify({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'gpt-4o-mini-2024-07-18',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Open the tray.' } }],
  usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
});

it('reads a fetched answer in the sandbox, whose classes are not those of fetch', async () => {
  const server = createServer((_request, response) => response.end(BODY)).listen(0);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask = LlmCall.wrap((_request: object) => fetch(url));
  const request = { model: 'gpt-4o-mini', messages: [] };
  await captureSpans(async (spans) => {
    await (await ask(request)).json();
    const reader = (await ask(request)).body?.getReader();
    while ((await reader?.read())?.done === false);
    const tokens = spans.finished().map(({ attributes }) => attributes['gen_ai.usage.input_tokens']);
    expect(tokens).toEqual([10, 10]);
  });
  server.close();
});
