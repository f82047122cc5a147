import type { RequestListener, ServerResponse } from 'node:http';

import type { OpenAI } from 'openai';

import { answerTask, taskOf } from './answer-rules.js';
import { readBody, sendJson } from './loopback-server.js';

type ChatBody = OpenAI.ChatCompletionCreateParams;

const CHARS_PER_TOKEN = 4;
const CHUNK_CHARS = 24;
let lastId = 0;

/** Speaks the chat API of OpenAI, as JSON and as server-sent events. */
export function createChatApi(): RequestListener {
  return (request, response) => {
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions') {
      sendError(response, 404, `no ${request.method} ${request.url}`);
      return;
    }
    readBody(request)
      .then((body) => answerChat(JSON.parse(body) as ChatBody, response))
      .catch((error: unknown) => sendError(response, 400, String(error)));
  };
}

function answerChat(body: ChatBody, response: ServerResponse): void {
  const [system = '', user = ''] = body.messages.map(({ content }) => (typeof content === 'string' ? content : ''));
  const task = taskOf(system);
  const answer = answerTask(task, user);
  if (answer === undefined) {
    sendError(response, 400, `no rules for the task '${task}'`);
    return;
  }
  const content = JSON.stringify(answer);
  const usage = countUsage(system + user, content);
  const head = { id: `chatcmpl-offline-${(lastId += 1)}`, created: Math.floor(Date.now() / 1000), model: body.model };
  if (body.stream === true) {
    const chunkHead = { ...head, object: 'chat.completion.chunk' };
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const chunk of toChunks(content, body.stream_options?.include_usage === true ? usage : undefined)) {
      response.write(`data: ${JSON.stringify({ ...chunkHead, ...chunk })}\n\n`);
    }
    response.end('data: [DONE]\n\n');
    return;
  }
  const message = { role: 'assistant', content, refusal: null };
  const choices = [{ index: 0, message, finish_reason: 'stop', logprobs: null }];
  sendJson(response, 200, { ...head, object: 'chat.completion', choices, usage });
}

type Usage = ReturnType<typeof countUsage>;

function countUsage(prompt: string, answer: string) {
  const promptTokens = Math.ceil(prompt.length / CHARS_PER_TOKEN);
  const answerTokens = Math.ceil(answer.length / CHARS_PER_TOKEN);
  return { prompt_tokens: promptTokens, completion_tokens: answerTokens, total_tokens: promptTokens + answerTokens };
}

/** The usage comes last, in a chunk without choices, and only to who asked for it. */
function* toChunks(content: string, usage: Usage | undefined): Generator<object> {
  yield { choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }] };
  for (let at = 0; at < content.length; at += CHUNK_CHARS) {
    yield { choices: [{ index: 0, delta: { content: content.slice(at, at + CHUNK_CHARS) }, finish_reason: null }] };
  }
  yield { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] };
  if (usage !== undefined) yield { choices: [], usage };
}

function sendError(response: ServerResponse, status: number, message: string): void {
  sendJson(response, status, { error: { message, type: 'invalid_request_error', param: null, code: null } });
}
