import { setTimeout } from 'node:timers/promises';

import type { Answer } from './watched-server.js';

/** What the pages of a watched server answer. */
export const PAGES: Readonly<Record<string, Answer>> = {
  '/json': (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"ticket":7}'),
  '/text': (_, response) => response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end('größe'),
  '/form': (_, response) =>
    response.writeHead(200, { 'content-type': 'application/x-www-form-urlencoded' }).end('ticket=7&open=yes'),
  '/none': (_, response) => response.writeHead(204).end(),
  '/zero': (_, response) => response.writeHead(200, { 'content-length': '0' }).end(),
  '/busy': (_, response) => response.writeHead(429, { 'content-type': 'text/plain' }).end('later'),
  '/moved': (_, response) => response.writeHead(302, { location: '/json' }).end(),
  '/three': (_, response) => void writeApart(response, ['one,', 'two,', 'three']),
  '/echo': (_, response, body) => response.writeHead(200, { 'content-type': 'text/plain' }).end(body),
  '/headers': (request, response) => response.end(String(request.headers['x-desk'])),
  '/empty': (_, response) => void writeApart(response, []),
  '/cut': (_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('some of it');
    setImmediate(() => response.destroy());
  },
  '/endless': (_, response) => {
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.write('first,');
    // Apart, so that they are two chunks.
    void setTimeout(10).then(() => response.write('second,'));
  },
};

async function writeApart(response: Parameters<Answer>[1], chunks: readonly string[]): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/plain' });
  for (const chunk of chunks) {
    response.write(chunk);
    await setTimeout(5);
  }
  response.end();
}
