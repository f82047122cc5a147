import { createRequire } from 'node:module';
import { nodeRequire } from '#node-require';
import { loadPackage } from '../sdk.js';
import type { GrpcSettings } from '../settings.js';
import type { SpanExporterLike } from './exporter.js';

const PACKAGE = '@opentelemetry/exporter-trace-otlp-grpc';

interface Credentials {
  createInsecure(): unknown;
  createSsl(ca?: Buffer | null, key?: Buffer | null, cert?: Buffer | null): unknown;
}

interface Grpc {
  readonly Metadata: new () => { set(name: string, value: string): void };
  readonly credentials: Credentials;
}

interface GrpcModule {
  readonly OTLPTraceExporter: new (options: object) => SpanExporterLike;
}

const asBuffer = (pem: string | undefined): Buffer | null => (pem === undefined ? null : Buffer.from(pem));

/** Makes the official exporter over gRPC with the first batch. Throws `MissingPackage` where it is not installed. */
export function grpcExporter(settings: GrpcSettings): () => SpanExporterLike {
  const { OTLPTraceExporter } = loadPackage(PACKAGE) as GrpcModule;
  // The library that the exporter itself uses: metadata of another copy is none of its own.
  const grpc = createRequire(nodeRequire.resolve(PACKAGE))('@grpc/grpc-js') as Grpc;
  return () => {
    const { endpoint, headers, compression, timeoutMs, tls } = settings;
    const metadata = new grpc.Metadata();
    for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
    const isSecure = endpoint.startsWith('https:');
    const credentials = isSecure
      ? grpc.credentials.createSsl(asBuffer(tls.ca), asBuffer(tls.key), asBuffer(tls.cert))
      : grpc.credentials.createInsecure();
    return new OTLPTraceExporter({ url: endpoint, metadata, credentials, timeoutMillis: timeoutMs, compression });
  };
}
