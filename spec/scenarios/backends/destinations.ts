import type { DestinationOptions } from 'spanwright';

/** Where each backend takes spans: the whole URL. */
export type Endpoints = Readonly<Partial<Record<BackendName, string>>>;

/** The backends of these scenarios. */
export type BackendName = 'phoenix' | 'mlflow' | 'collector' | 'jaeger' | 'langfuse';

/** The keys that the loopback Langfuse asks for. */
export const LANGFUSE_KEYS = { publicKey: 'pk-lf-loopback', secretKey: 'sk-lf-loopback' };

/** The experiment that MLflow has from its start. */
export const MLFLOW_EXPERIMENT = '0';

// A server that was started a moment ago takes its time for its first request.
const TIMEOUT_MS = 25_000;

function destinationOf(name: BackendName, endpoint: string): DestinationOptions {
  const { publicKey, secretKey } = LANGFUSE_KEYS;
  const common = { name, endpoint, timeoutMs: TIMEOUT_MS };
  switch (name) {
    case 'phoenix':
      return { provider: 'otlp', ...common, vocabulary: 'openinference', content: 'redacted' };
    case 'mlflow': {
      const headers = { 'x-mlflow-experiment-id': MLFLOW_EXPERIMENT };
      return { provider: 'otlp', ...common, headers, content: 'redacted' };
    }
    case 'langfuse': {
      const authorization = `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString('base64')}`;
      const headers = { authorization, 'x-langfuse-ingestion-version': '4' };
      return { provider: 'otlp', ...common, headers, vocabulary: 'langfuse', content: 'redacted' };
    }
    default:
      return { provider: 'otlp', ...common, content: 'digest' };
  }
}

/** One destination for each endpoint, each backend in its own words and at its own tier. */
export function destinationsFor(endpoints: Endpoints): DestinationOptions[] {
  return (Object.entries(endpoints) as Array<[BackendName, string]>).map(([name, url]) => destinationOf(name, url));
}
