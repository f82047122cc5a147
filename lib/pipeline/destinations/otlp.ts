import { context } from '@opentelemetry/api';
import type * as Core from '@opentelemetry/core';
import type * as Http from '@opentelemetry/exporter-trace-otlp-http';
import type { FinishedSpan } from '../finished-span.js';
import type { Sdk } from '../sdk.js';
import { loadPackage } from '../sdk.js';
import type { Destination } from './destination.js';

/** What the official OTLP exporter is told. */
export interface OtlpSettings {
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly encoding: 'protobuf' | 'json';
  readonly compression: 'gzip' | 'none';
  readonly timeoutMs: number;
}

type Exporter = InstanceType<typeof Http.OTLPTraceExporter>;
type ExportedSpans = Parameters<Exporter['export']>[0];

const PACKAGES = {
  protobuf: '@opentelemetry/exporter-trace-otlp-proto',
  json: '@opentelemetry/exporter-trace-otlp-http',
} as const;

const HEADER_VARIABLES = ['OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_EXPORTER_OTLP_TRACES_HEADERS'];

// The exporter adds the headers of the environment by itself, to every endpoint. Ours are final: a key that is meant for
// one backend must not reach another.
function withoutHeaderVariables<T>(make: () => T): T {
  const hidden = HEADER_VARIABLES.map((name) => [name, process.env[name]] as const);
  for (const name of HEADER_VARIABLES) delete process.env[name];
  try {
    return make();
  } finally {
    for (const [name, value] of hidden) {
      if (value !== undefined) process.env[name] = value;
    }
  }
}

/** Sends batches through the official OTLP exporter over HTTP; its own requests are not traced. */
export class OtlpDestination implements Destination {
  readonly isImmediate = false;
  readonly #exporter: Exporter;
  readonly #suppressTracing: typeof Core.suppressTracing;
  readonly #success: Core.ExportResultCode;

  /** Throws `MissingPackage` without the exporter of the encoding. */
  constructor(settings: OtlpSettings, sdk: Sdk) {
    const { OTLPTraceExporter } = loadPackage(PACKAGES[settings.encoding]) as typeof Http;
    this.#suppressTracing = sdk.core.suppressTracing;
    this.#success = sdk.core.ExportResultCode.SUCCESS;
    const make = (): Exporter =>
      new OTLPTraceExporter({
        url: settings.endpoint,
        headers: { ...settings.headers },
        timeoutMillis: settings.timeoutMs,
        // The enum of the package is its strings.
        compression: settings.compression as never,
      });
    this.#exporter = withoutHeaderVariables(make);
  }

  export(spans: readonly FinishedSpan[]): Promise<void> {
    return new Promise((resolve, reject) => {
      context.with(this.#suppressTracing(context.active()), () => {
        this.#exporter.export(spans as unknown as ExportedSpans, ({ code, error }) => {
          if (code === this.#success) resolve();
          else reject(error ?? new Error('the exporter gave no reason'));
        });
      });
    });
  }

  async close(): Promise<void> {
    await this.#exporter.shutdown();
  }
}
