import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
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

/** A real OTLP/HTTP receiver on the loopback interface. What it answers can be changed while it runs. */
export class OtlpServer {
  readonly requests: ArrivedRequest[] = [];
  /** The status of the next answers. 200 by default. */
  status = 200;
  /** Milliseconds before an answer. */
  delayMs = 0;
  #server: Server | undefined;
  #port = 0;

  /** Listens; after a stop on the same port as before. */
  async start(): Promise<this> {
    const server = createServer((request, response) => void this.#answer(request, response));
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
    return `http://127.0.0.1:${this.#port}/v1/traces`;
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
    if (this.delayMs > 0) await delay(this.delayMs);
    if (this.status === 200) this.requests.push(arrivedRequest(request, Buffer.concat(chunks)));
    response.writeHead(this.status, { 'content-type': request.headers['content-type'] ?? '' }).end();
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
