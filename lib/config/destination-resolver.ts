import { resolve } from 'node:path';
import type { DestinationSettings, Transport } from '../pipeline/settings.js';
import { resolveCommon } from './common-settings.js';
import { ingestionEndpoint, trimConnectionString } from './connection-string.js';
import type { AzureMonitorDestinationOptions } from './preset-options.js';
import { isLoopback } from './endpoint.js';
import { holdKey } from './headers.js';
import type { DestinationOptions } from './options.js';
import type { CanLoad } from './otlp-transport.js';
import { resolveOtlpTransport } from './otlp-transport.js';
import { Picker } from './picker.js';
import { resolvePreset } from './preset-transport.js';
import type { MissingField, NamedOptions } from './preset-values.js';
import { findMissing, resolveValues } from './preset-values.js';
import { PRESETS, presetName } from './presets/known-presets.js';
import type { Preset } from './presets/preset.js';
import type { ContentSettings, PrivacyPort } from './privacy.js';
import type { Resolution } from './resolution.js';

/** One destination as it was given. */
export interface GivenDestination {
  readonly options: DestinationOptions;
  readonly index: number;
  readonly source: string;
  /** Others of its provider stand beside it. */
  readonly hasSiblings: boolean;
}

/** What is known to resolve all destinations. */
export interface ResolverContext {
  readonly settings: ContentSettings;
  readonly port: PrivacyPort | undefined;
  readonly canLoad: CanLoad;
}

/** A destination, and what its options lack. */
export interface Resolved {
  readonly destination: DestinationSettings;
  readonly picker: Picker;
  readonly missing: readonly MissingField[];
  /** A key travels with every request. */
  readonly hasKey: boolean;
}

interface Carried {
  readonly transport: Transport;
  readonly resourceAttributes?: Readonly<Record<string, string>>;
  readonly missing?: readonly MissingField[];
  readonly hasKey?: boolean;
}

function resolveAzure(picker: Picker, preset: Preset, options: AzureMonitorDestinationOptions): Carried {
  const values = resolveValues(picker, preset, options as unknown as NamedOptions);
  const connectionString = trimConnectionString(values['connectionString'] ?? '');
  return {
    transport: {
      kind: 'azure',
      connectionString,
      timeoutMs: picker.pick('timeoutMs', options.timeoutMs, [], 10_000),
    },
    missing: findMissing(preset, values, new URL(ingestionEndpoint(connectionString))),
  };
}

function carry(picker: Picker, options: DestinationOptions, canLoad: CanLoad): Carried {
  switch (options.provider) {
    case 'console':
      return { transport: { kind: 'console' } };
    case 'memory':
      return { transport: { kind: 'memory', maxSpans: picker.pick('maxSpans', options.maxSpans, [], 10_000) } };
    case 'file': {
      const path = resolve(picker.resolution.cwd, picker.pick('path', options.path, [], ''));
      return { transport: { kind: 'file', path } };
    }
    case 'custom': {
      const timeoutMs = picker.pick('timeoutMs', options.timeoutMs, [], 10_000);
      return { transport: { kind: 'custom', exporter: options.exporter, timeoutMs } };
    }
    case 'azure_monitor':
    case 'azure_ai':
      return resolveAzure(picker, PRESETS.azure_monitor, options);
    case 'otlp': {
      const transport = resolveOtlpTransport(picker, options, canLoad);
      return { transport, hasKey: 'headers' in transport && holdKey(transport.headers) };
    }
    default: {
      const preset = PRESETS[options.provider];
      const resolved = resolvePreset(picker, preset, preset.http, options);
      return { ...resolved, hasKey: resolved.hasKey || holdKey(resolved.transport.headers) };
    }
  }
}

/** The URL that spans of a destination go to, where they leave the process over the network. */
export function networkUrl({ transport }: DestinationSettings): string | undefined {
  if (transport.kind === 'http' || transport.kind === 'grpc') return transport.endpoint;
  return transport.kind === 'azure' ? ingestionEndpoint(transport.connectionString) : undefined;
}

/** Resolves one destination; problems go to the resolution, but for what is missing. */
export function resolveDestination(
  resolution: Resolution,
  { options, index, source, hasSiblings }: GivenDestination,
  { settings, port, canLoad }: ResolverContext,
): Resolved {
  const name = options.name ?? options.provider;
  const place = { path: ['destinations', index], title: ['destinations', name], source, hasSiblings };
  const picker = new Picker(resolution, place);
  const provider = presetName(options.provider);
  const { transport, resourceAttributes = {}, missing = [], hasKey = false } = carry(picker, options, canLoad);
  const url = networkUrl({ transport } as DestinationSettings);
  // Nobody knows how far away an exporter of somebody else's sends.
  const isNear = transport.kind !== 'custom' && (url === undefined || isLoopback(url));
  const common = resolveCommon(picker, options, { preset: PRESETS[provider], settings, port, isNear });
  return { destination: { name, provider, ...common, resourceAttributes, transport }, picker, missing, hasKey };
}
