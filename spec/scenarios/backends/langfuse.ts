import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';

import { readProtobuf } from '../../pipeline/otlp-protobuf.js';
import type { ArrivedSpan } from '../../pipeline/otlp-protobuf.js';
import { LANGFUSE_KEYS } from './destinations.js';
import type { ConventionMessage, ShownCall, ShownMessage, ShownSpan, ShownTrace } from './shown-span.js';
import { textOr, toShownMessage } from './shown-span.js';

const PATH = '/api/public/otel/v1/traces';

interface Refusal {
  readonly status: number;
  readonly why: string;
}

function refusal({ method, url, headers }: IncomingMessage): Refusal | undefined {
  const { publicKey, secretKey } = LANGFUSE_KEYS;
  const basic = `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString('base64')}`;
  if (method !== 'POST' || url !== PATH) return { status: 404, why: `${method} ${url}` };
  if (headers.authorization !== basic) return { status: 401, why: 'authorization' };
  if (headers['x-langfuse-ingestion-version'] !== '4') return { status: 400, why: 'x-langfuse-ingestion-version' };
  if (headers['content-type'] !== 'application/x-protobuf') return { status: 400, why: 'content-type' };
  return undefined;
}

function callOf(attributes: ArrivedSpan['attributes']): ShownCall {
  const usage = JSON.parse(textOr(attributes['langfuse.observation.usage_details'], '{}')) as Record<string, unknown>;
  const input = attributes['langfuse.observation.input'];
  const output = attributes['langfuse.observation.output'];
  return {
    model: attributes['langfuse.observation.model.name'],
    inputTokens: usage['input'],
    outputTokens: usage['output'],
    finishReason: (attributes['gen_ai.response.finish_reasons'] as unknown[] | undefined)?.[0],
    ...(typeof input === 'string' ? { input: messagesOf(input) } : {}),
    ...(typeof output === 'string' ? { output } : {}),
  };
}

function messagesOf(json: string): ShownMessage[] {
  return (JSON.parse(json) as ConventionMessage[]).map(toShownMessage);
}

function shown({ traceId, spanId, parentSpanId, name, attributes }: ArrivedSpan): ShownSpan {
  const kind = textOr(attributes['langfuse.observation.type'], 'none');
  const isFailed = attributes['langfuse.observation.level'] === 'ERROR';
  const span = { traceId, spanId, parentSpanId, name, isFailed, attributes, kind };
  return kind === 'generation' ? { ...span, call: callOf(attributes) } : span;
}

/** A receiver on loopback that asks what Langfuse asks; Langfuse itself needs four servers. */
export class LoopbackLangfuse {
  /** Why requests were refused. */
  readonly refused: string[] = [];
  readonly #bodies: Buffer[] = [];
  #server: Server | undefined;

  /** Listens; gives its address. */
  async start(): Promise<string> {
    const server = createServer((request, response) => {
      void this.#take(request).then((status) => response.writeHead(status).end());
    });
    this.#server = server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async #take(request: IncomingMessage): Promise<number> {
    const body = await buffer(request);
    const refused = refusal(request);
    if (refused !== undefined) {
      this.refused.push(refused.why);
      return refused.status;
    }
    this.#bodies.push(request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body);
    return 200;
  }

  /** What arrived, decoded from its bytes. */
  read(traceId: string): ShownTrace {
    const spans = this.#bodies.flatMap((body) => readProtobuf(body)).filter((span) => span.traceId === traceId);
    return { spans: spans.map(shown), raw: this.#bodies.map((body) => body.toString('utf8')).join('\n') };
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
}
