import type { ResolvedConfig, ResolvedDestination } from './resolve.js';
import { MASK, isSecretName, maskText } from './secrets.js';

function printDestination(destination: ResolvedDestination): Record<string, unknown> {
  if (destination.provider !== 'otlp') return { ...destination };
  const headers = Object.fromEntries(Object.keys(destination.headers).map((name) => [name, MASK]));
  return { ...destination, endpoint: maskText(destination.endpoint), headers };
}

function printAttribute(name: string, value: unknown): unknown {
  if (isSecretName(name)) return MASK;
  if (Array.isArray(value)) return value.map((item) => printAttribute('', item));
  return typeof value === 'string' ? maskText(value) : value;
}

/** A configuration as a plain object that can be shown and sent: secrets are `***`, the logger is left out. */
export function printConfig(config: ResolvedConfig): Record<string, unknown> {
  const { logger, ...rest } = config;
  return {
    ...rest,
    logger: logger === undefined ? 'default' : 'own',
    resource: Object.fromEntries(
      Object.entries(config.resource).map(([name, value]) => [name, printAttribute(name, value)]),
    ),
    destinations: config.destinations.map((destination) => printDestination(destination)),
    skipped: config.skipped.map((one) => ({ ...one })),
    warnings: config.warnings.map((one) => ({ ...one })),
    sources: { ...config.sources },
    sampling: { ...config.sampling },
  };
}
