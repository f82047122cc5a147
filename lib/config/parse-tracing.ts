import { warnOnce } from '../core/diagnostics.js';
import { LooseFields } from './loose-fields.js';
import type { ParsedCommon, ParsedTracingConfig } from './parsed-tracing.js';
import { isParsed, markParsed } from './parsed-tracing.js';
import { PROVIDERS } from './presets/known-presets.js';
import { printKind, printValue } from './problems.js';
import { Resolution } from './resolution.js';
import { nearestName } from './suggest.js';

const AZURE: ReadonlySet<string> = new Set(['azure_ai', 'azure_monitor']);
const KNOWN: readonly string[] = PROVIDERS;
const LANGFUSE_HOST = 'https://cloud.langfuse.com';
const CONNECTION_STRING = 'APPLICATIONINSIGHTS_CONNECTION_STRING';
// Read apart from what the destination is told.
const APART = new Set([
  'provider',
  'serviceName',
  'serviceVersion',
  'environment',
  'enabled',
  'exclusive',
  'sampling',
  'otlpEndpoint',
  'sampleRate',
]);

type Values = Record<string, unknown>;

/** Tells a provider that spans can go to. */
export function isKnownProvider(provider: string): boolean {
  return KNOWN.includes(provider);
}

// What does not look like a name may be a key that was given in its place.
function printProvider(provider: unknown): string {
  const isName = typeof provider === 'string' && /^[a-z][\w.-]{0,39}$/i.test(provider);
  return isName ? printValue(provider) : printKind(provider);
}

function sayUnknown(name: string, got: string): void {
  const near = nearestName(name, KNOWN);
  warnOnce(
    {
      code: 'CONFIG_PROVIDER_UNKNOWN',
      message: `this tracing is inert: got ${got} as its provider, expected one of ${KNOWN.join(', ')}, none`,
      hint: near === undefined ? 'name a provider, or none' : `did you mean ${near}?`,
      provider: got,
    },
    got,
  );
}

function sampleRatioOf(fields: LooseFields): number | undefined {
  return LooseFields.of(fields.value('sampling'))?.ratio('ratio') ?? fields.ratio('sampleRate');
}

function commonOf(fields: LooseFields): ParsedCommon {
  const texts = ['serviceName', 'serviceVersion', 'environment'].map((name) => [name, fields.text(name)]);
  const flags = ['enabled', 'exclusive'].map((name) => [name, fields.flag(name)]);
  const ratio = sampleRatioOf(fields);
  const sampling = ratio === undefined ? undefined : Object.freeze({ ratio });
  const all = [...texts, ...flags, ['sampling', sampling]].filter(([, value]) => value !== undefined);
  return Object.fromEntries(all) as ParsedCommon;
}

/** The provider that is meant; an older design has an endpoint and no provider, or is `enabled` and prints. */
function providerOf(fields: LooseFields): string {
  const written = fields.value('provider');
  if (written !== undefined && written !== '') return typeof written === 'string' ? written : '';
  if (fields.text('otlpEndpoint') !== undefined) return 'otlp';
  return fields.flag('enabled') === true ? 'console' : 'none';
}

/** Everything that is written for the destination, as it is written. */
function ownOf(fields: LooseFields): Values {
  const names = fields.names.filter((name) => !APART.has(name));
  const own: Values = Object.fromEntries(names.map((name) => [name, fields.value(name)]));
  const endpoint = fields.text('endpoint') ?? fields.text('otlpEndpoint');
  const recording = fields.flag('enableContentRecording');
  if (endpoint !== undefined) own['endpoint'] = endpoint;
  if (recording !== undefined) own['enableContentRecording'] = recording;
  return own;
}

function destinationOf(provider: string, fields: LooseFields): Values {
  const own = ownOf(fields);
  if (provider === 'langfuse') return { ...own, host: fields.text('host') ?? LANGFUSE_HOST };
  if (!AZURE.has(provider)) return own;
  const resolution = new Resolution(process.env, '/');
  const connectionString = fields.text('connectionString') ?? resolution.variable(CONNECTION_STRING);
  delete own['connectionString'];
  return {
    ...own,
    ...(connectionString === undefined ? {} : { connectionString }),
    enableContentRecording: fields.flag('enableContentRecording') ?? true,
    enableLiveMetrics: fields.flag('enableLiveMetrics') ?? false,
  };
}

function parseFields(fields: LooseFields): ParsedTracingConfig {
  const written = providerOf(fields);
  const folded = written.trim().toLowerCase().replaceAll('-', '_');
  const known = KNOWN.find((one) => one === folded);
  if (known === undefined && folded !== 'none') sayUnknown(written, printProvider(fields.value('provider')));
  const provider = known ?? (folded === 'none' || folded === '' ? 'none' : written);
  const destination = known === undefined ? {} : destinationOf(known, fields);
  const parsed = { provider, ...commonOf(fields), ...destination };
  return Object.freeze(markParsed(parsed, fields.names)) as unknown as ParsedTracingConfig;
}

function parse(raw: unknown): ParsedTracingConfig {
  const fields = LooseFields.of(typeof raw === 'string' ? { provider: raw } : raw);
  if (fields !== undefined) return parseFields(fields);
  sayUnknown('', printKind(raw));
  return Object.freeze(markParsed({ provider: 'none' as const }, []));
}

/**
 * Reads the `tracing` option of a service, of any kind and from anywhere, for its constructor: lenient, frozen, starts
 * nothing, never throws. Keys in snake_case or camelCase; a provider's name alone will do. `createTracing` takes the
 * result.
 *
 * @returns `undefined` for `undefined` and `null`; without a provider `provider: 'none'`, which is inert; for `azure_ai`
 * the connection string, else `APPLICATIONINSIGHTS_CONNECTION_STRING`; for `langfuse` the keys and the host. A provider
 * that is not known keeps its name, is inert and is said once (`CONFIG_PROVIDER_UNKNOWN`).
 * @example
 * const parsed = parseTracingConfig({ provider: 'langfuse', public_key: 'pk-lf-1', secret_key: 'sk-lf-1' });
 * const tracing = createTracing(parsed).start();
 */
export function parseTracingConfig(raw: unknown): ParsedTracingConfig | undefined {
  if (raw === undefined || raw === null) return undefined;
  try {
    return isParsed(raw) && Object.isFrozen(raw) ? raw : parse(raw);
  } catch {
    // A proxy that throws when it is looked at.
    return parse(undefined);
  }
}
