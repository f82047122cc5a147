import { resolve } from 'node:path';
import type { Warning } from '../core/diagnostics.js';
import type { Logger } from '../core/logger.js';
import type { ExceptionSignal } from '../core/state.js';
import type { MetricsSettings } from '../pipeline/metrics.js';
import type { SamplingRule } from '../pipeline/sampler.js';
import type { ResolvedAudit } from './audit.js';
import { refuseAudit, resolveAudit } from './audit.js';
import type { CheckedOptions } from './check.js';
import { checkOptions } from './check.js';
import { readConfigFile } from './config-file.js';
import type { ResolvedDestination, SkippedDestination, UnusedVariable } from './destinations.js';
import { resolveDestinations } from './destinations.js';
import type { Identity } from './identity.js';
import { resolveIdentity } from './identity.js';
import { resolveMetrics } from './metrics.js';
import type { PriceList } from './options.js';
import type { CanLoad } from './otlp-transport.js';
import type { ContentSettings, PrivacyPort, ResolvedPrivacy } from './privacy.js';
import { resolvePrivacy } from './privacy.js';
import { ConfigError } from './problems.js';
import { Resolution } from './resolution.js';
import { resolveSampling } from './sampling.js';
import { findCi, findKillSwitch, readExceptionSignal } from './switches.js';

export type { ResolvedDestination, SkippedDestination, UnusedVariable } from './destinations.js';

/** A configuration with every default filled in. Holds secrets: print it with `printConfig` only. */
export interface ResolvedConfig extends Identity {
  readonly enabled: boolean;
  /** A variable, `enabled: false` or `no destination`; absent when enabled. */
  readonly disabledBy?: string;
  readonly sampling: SamplingRule;
  readonly exceptionSignal: ExceptionSignal;
  readonly maxCaptureBytes: number;
  readonly privacy: ResolvedPrivacy;
  readonly prices?: 'genai-prices' | PriceList;
  /** What exports metrics; absent while they are off. */
  readonly metrics?: MetricsSettings;
  readonly logger?: Logger;
  /** Where audited calls are recorded, whatever `enabled` says; absent where nothing says so. */
  readonly audit?: ResolvedAudit;
  /** The file that was read, absolute. */
  readonly configFile?: string;
  readonly destinations: readonly ResolvedDestination[];
  readonly skipped: readonly SkippedDestination[];
  /** Variables of vendors that are set and fill in nothing; names, never values. */
  readonly unused: readonly UnusedVariable[];
  /** Bytes that the queues of all destinations hold together. */
  readonly maxBytes: number;
  /** `stderr`, or the absolute path of the file that takes what nobody else would say. */
  readonly lastResort: string;
  readonly warnings: readonly Warning[];
  /** Path to `default`, `preset`, `file`, `code`, `package.json`, `endpoint` (credentials in it) or the name of a variable. */
  readonly sources: Readonly<Record<string, string>>;
}

// The folder a process was started in may be gone.
function currentFolder(): string {
  try {
    return process.cwd();
  } catch {
    return '/';
  }
}

/** A variable that is wrong stops nobody who switched tracing off: a kill switch must work in any environment. */
function softenVariables(resolution: Resolution): void {
  for (const { source, got, expected } of resolution.variableProblems) {
    resolution.warnings.push({
      code: 'CONFIG_VARIABLE_IGNORED',
      message: `${source} is not allowed: got ${got}, expected ${expected}`,
      hint: 'tracing is switched off; this stops it once it is on',
    });
  }
}

function pick<K extends 'enabled' | 'logger' | 'maxCaptureBytes' | 'prices' | 'maxBytes' | 'lastResort'>(
  resolution: Resolution,
  key: K,
  code: CheckedOptions,
  file: CheckedOptions,
): CheckedOptions[K] {
  return resolution.pick<NonNullable<CheckedOptions[K]>>(
    [key],
    [
      ['code', () => code[key] ?? undefined],
      ['file', () => file[key] ?? undefined],
    ],
  );
}

function resolveLastResort(resolution: Resolution, code: CheckedOptions, file: CheckedOptions): string {
  const given = pick(resolution, 'lastResort', code, file)?.trim();
  return given === undefined || given === 'stderr' ? 'stderr' : resolve(resolution.cwd, given);
}

