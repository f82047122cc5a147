import { loadPackage } from '../sdk.js';
import type { SpanExporterLike } from './exporter.js';

const PACKAGE = '@azure/monitor-opentelemetry-exporter';

interface AzureModule {
  readonly AzureMonitorTraceExporter: new (options: {
    readonly connectionString: string;
    readonly disableOfflineStorage: boolean;
  }) => SpanExporterLike;
}

/** Makes Microsoft's exporter with the first batch. Throws `MissingPackage` where it is not installed. */
export function azureExporter(connectionString: string): () => SpanExporterLike {
  const { AzureMonitorTraceExporter } = loadPackage(PACKAGE) as AzureModule;
  // Its own storage would write spans to a folder for all users; what it cannot send stays in our queue.
  return () => new AzureMonitorTraceExporter({ connectionString, disableOfflineStorage: true });
}
