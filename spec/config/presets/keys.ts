import { VALUES } from './backends.js';

/** The options without which a provider sends nothing. */
export const NEEDED: Readonly<Record<string, readonly string[]>> = {
  phoenix: [],
  arize: ['spaceId', 'apiKey'],
  langfuse: ['publicKey', 'secretKey'],
  langsmith: ['apiKey'],
  langwatch: ['apiKey'],
  braintrust: ['apiKey'],
  opik: ['apiKey'],
  honeycomb: ['apiKey'],
  datadog: [],
  grafana_cloud: ['instanceId', 'token', 'region'],
  tempo: [],
  jaeger: [],
  mlflow: ['experimentId'],
  logfire: ['token'],
  otlp: [],
};

const ALL: Readonly<Record<string, string>> = { ...VALUES, spaceId: 'space-1' };

/** Options of a destination that has all that it needs. */
export function whole(provider: string, rest: object = {}): object {
  const needed = (NEEDED[provider] ?? []).map((key) => [key, ALL[key]] as const);
  return { provider, ...Object.fromEntries(needed), ...rest };
}
