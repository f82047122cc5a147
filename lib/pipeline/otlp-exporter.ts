import { withVariables } from './changed-variables.js';

/** What the official OTLP exporter is told. */
export interface OtlpSettings {
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly encoding: 'protobuf' | 'json';
  readonly compression: 'gzip' | 'none';
  readonly timeoutMs: number;
}

// The exporter adds the headers of the environment by itself, to every endpoint. Ours are final: a key that is meant for
// one backend must not reach another.
const NO_HEADERS = {
  OTEL_EXPORTER_OTLP_HEADERS: undefined,
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: undefined,
  OTEL_EXPORTER_OTLP_METRICS_HEADERS: undefined,
};

interface ExporterConfig {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly timeoutMillis: number;
  /** The enum of the package is its strings. */
  readonly compression: never;
  readonly httpAgentOptions?: never;
}

/**
 * Makes an official OTLP exporter that does what the settings say, whatever the environment says. `agentFactory` makes its
 * connections; without it they are those of the package.
 */
export function createExporter<T>(
  Exporter: new (config: ExporterConfig) => T,
  settings: OtlpSettings,
  agentFactory?: () => unknown,
): T {
  return withVariables(
    NO_HEADERS,
    () =>
      new Exporter({
        url: settings.endpoint,
        headers: { ...settings.headers },
        timeoutMillis: settings.timeoutMs,
        compression: settings.compression as never,
        ...(agentFactory === undefined ? {} : { httpAgentOptions: agentFactory as never }),
      }),
  );
}
