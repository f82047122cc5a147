import { hideText } from '../core/hide-text.js';
import type { OtlpSettings } from '../pipeline/otlp-exporter.js';
import type { SpanFilter, TlsSettings, Transport } from '../pipeline/settings.js';
import { printAudit } from './audit.js';
import type { ResolvedPrivacy } from './privacy.js';
import type { ResolvedConfig, ResolvedDestination } from './resolve.js';
import { MASK, isSecretName, maskText } from './secrets.js';

function printOtlp(settings: Pick<OtlpSettings, 'endpoint' | 'headers'>): Record<string, unknown> {
  const headers = Object.fromEntries(Object.keys(settings.headers).map((name) => [name, MASK]));
  return { ...settings, endpoint: maskText(settings.endpoint), headers };
}

function printTls({ key, ...rest }: TlsSettings): Record<string, unknown> {
  const certificates = Object.fromEntries(Object.keys(rest).map((name) => [name, 'given']));
  return key === undefined ? certificates : { ...certificates, key: MASK };
}

function printTransport(transport: Transport): Record<string, unknown> {
  switch (transport.kind) {
    case 'http': {
      const { proxy } = transport;
      const shown = proxy === undefined ? {} : { proxy: maskText(proxy) };
      return { ...printOtlp(transport), tls: printTls(transport.tls), ...shown };
    }
    case 'grpc':
      return { ...printOtlp(transport), tls: printTls(transport.tls) };
    case 'azure':
      return { ...transport, connectionString: MASK };
    case 'custom':
      return { ...transport, exporter: 'own' };
    default:
      return { ...transport };
  }
}

function printFilter({ keepNames, dropNames, dropWhere, ...rest }: SpanFilter): Record<string, unknown> {
  return {
    ...rest,
    ...(keepNames && { keepNames: keepNames.map(String) }),
    ...(dropNames && { dropNames: dropNames.map(String) }),
    ...(dropWhere && { dropWhere: dropWhere.map(printAttributes) }),
  };
}

function printDestination({ transport, filter, ...common }: ResolvedDestination): Record<string, unknown> {
  return { ...common, filter: printFilter(filter), transport: printTransport(transport) };
}

function printAttribute(name: string, value: unknown): unknown {
  if (isSecretName(name)) return MASK;
  if (Array.isArray(value)) return value.map((item) => printAttribute('', item));
  return typeof value === 'string' ? maskText(value) : value;
}

function printAttributes(attributes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, printAttribute(name, value)]));
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
  const { logger, metrics, privacy, audit, ...rest } = config;
  return hideAll({
    ...rest,
    privacy: printPrivacy(privacy),
    logger: logger === undefined ? 'default' : 'own',
    resource: printAttributes(config.resource),
    ...(audit === undefined ? {} : { audit: printAudit(audit) }),
    ...(metrics === undefined ? {} : { metrics: printOtlp(metrics) }),
    destinations: config.destinations.map((destination) => printDestination(destination)),
    skipped: config.skipped.map((one) => ({ ...one })),
    unused: config.unused.map((one) => ({ ...one })),
    warnings: config.warnings.map((one) => ({ ...one })),
    sources: { ...config.sources },
    sampling: { ...config.sampling },
  }) as Record<string, unknown>;
}
