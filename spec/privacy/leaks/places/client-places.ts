import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import OpenAI from 'openai';
import { decoratedCall } from '../decorated-call.js';
import type { Place } from '../trial.js';

async function quote(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request);
  const message = `refused ${request.url} with ${String(request.headers.authorization)}: ${body}`;
  response.writeHead(500, { 'content-type': 'application/json', 'retry-after-ms': '1' });
  response.end(JSON.stringify({ error: { message, type: 'server_error', code: message } }));
}

let started: Promise<string> | undefined;

/** A server that quotes whatever it is asked, for the life of the program; it keeps the program from nothing. */
async function quotingServer(): Promise<string> {
  const server = createServer((request, response) => void quote(request, response)).listen(0, '127.0.0.1');
  server.unref();
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Places in what a real client sends, and a real server quotes. */
export const CLIENT_PLACES: readonly Place[] = [
  {
    title: 'in what a client sends and a server quotes, twice',
    decorators: ['LlmCall', 'Traced', 'AgentCall'],
    outcomes: [false],
    run: async (trial) => {
      started ??= quotingServer();
      const line = trial.text.replaceAll('\n', ' ').replaceAll(/[^ -~]/g, 'u');
      const client = new OpenAI({
        apiKey: line,
        baseURL: `${await started}/v1`,
        defaultQuery: { note: trial.text },
        maxRetries: 1,
      });
      const request = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: trial.text }] };
      return decoratedCall(trial, { args: [request], result: () => client.chat.completions.create(request) });
    },
  },
];
