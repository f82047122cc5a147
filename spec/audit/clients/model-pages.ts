import { setTimeout } from 'node:timers/promises';

import type { Answer } from './watched-server.js';

const CHAT = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'gpt-4o-2024-08-06',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Paris', refusal: null } }],
  usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 },
};

const MESSAGE = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-sonnet-4-5',
  content: [{ type: 'text', text: 'Paris' }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 3, output_tokens: 1 },
};

const CHAT_EVENTS = ['Pa', 'ris'].map((content) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'gpt-4o-2024-08-06',
  choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: content === 'ris' ? 'stop' : null }],
}));

const MESSAGE_EVENTS = [
  { type: 'message_start', message: { ...MESSAGE, content: [], stop_reason: null } },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Paris' } },
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 1 } },
  { type: 'message_stop' },
];

// Apart, so that each is a chunk of its own.
async function writeApart(response: Parameters<Answer>[1], events: readonly string[]): Promise<void> {
  for (const event of events) {
    response.write(event);
    await setTimeout(5);
  }
  response.end();
}

function answer(whole: unknown, events: readonly string[], failures: { left: number }): Answer {
  return (_, response, body) => {
    if (failures.left > 0) {
      failures.left--;
      response.writeHead(500, { 'content-type': 'application/json', 'retry-after-ms': '1' }).end('{"error":{}}');
      return;
    }
    const { stream } = JSON.parse(body.toString()) as { stream?: boolean };
    if (stream === true) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      void writeApart(response, events);
    } else {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(whole));
    }
  };
}

/** What answers as the APIs of models do, after as many failures as `failures` says. */
export function modelPages(failures: { left: number }): Readonly<Record<string, Answer>> {
  const chat = answer(
    CHAT,
    [...CHAT_EVENTS.map((event) => `data: ${JSON.stringify(event)}\n\n`), 'data: [DONE]\n\n'],
    failures,
  );
  return {
    '/chat/completions': chat,
    '/openai/v1/chat/completions': chat,
    '/v1/messages': answer(
      MESSAGE,
      MESSAGE_EVENTS.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`),
      failures,
    ),
    '/models': (_, response) => {
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end('{"object":"list","data":[{"id":"gpt-4o","object":"model","created":1,"owned_by":"x"}]}');
    },
  };
}
