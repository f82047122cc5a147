import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** Takes whatever a vendor's agent or client sends, and keeps it. */
export class HttpSink {
  readonly #server: Server = createServer((request, response) => void this.#answer(request, response));
  #bodies: { readonly path: string; readonly body: Buffer }[] = [];

  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The bodies that arrived at paths with this text, and forgets all. */
  take(path: string): Buffer[] {
    const taken = this.#bodies.filter((one) => one.path.includes(path)).map(({ body }) => body);
    this.#bodies = [];
    return taken;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks);
    const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw;
    this.#bodies.push({ path: request.url ?? '', body });
    response.setHeader('content-type', 'application/json').end('{}');
  }
}
