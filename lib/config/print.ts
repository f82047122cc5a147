import { hideText } from '../core/hide-text.js';
import type { OtlpSettings } from '../pipeline/otlp-exporter.js';
import type { ResolvedPrivacy } from './privacy.js';
import type { ResolvedConfig, ResolvedDestination } from './resolve.js';
import { MASK, isSecretName, maskText } from './secrets.js';

function printOtlp(settings: OtlpSettings): Record<string, unknown> {
  const headers = Object.fromEntries(Object.keys(settings.headers).map((name) => [name, MASK]));
  return { ...settings, endpoint: maskText(settings.endpoint), headers };
}

function printDestination({ transport, ...common }: ResolvedDestination): Record<string, unknown> {
  return { ...common, transport: transport.kind === 'http' ? printOtlp(transport) : { ...transport } };
}

function printAttribute(name: string, value: unknown): unknown {
  if (isSecretName(name)) return MASK;
  if (Array.isArray(value)) return value.map((item) => printAttribute('', item));
  return typeof value === 'string' ? maskText(value) : value;
}

function printPrivacy({ rules, hidden, contentOnSpan, maxContentChars }: ResolvedPrivacy): Record<string, unknown> {
  const { patterns, redact, digestKey, fingerprintKey, ...plain } = rules;
  return {
    ...plain,
    ...(patterns && { patterns: patterns.map(String) }),
    ...(redact && { redact: 'own' }),
    ...(digestKey !== undefined && { digestKey: MASK }),
    ...(fingerprintKey !== undefined && { fingerprintKey: MASK }),
    hidden: [...hidden],
    contentOnSpan,
    ...(maxContentChars === undefined ? {} : { maxContentChars }),
  };
}

// A name of a destination or an attribute, a path, a pattern: all of them are texts of the user's.
function hideAll(value: unknown): unknown {
  if (typeof value === 'string') return hideText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(hideAll);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [hideText(key), hideAll(item)]));
}

/** A configuration as a plain object that can be shown and sent: secrets are `***`, the logger is left out. */
export function printConfig(config: ResolvedConfig): Record<string, unknown> {
  const { logger, metrics, privacy, ...rest } = config;
  return hideAll({
    ...rest,
    privacy: printPrivacy(privacy),
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
  }) as Record<string, unknown>;
}
