import { context } from '@opentelemetry/api';
import type * as Core from '@opentelemetry/core';
import type * as Http from '@opentelemetry/exporter-trace-otlp-http';
import type { FinishedSpan } from '../finished-span.js';
import type { OtlpSettings } from '../otlp-exporter.js';
import { createExporter } from '../otlp-exporter.js';
import type { Sdk } from '../sdk.js';
import { loadPackage } from '../sdk.js';
import type { Destination } from './destination.js';

type Exporter = InstanceType<typeof Http.OTLPTraceExporter>;
type ExportedSpans = Parameters<Exporter['export']>[0];

const PACKAGES = {
  protobuf: '@opentelemetry/exporter-trace-otlp-proto',
  json: '@opentelemetry/exporter-trace-otlp-http',
} as const;

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
    this.#exporter = createExporter(OTLPTraceExporter, settings);
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
