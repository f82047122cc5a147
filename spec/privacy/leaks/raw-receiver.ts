import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** A request as its bytes came over the wire. */
export interface RawRequest {
  readonly path: string;
  readonly body: Buffer;
}

/** Where a request is refused, with an answer that quotes all of it. */
export const QUOTING = '/quoting/';

/** An OTLP receiver on the loopback interface that keeps the bytes of each request. */
export class RawReceiver {
  readonly requests: RawRequest[] = [];
  #server: Server | undefined;

  async start(): Promise<this> {
    // A program that is stopped leaves its requests half said.
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    this.#server?.close();
    if (this.#server !== undefined) await once(this.#server, 'close');
  }

  /** `host:port`, for a URL. */
  get authority(): string {
    return `127.0.0.1:${(this.#server?.address() as AddressInfo | null | undefined)?.port}`;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { url: path = '', headers } = request;
    if (path.startsWith(QUOTING)) {
      const text = headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
      const quoted = JSON.stringify({ message: `refused ${path}`, headers, body: text.toString('latin1') });
      response.statusMessage = `Refused ${String(headers['x-note'])}`;
      response.writeHead(400, { 'content-type': 'application/json' }).end(quoted);
      return;
    }
    this.requests.push({ path, body });
    response.writeHead(200, { 'content-type': headers['content-type'] ?? '' }).end();
  }
}
