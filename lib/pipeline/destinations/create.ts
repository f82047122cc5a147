import type * as Http from '@opentelemetry/exporter-trace-otlp-http';
import type * as Transformer from '@opentelemetry/otlp-transformer';
import { OtlpJsonEncoder } from '../encoding/otlp-json.js';
import { OtlpProtobufEncoder } from '../encoding/otlp-protobuf.js';
import { createExporter } from '../otlp-exporter.js';
import type { Sdk } from '../sdk.js';
import { loadPackage } from '../sdk.js';
import type { DestinationSettings, HttpSettings } from '../settings.js';
import { azureExporter } from './azure.js';
import { ConsoleDestination } from './console.js';
import type { Destination } from './destination.js';
import type { ExportFunction, SpanExporterLike } from './exporter.js';
import { ExporterDestination } from './exporter.js';
import { FileDestination } from './file.js';
import { grpcExporter } from './grpc.js';
import type { Encoder } from './http.js';
import { HttpDestination } from './http.js';
import { MemoryDestination } from './memory.js';

const OFFICIAL = {
  protobuf: '@opentelemetry/exporter-trace-otlp-proto',
  json: '@opentelemetry/exporter-trace-otlp-http',
} as const;

// Each throws `MissingPackage` here and not with the first span, so that status() can say it.
function jsonEncoders(): () => Encoder {
  const { JsonTraceSerializer } = loadPackage('@opentelemetry/otlp-transformer') as typeof Transformer;
  return () => new OtlpJsonEncoder(JsonTraceSerializer);
}

function officialExporter(settings: HttpSettings): () => SpanExporterLike {
  const { OTLPTraceExporter } = loadPackage(OFFICIAL[settings.encoding]) as typeof Http;
  return () => createExporter(OTLPTraceExporter, settings);
}

/** Makes the destination of some settings. Throws `MissingPackage` when its exporter is not installed. */
export function createDestination({ transport, limits }: DestinationSettings, sdk: Sdk): Destination {
  switch (transport.kind) {
    case 'console':
      return new ConsoleDestination();
    case 'memory':
      return new MemoryDestination(transport.maxSpans);
    case 'file':
      return new FileDestination(transport.path, jsonEncoders());
    case 'http':
      if (transport.officialExporter) {
        return new ExporterDestination(officialExporter(transport), transport.timeoutMs, sdk);
      }
      return new HttpDestination(
        transport,
        limits.requestBytes,
        transport.encoding === 'json' ? jsonEncoders() : () => new OtlpProtobufEncoder(),
      );
    case 'grpc':
      return new ExporterDestination(grpcExporter(transport), transport.timeoutMs, sdk);
    case 'azure':
      return new ExporterDestination(azureExporter(transport.connectionString), transport.timeoutMs, sdk);
    default: {
      const exporter = transport.exporter as SpanExporterLike | ExportFunction;
      return new ExporterDestination(() => exporter, transport.timeoutMs, sdk);
    }
  }
}
