import type * as Http from '@opentelemetry/exporter-trace-otlp-http';
import type * as Transformer from '@opentelemetry/otlp-transformer';
import { OtlpJsonEncoder } from '../encoding/otlp-json.js';
import { OtlpProtobufEncoder } from '../encoding/otlp-protobuf.js';
import type { Sdk } from '../sdk.js';
import { loadPackage } from '../sdk.js';
import type { DestinationSettings, HttpSettings } from '../settings.js';
import { AzureCarrier } from './azure.js';
import type { Carrier, ExportFunction, SpanExporterLike } from './carrier.js';
import { CustomCarrier } from './carrier.js';
import { ConsoleDestination } from './console.js';
import type { Destination } from './destination.js';
import type { Encoder } from './encoded-batch.js';
import { ExporterDestination } from './exporter.js';
import { FileDestination } from './file.js';
import { GrpcDestination } from './grpc.js';
import { HttpDestination } from './http.js';
import { MemoryDestination } from './memory.js';
import { OfficialCarrier } from './official.js';

const OFFICIAL = {
  protobuf: '@opentelemetry/exporter-trace-otlp-proto',
  json: '@opentelemetry/exporter-trace-otlp-http',
} as const;

// Each throws `MissingPackage` here and not with the first span, so that status() can say it.
function jsonEncoders(): () => Encoder {
  const { JsonTraceSerializer } = loadPackage('@opentelemetry/otlp-transformer') as typeof Transformer;
  return () => new OtlpJsonEncoder(JsonTraceSerializer);
}

function officialCarrier(settings: HttpSettings, success: number): Carrier {
  const { OTLPTraceExporter } = loadPackage(OFFICIAL[settings.encoding]) as typeof Http;
  return new OfficialCarrier(OTLPTraceExporter, settings, success);
}

/** Makes the destination of some settings. Throws `MissingPackage` when its exporter is not installed. */
export function createDestination({ transport, limits }: DestinationSettings, sdk: Sdk): Destination {
  const success = sdk.core.ExportResultCode.SUCCESS;
  const carriedBy = (carrier: Carrier, timeoutMs: number): Destination =>
    new ExporterDestination(carrier, timeoutMs, sdk);
  switch (transport.kind) {
    case 'console':
      return new ConsoleDestination();
    case 'memory':
      return new MemoryDestination(transport.maxSpans);
    case 'file':
      return new FileDestination(transport.path, jsonEncoders());
    case 'http':
      if (transport.officialExporter) return carriedBy(officialCarrier(transport, success), transport.timeoutMs);
      return new HttpDestination(
        transport,
        limits.requestBytes,
        transport.encoding === 'json' ? jsonEncoders() : () => new OtlpProtobufEncoder(),
      );
    case 'grpc':
      return new GrpcDestination(transport, limits.requestBytes);
    case 'azure':
      return carriedBy(new AzureCarrier(transport, success), transport.timeoutMs);
    default: {
      const exporter = transport.exporter as SpanExporterLike | ExportFunction;
      return carriedBy(new CustomCarrier(exporter, success), transport.timeoutMs);
    }
  }
}
