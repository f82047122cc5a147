/** What the official OTLP exporter is told. */
export interface OtlpSettings {
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly encoding: 'protobuf' | 'json';
  readonly compression: 'gzip' | 'none';
  readonly timeoutMs: number;
}

const HEADER_VARIABLES = [
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
  'OTEL_EXPORTER_OTLP_METRICS_HEADERS',
];

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

interface ExporterConfig {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly timeoutMillis: number;
  /** The enum of the package is its strings. */
  readonly compression: never;
}

/** Makes an official OTLP exporter that does what the settings say, whatever the environment says. */
export function createExporter<T>(Exporter: new (config: ExporterConfig) => T, settings: OtlpSettings): T {
  return withoutHeaderVariables(
    () =>
      new Exporter({
        url: settings.endpoint,
        headers: { ...settings.headers },
        timeoutMillis: settings.timeoutMs,
        compression: settings.compression as never,
      }),
  );
}
