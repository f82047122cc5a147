import { createRequire } from 'node:module';
import type { ArrivedSpan } from '../otlp-protobuf.js';
import { readProtobuf } from '../otlp-protobuf.js';
import type { Certificates } from '../certificates.js';

interface Metadata {
  getMap(): Readonly<Record<string, unknown>>;
  set(name: string, value: Buffer): void;
}

interface Call {
  readonly request: Buffer;
  readonly metadata: Metadata;
  on(event: 'cancelled', listener: () => void): void;
}

type Done = (error: object | null, answer?: Buffer) => void;

interface Server {
  addService(definition: object, handlers: object): void;
  bindAsync(address: string, credentials: unknown, done: (error: Error | null, port: number) => void): void;
  forceShutdown(): void;
}

interface Library {
  readonly Server: new () => Server;
  readonly Metadata: new () => Metadata;
  readonly ServerCredentials: {
    createInsecure(): unknown;
    createSsl(ca: Buffer, pairs: readonly object[], asksClient: boolean): unknown;
  };
}

const require = createRequire(import.meta.url);
const exporter = require.resolve('@opentelemetry/exporter-trace-otlp-grpc');
const grpc = createRequire(exporter)('@grpc/grpc-js') as Library;

const same = (bytes: Buffer): Buffer => bytes;

const SERVICE = {
  Export: {
    path: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
    requestStream: false,
    responseStream: false,
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  },
};

/** A refusal, with the details of a status as the server writes them. */
export interface Refusal {
  readonly code: number;
  readonly details?: string;
  readonly statusDetails?: Buffer;
}

/** A real OTLP/gRPC receiver on the loopback interface. What it answers can be changed while it runs. */
export class GrpcServer {
  readonly spans: ArrivedSpan[] = [];
  readonly metadata: Readonly<Record<string, unknown>>[] = [];
  /** Answered instead of taking the request. */
  refusal: Refusal | undefined;
  /** The bytes of the answer. */
  answer = Buffer.alloc(0);
  /** Does not answer at all. */
  isHanging = false;
  calls = 0;
  cancelled = 0;
  port = 0;
  #server: Server | undefined;

  /** Listens; after a stop on the same port as before. With certificates over TLS, and for clients that have one. */
  async start(certificates?: Certificates): Promise<this> {
    const server = new grpc.Server();
    server.addService(SERVICE, { Export: (call: Call, done: Done) => this.#export(call, done) });
    this.port = await new Promise<number>((resolve, reject) => {
      server.bindAsync(`127.0.0.1:${this.port}`, credentials(certificates), (error, port) => {
        if (error === null) resolve(port);
        else reject(error);
      });
    });
    this.#server = server;
    return this;
  }

  stop(): void {
    this.#server?.forceShutdown();
    this.#server = undefined;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  #export(call: Call, done: Done): void {
    this.calls++;
    call.on('cancelled', () => this.cancelled++);
    if (this.isHanging) return;
    if (this.refusal === undefined) {
      this.metadata.push(call.metadata.getMap());
      this.spans.push(...readProtobuf(call.request));
      done(null, this.answer);
      return;
    }
    const { code, details = '', statusDetails } = this.refusal;
    const metadata = new grpc.Metadata();
    if (statusDetails !== undefined) metadata.set('grpc-status-details-bin', statusDetails);
    done({ code, details, metadata });
  }
}

function credentials(certificates: Certificates | undefined): unknown {
  if (certificates === undefined) return grpc.ServerCredentials.createInsecure();
  const { ca, server } = certificates;
  const pair = { private_key: Buffer.from(server.key), cert_chain: Buffer.from(server.cert) };
  return grpc.ServerCredentials.createSsl(Buffer.from(ca), [pair], true);
}
