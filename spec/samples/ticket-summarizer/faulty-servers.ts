import type { RequestListener, ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';

import { createChatApi } from '../../../samples/ticket-summarizer/offline/chat-api.js';
import { readBody, startLoopbackServer } from '../../../samples/ticket-summarizer/offline/loopback-server.js';
import type { LoopbackServer } from '../../../samples/ticket-summarizer/offline/loopback-server.js';
import { createTicketApi } from '../../../samples/ticket-summarizer/offline/ticket-api.js';
import type { TicketRow } from '../../../samples/ticket-summarizer/ticket.js';

/** Writes a fault to the response; false leaves the request to the server that works. */
export type Fault = (request: { url: string; body: string }, response: ServerResponse) => boolean;

/** A ticket API that works but for the requests a fault takes. */
export function startFaultyTicketApi(rows: readonly TicketRow[], fault: Fault): Promise<LoopbackServer> {
  return startLoopbackServer(withFault(createTicketApi(rows), fault));
}

/** The offline model, but for the requests a fault takes. */
export function startFaultyModel(fault: Fault): Promise<LoopbackServer> {
  return startLoopbackServer(withFault(createChatApi(), fault));
}

function withFault(works: RequestListener, fault: Fault): RequestListener {
  return (request, response) => {
    void readBody(request).then((body) => {
      if (fault({ url: request.url ?? '', body }, response)) return;
      const replay = Object.assign(new PassThrough(), { url: request.url, method: request.method });
      replay.end(body);
      works(replay as unknown as typeof request, response);
    });
  };
}

export function answerStatus(response: ServerResponse, status: number, headers: Record<string, string> = {}): true {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify({ error: { message: `forced ${status}`, type: 'server_error' } }));
  return true;
}

export function answerText(response: ServerResponse, content: string, contentType = 'text/html'): true {
  response.writeHead(200, { 'content-type': contentType }).end(content);
  return true;
}

/** A whole answer of the chat API whose message is `content`. */
export function answerContent(response: ServerResponse, content: string): true {
  const message = { role: 'assistant', content };
  const choices = [{ index: 0, message, finish_reason: 'stop' }];
  return answerText(
    response,
    JSON.stringify({ id: 'forced', object: 'chat.completion', model: 'm', choices }),
    'application/json',
  );
}
