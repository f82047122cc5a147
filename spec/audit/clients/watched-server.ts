import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { RecordingLedger } from './recording-ledger.js';

/** One request as the server saw it arrive. */
export interface Arrival {
  readonly method: string;
  readonly path: string;
  /** Whether the ledger had a durable intent for it, and for each that arrived before with the same path. */
  readonly wasIntended: boolean;
}

/** Answers a request; `body` is what was sent. */
export type Answer = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;

/** A server on loopback that compares each arrival with what the ledger knows by then. */
export interface WatchedServer {
  readonly url: string;
  readonly arrivals: Arrival[];
  close(): Promise<void>;
}

function intended(ledger: RecordingLedger, path: string): number {
  return ledger.calls.filter((call) => call.isIntentDurable && ledger.request(call)['path'] === path).length;
}

/** Starts a server whose answers are chosen by path. */
export async function startWatchedServer(
  ledger: () => RecordingLedger,
  answers: Readonly<Record<string, Answer>>,
): Promise<WatchedServer> {
  const arrivals: Arrival[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const before = arrivals.filter((arrival) => arrival.path === path).length;
    arrivals.push({ method: request.method ?? '', path, wasIntended: intended(ledger(), path) > before });
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => {});
    const answer = answers[path.split('?')[0] ?? ''];
    request.on('end', () => {
      if (answer === undefined) response.writeHead(404).end('no such page');
      else answer(request, response, Buffer.concat(chunks));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrivals,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
