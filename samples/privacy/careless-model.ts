import type { RequestListener } from 'node:http';
import { readBody, sendJson } from '../ticket-summarizer/offline/loopback-server.js';

/** Answers every chat as a model would that has seen somebody's key. Speaks the API of OpenAI. */
export const answerWithSecrets: RequestListener = (request, response) => {
  void readBody(request).then(() => {
    sendJson(response, 200, {
      id: 'chatcmpl-privacy',
      object: 'chat.completion',
      created: 1,
      model: 'gpt-4o-mini-2024-07-18',
      choices: [
        {
          index: 0,
          finish_reason: 'stop',
          message: {
            role: 'assistant',
            content: 'Refunded; use the key sk-proj-Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4MTIz once.',
          },
        },
      ],
      usage: { prompt_tokens: 42, completion_tokens: 11, total_tokens: 53 },
    });
  });
};
