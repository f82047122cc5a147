import type { OtlpSettings } from '../pipeline/otlp-exporter.js';
import type { ResolvedConfig, ResolvedDestination } from './resolve.js';
import { MASK, isSecretName, maskText } from './secrets.js';

function printOtlp(settings: OtlpSettings): Record<string, unknown> {
  const headers = Object.fromEntries(Object.keys(settings.headers).map((name) => [name, MASK]));
  return { ...settings, endpoint: maskText(settings.endpoint), headers };
}

function printDestination(destination: ResolvedDestination): Record<string, unknown> {
  return destination.provider === 'otlp' ? printOtlp(destination) : { ...destination };
}

function printAttribute(name: string, value: unknown): unknown {
  if (isSecretName(name)) return MASK;
  if (Array.isArray(value)) return value.map((item) => printAttribute('', item));
  return typeof value === 'string' ? maskText(value) : value;
}

/** A configuration as a plain object that can be shown and sent: secrets are `***`, the logger is left out. */
export function printConfig(config: ResolvedConfig): Record<string, unknown> {
  const { logger, metrics, ...rest } = config;
  return {
    ...rest,
    logger: logger === undefined ? 'default' : 'own',
    resource: Object.fromEntries(
      Object.entries(config.resource).map(([name, value]) => [name, printAttribute(name, value)]),
    ),
    ...(metrics === undefined ? {} : { metrics: printOtlp(metrics) }),
    destinations: config.destinations.map((destination) => printDestination(destination)),
    skipped: config.skipped.map((one) => ({ ...one })),
    warnings: config.warnings.map((one) => ({ ...one })),
    sources: { ...config.sources },
    sampling: { ...config.sampling },
  };
}
