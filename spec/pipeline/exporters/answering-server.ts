import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificates } from '../certificates.js';

/** A server on the loopback interface that answers as it is told and counts what comes. */
export class AnsweringServer {
  requests = 0;
  readonly bodies: Buffer[] = [];
  /** Does not answer at all. */
  isHanging = false;
  answer: (response: ServerResponse) => void = (response) => void response.end();
  #server: Server | undefined;
  #port = 0;
  #scheme = 'http';

  /** With certificates over TLS, and for clients that have one. */
  async start(certificates?: Certificates): Promise<this> {
    const tls = certificates && { ...certificates.server, ca: certificates.ca, requestCert: true };
    const server = tls === undefined ? createServer() : createSecureServer(tls);
    if (tls !== undefined) this.#scheme = 'https';
    server.on('request', (request, response) => {
      this.requests++;
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        this.bodies.push(Buffer.concat(chunks));
        if (!this.isHanging) this.answer(response);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
    return this;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }

  /** The URL of a path. */
  at(path: string): string {
    return `${this.#scheme}://127.0.0.1:${this.#port}${path}`;
  }
}
