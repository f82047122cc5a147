import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { TlsOptions } from 'node:tls';
import { gunzipSync } from 'node:zlib';
import { readJson } from './otlp-json.js';
import type { ArrivedMetric, ArrivedPoint } from './otlp-metrics.js';
import { readMetricsJson, readMetricsProtobuf } from './otlp-metrics.js';
import type { ArrivedSpan } from './otlp-protobuf.js';
import { readProtobuf } from './otlp-protobuf.js';

/** One request as it arrived; `spans` and `metrics` are those in its body. */
export interface ArrivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly spans: readonly ArrivedSpan[];
  readonly metrics: readonly ArrivedMetric[];
}

/** What a server does with one request; a plain 200 where it says nothing. */
export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly delayMs?: number;
  /** `hang` never answers, `reset` cuts the connection, `lose` takes the spans and cuts it before the answer. */
  readonly fault?: 'hang' | 'reset' | 'lose';
}

/** A real OTLP/HTTP receiver on the loopback interface. What it answers can be changed while it runs. */
export class OtlpServer {
  readonly requests: ArrivedRequest[] = [];
  /** The status of the next answers. 200 by default. */
  status = 200;
  /** Milliseconds before an answer. */
  delayMs = 0;
  /** Answers by what came; asked after a request was read. */
  script: ((request: ArrivedRequest) => ScriptedAnswer | undefined) | undefined;
  /** Requests that came, taken or not. */
  attempts = 0;
  /** Connections that were made, of which `open` are open. */
  readonly connections = { made: 0, open: 0 };
  readonly #tls: TlsOptions | undefined;
  #server: Server | undefined;
  #port = 0;

  /** With certificates it speaks https. */
  constructor(tls?: TlsOptions) {
    this.#tls = tls;
  }

  /** Listens; after a stop on the same port as before. */
  async start(): Promise<this> {
    const listener = (request: IncomingMessage, response: ServerResponse): void => {
      // A client that gives up cuts its request off.
      this.#answer(request, response).catch(() => response.destroy());
    };
    const server = this.#tls === undefined ? createServer(listener) : createSecureServer(this.#tls, listener);
    server.on('connection', (socket: Socket) => {
      this.connections.made++;
      this.connections.open++;
      socket.once('close', () => this.connections.open--);
    });
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
    return this;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }

  get endpoint(): string {
    return `${this.#tls === undefined ? 'http' : 'https'}://127.0.0.1:${this.#port}/v1/traces`;
  }

  get port(): number {
    return this.#port;
  }

  get metricsEndpoint(): string {
    return `http://127.0.0.1:${this.#port}/v1/metrics`;
  }

  /** The metrics of the latest request that held some; values are totals, so that it has all of them. */
  get metrics(): readonly ArrivedMetric[] {
    return this.requests.findLast(({ metrics }) => metrics.length > 0)?.metrics ?? [];
  }

  /** The points of one metric; none where it did not arrive. */
  pointsOf(name: string): readonly ArrivedPoint[] {
    return this.metrics.find((metric) => metric.name === name)?.points ?? [];
  }

  get spans(): ArrivedSpan[] {
    return this.requests.flatMap(({ spans }) => spans);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    this.attempts++;
    const arrived = arrivedRequest(request, Buffer.concat(chunks));
    const { fault, headers, body, ...rest } = this.script?.(arrived) ?? {};
    const { status = this.status, delayMs = this.delayMs } = rest;
    if (delayMs > 0) await delay(delayMs);
    if (fault === 'hang') return;
    const isTaken = fault === undefined ? status >= 200 && status < 300 : fault === 'lose';
    if (isTaken) this.requests.push(arrived);
    if (fault !== undefined) {
      request.socket.resetAndDestroy();
      return;
    }
    response.writeHead(status, { 'content-type': request.headers['content-type'] ?? '', ...headers }).end(body);
  }
}

function arrivedRequest({ method = '', url = '', headers }: IncomingMessage, raw: Buffer): ArrivedRequest {
  const body = headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw;
  const isJson = headers['content-type'] === 'application/json';
  const text = body.toString('utf8');
  const isMetrics = url.endsWith('/v1/metrics');
  const metrics = !isMetrics ? [] : isJson ? readMetricsJson(text) : readMetricsProtobuf(body);
  const spans = isMetrics ? [] : isJson ? readJson(text) : readProtobuf(body);
  return { method, path: url, headers, spans, metrics };
}
