import type { DestinationOptions } from 'spanwright';

/** The backends of these scenarios. */
export type BackendName = 'phoenix' | 'mlflow' | 'collector' | 'jaeger' | 'langfuse';

/** Where each backend takes spans, without a path. */
export type Addresses = Readonly<Partial<Record<BackendName, string>>>;

/** The keys that the loopback Langfuse asks for. */
export const LANGFUSE_KEYS = { publicKey: 'pk-lf-loopback', secretKey: 'sk-lf-loopback' };

/** The experiment that MLflow has from its start. */
export const MLFLOW_EXPERIMENT = '0';

// A server that was started a moment ago takes its time for its first request.
const TIMEOUT_MS = 25_000;

function destinationOf(name: BackendName, endpoint: string): DestinationOptions {
  const common = { endpoint, timeoutMs: TIMEOUT_MS };
  switch (name) {
    case 'mlflow':
      return { provider: name, ...common, experimentId: MLFLOW_EXPERIMENT };
    case 'langfuse':
      return { provider: name, ...common, ...LANGFUSE_KEYS };
    case 'collector':
      return { provider: 'otlp', name, ...common };
    default:
      return { provider: name, ...common };
  }
}

/** One destination for each backend, with the vocabulary and the tier of its preset. */
export function destinationsFor(addresses: Addresses): DestinationOptions[] {
  return (Object.entries(addresses) as Array<[BackendName, string]>).map(([name, url]) => destinationOf(name, url));
}
