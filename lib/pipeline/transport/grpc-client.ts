import type { Outcome } from '../delivery/outcome.js';
import type { GrpcSettings, TlsSettings } from '../settings.js';
import { outcomeOf } from './answer.js';
import type { GrpcStatus } from './grpc-status.js';
import { outcomeOfGrpc } from './grpc-status.js';

interface Metadata {
  set(name: string, value: string): void;
}

interface Credentials {
  createInsecure(): unknown;
  createSsl(ca: Buffer | null, key: Buffer | null, cert: Buffer | null): unknown;
}

interface Client {
  makeUnaryRequest(
    method: string,
    serialize: (body: Buffer) => Buffer,
    deserialize: (body: Buffer) => Buffer,
    body: Buffer,
    metadata: Metadata,
    options: { readonly deadline: number },
    done: (error: GrpcStatus | null, answer?: Buffer) => void,
  ): { cancel(): void };
  close(): void;
}

/** What is used of `@grpc/grpc-js`. */
export interface GrpcLibrary {
  readonly Client: new (address: string, credentials: unknown, options: object) => Client;
  readonly Metadata: new () => Metadata;
  readonly credentials: Credentials;
}

const METHOD = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
const GZIP = 2;
// By itself a channel waits up to two minutes between connections, and refuses every call until then. When to try again is
// for the queue to say.
const CHANNEL = { 'grpc.initial_reconnect_backoff_ms': 200, 'grpc.max_reconnect_backoff_ms': 5000 };
const PROTOBUF = { 'content-type': 'application/x-protobuf' };

const same = (body: Buffer): Buffer => body;
const asBuffer = (pem: string | undefined): Buffer | null => (pem === undefined ? null : Buffer.from(pem));

/** Sends requests of OTLP to one endpoint over gRPC. It tries each once: the queue in front of it tries again. */
export class GrpcClient {
  readonly #grpc: GrpcLibrary;
  readonly #settings: GrpcSettings;
  #open: { readonly client: Client; readonly metadata: Metadata } | undefined;

  /** Nothing is opened before the first request. */
  constructor(grpc: GrpcLibrary, settings: GrpcSettings) {
    this.#grpc = grpc;
    this.#settings = settings;
  }

  /** Sends the bytes of a request; the signal gives up. Never rejects. */
  send(body: Uint8Array, signal: AbortSignal): Promise<Outcome> {
    try {
      const { client, metadata } = (this.#open ??= this.#connect());
      return this.#exchange(client, metadata, Buffer.from(body.buffer, body.byteOffset, body.byteLength), signal);
    } catch (error) {
      const hint = 'check the headers and certificates of this destination';
      return Promise.resolve({ kind: 'blocked', reason: (error as Error).message, hint });
    }
  }

  close(): void {
    this.#open?.client.close();
  }

  #exchange(client: Client, metadata: Metadata, body: Buffer, signal: AbortSignal): Promise<Outcome> {
    const { timeoutMs } = this.#settings;
    return new Promise((resolve) => {
      const options = { deadline: Date.now() + timeoutMs };
      const call = client.makeUnaryRequest(METHOD, same, same, body, metadata, options, (error, answer) => {
        signal.removeEventListener('abort', giveUp);
        if (error !== null) resolve(outcomeOfGrpc(error));
        else resolve(outcomeOf({ status: 200, headers: PROTOBUF, body: answer ?? Buffer.alloc(0) }));
      });
      const giveUp = (): void => call.cancel();
      signal.addEventListener('abort', giveUp, { once: true });
      if (signal.aborted) giveUp();
    });
  }

  #connect(): { client: Client; metadata: Metadata } {
    const { endpoint, compression, tls } = this.#settings;
    const { protocol, host } = new URL(endpoint);
    const options = compression === 'gzip' ? { ...CHANNEL, 'grpc.default_compression_algorithm': GZIP } : CHANNEL;
    const credentials = protocol === 'https:' ? this.#secure(tls) : this.#grpc.credentials.createInsecure();
    return { client: new this.#grpc.Client(host, credentials, options), metadata: this.#metadata() };
  }

  #secure({ ca, key, cert }: TlsSettings): unknown {
    return this.#grpc.credentials.createSsl(asBuffer(ca), asBuffer(key), asBuffer(cert));
  }

  #metadata(): Metadata {
    const metadata = new this.#grpc.Metadata();
    for (const [name, value] of Object.entries(this.#settings.headers)) {
      try {
        metadata.set(name, value);
      } catch {
        // Its message quotes the value, which may be a key.
        throw new TypeError(`the header ${name} has a name or a value that gRPC does not allow`);
      }
    }
    return metadata;
  }
}
