import { hideText } from '../core/hide-text.js';
import type { OtlpSettings } from '../pipeline/otlp-exporter.js';
import type { ResolvedPrivacy } from './privacy.js';
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
  return typeof value === 'string' ? hideText(maskText(value)) : value;
}

function printPrivacy({ rules, hidden, contentOnSpan }: ResolvedPrivacy): Record<string, unknown> {
  const { patterns, redact, digestKey, fingerprintKey, ...plain } = rules;
  return {
    ...plain,
    ...(patterns && { patterns: patterns.map(String) }),
    ...(redact && { redact: 'own' }),
    ...(digestKey !== undefined && { digestKey: MASK }),
    ...(fingerprintKey !== undefined && { fingerprintKey: MASK }),
    hidden: [...hidden],
    contentOnSpan,
  };
}

/** A configuration as a plain object that can be shown and sent: secrets are `***`, the logger is left out. */
export function printConfig(config: ResolvedConfig): Record<string, unknown> {
  const { logger, metrics, privacy, ...rest } = config;
  const { serviceName, serviceVersion, environment } = rest;
  return {
    ...rest,
    serviceName: hideText(serviceName),
    ...(serviceVersion === undefined ? {} : { serviceVersion: hideText(serviceVersion) }),
    environment: hideText(environment),
    privacy: printPrivacy(privacy),
    logger: logger === undefined ? 'default' : 'own',
    resource: Object.fromEntries(
      Object.entries(config.resource).map(([name, value]) => [hideText(name), printAttribute(name, value)]),
    ),
    ...(metrics === undefined ? {} : { metrics: printOtlp(metrics) }),
    destinations: config.destinations.map((destination) => printDestination(destination)),
    skipped: config.skipped.map((one) => ({ ...one })),
    warnings: config.warnings.map((one) => ({ ...one })),
    sources: { ...config.sources },
    sampling: { ...config.sampling },
  };
}
