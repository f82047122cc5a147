import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server } from 'node:https';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import type { Pair } from '../certificates.js';

/** An item as Azure Monitor takes it. */
export interface Envelope {
  readonly name: string;
  readonly iKey: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly data: {
    readonly baseType: string;
    readonly baseData: {
      readonly id?: string;
      readonly name?: string;
      readonly type?: string;
      readonly success?: boolean;
      readonly properties: Readonly<Record<string, string>>;
    };
  };
}

/** What a server answers. */
export interface BreezeAnswer {
  readonly status: number;
  /** A text is sent as it is. */
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A receiver of Application Insights on the loopback interface, over TLS. What it answers can be changed while it runs. */
export class BreezeServer {
  readonly requests: (readonly Envelope[])[] = [];
  readonly paths: string[] = [];
  /** Does not answer at all. */
  isHanging = false;
  answer: (envelopes: readonly Envelope[]) => BreezeAnswer = () => ({ status: 200 });
  #server: Server | undefined;
  #port = 0;

  async start({ key, cert }: Pair): Promise<this> {
    const server = createServer({ key, cert }, (request, response) => void this.#answer(request, response));
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

  /** With http, which the exporter turns into https. */
  get connectionString(): string {
    const key = '11111111-2222-3333-4444-555555555555';
    return `InstrumentationKey=${key};IngestionEndpoint=http://localhost:${this.#port}/`;
  }

  /** Spans that arrived, in any request. */
  get spans(): Envelope[] {
    return this.requests.flat().filter(({ data }) => /^(?:RemoteDependency|Request)Data$/.test(data.baseType));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks);
    const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw;
    const envelopes = JSON.parse(body.toString('utf8')) as readonly Envelope[];
    this.paths.push(request.url ?? '');
    this.requests.push(envelopes);
    if (this.isHanging) return;
    const { status, body: said, headers = {} } = this.answer(envelopes);
    const accepted = { itemsReceived: envelopes.length, itemsAccepted: envelopes.length, errors: [] };
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof said === 'string' ? said : JSON.stringify(said ?? (status === 200 ? accepted : {})));
  }
}