function whyIdle(skipped: readonly SkippedDestination[], ci: string | undefined): string {
  if (ci !== undefined && skipped.some(({ reason }) => reason === 'ci')) return ci;
  return skipped.length > 0 ? 'no key' : 'no destination';
}

function privacyOf({ votes: _votes, ...privacy }: ContentSettings): ResolvedPrivacy {
  return privacy;
}

/** What the one who wires the parts together knows. */
export interface ResolveOptions {
  /** Tells whether an optional package is installed. Default none is. */
  readonly canLoad?: CanLoad;
  /** Leaves a destination without its key out with a warning, as those that only the environment names. */
  readonly isLenient?: boolean;
  /** Whether the configuration is that of the process, which alone has a ledger. Default true. */
  readonly isOfProcess?: boolean;
}

/**
 * Resolves a configuration: defaults < file < environment < code; every value remembers its source.
 * Throws one `ConfigError` that lists every problem: `CONFIG_INVALID`, or `CONFIG_FILE_UNREADABLE` when the file is
 * among them.
 */
export function resolveConfig(
  options: unknown,
  env: NodeJS.ProcessEnv = process.env,
  cwd: string = currentFolder(),
  port?: PrivacyPort,
  { canLoad = (): boolean => false, isLenient = false, isOfProcess = true }: ResolveOptions = {},
): ResolvedConfig {
  const resolution = new Resolution(env, cwd);
  const { problems, warnings, sources } = resolution;
  const code = checkOptions(options, { kind: 'code', label: 'code' }, problems);
  const { options: file, path: configFile, failure } = readConfigFile(resolution, code);

  const wanted = pick(resolution, 'enabled', code, file);
  const killSwitch = findKillSwitch(resolution);
  const off = killSwitch ?? (wanted === false ? 'enabled: false' : undefined);
  const identity = resolveIdentity(resolution, code, file);
  const sampling = resolveSampling(resolution, code, file);
  const ci = findCi(resolution);
  const settings = resolvePrivacy(resolution, code, file, port);
  const sourcesOfAll = { isOn: wanted === true, ci, settings, port, canLoad, isLenient };
  const { destinations, ...left } = resolveDestinations(resolution, code, file, sourcesOfAll);
  const { metrics, ...unmeasured } = resolveMetrics(resolution, code, file, ci);
  const skipped = [...left.skipped, ...unmeasured.skipped];
  const isIdle = destinations.length === 0 && metrics === undefined;
  const disabledBy = off ?? (isIdle ? whyIdle(skipped, ci) : undefined);
  const exceptionSignal = readExceptionSignal(resolution);
  const logger = pick(resolution, 'logger', code, file);
  const prices = pick(resolution, 'prices', code, file);
  const audit = isOfProcess ? resolveAudit(resolution, code, file) : refuseAudit(resolution, code);
  const maxCaptureBytes = resolution.pickOr(
    ['maxCaptureBytes'],
    [
      ['code', () => code.maxCaptureBytes],
      ['file', () => file.maxCaptureBytes],
    ],
    1_048_576,
  );
  sources['enabled'] = killSwitch ?? sources['enabled'] ?? 'default';

  if (off !== undefined) softenVariables(resolution);
  const all = off === undefined ? [...problems, ...resolution.variableProblems] : problems;
  if (failure !== undefined) throw new ConfigError(all, 'CONFIG_FILE_UNREADABLE', failure.cause);
  if (all.length > 0) throw new ConfigError(all, 'CONFIG_INVALID');
  return {
    enabled: disabledBy === undefined,
    ...(disabledBy === undefined ? {} : { disabledBy }),
    ...identity,
    sampling,
    exceptionSignal,
    maxCaptureBytes,
    privacy: privacyOf(settings),
    ...(prices === undefined ? {} : { prices }),
    ...(metrics === undefined || off !== undefined ? {} : { metrics }),
    ...(logger === undefined ? {} : { logger }),
    ...(audit === undefined ? {} : { audit }),
    ...(configFile === undefined ? {} : { configFile }),
    destinations,
    skipped,
    unused: left.unused,
    maxBytes: pick(resolution, 'maxBytes', code, file) ?? 41_943_040,
    lastResort: resolveLastResort(resolution, code, file),
    warnings,
    sources,
  };
}
