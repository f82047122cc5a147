import type { Warning } from '../core/diagnostics.js';
import type { SpanwrightError } from '../core/errors.js';
import { isSpanwrightError } from '../core/errors.js';
import type { TracingOptions } from './options.js';
import { isKnownProvider, parseTracingConfig } from './parse-tracing.js';
import type { ParsedAzure, ParsedTracingConfig } from './parsed-tracing.js';
import { toOptions, toDestination } from './parsed-options.js';
import { ConfigError, printPath } from './problems.js';
import type { ResolvedConfig } from './resolve.js';
import { resolveConfig } from './resolve.js';

/** Options of `createTracing`. */
export interface ScopedTracingOptions extends Omit<TracingOptions, 'audit'> {
  /** Sends the spans here alone and not to the global destinations as well. Default false. */
  exclusive?: boolean;
}

/** Resolves options in the environment of the process; `isLenient` makes a missing key a warning. */
export type Resolve = (options: unknown, isLenient: boolean) => ResolvedConfig;

/** What a scoped tracing runs on. */
export interface ScopedConfig {
  readonly config: ResolvedConfig;
  readonly exclusive: boolean;
  /** Whether there is anything to start. */
  readonly enabled: boolean;
  /** Why there is not. */
  readonly reason: string | undefined;
  /** Who gets the spans, as warnings name it. */
  readonly provider: string;
  /** Said when it starts. */
  readonly warnings: readonly Warning[];
}

type Values = Readonly<Record<string, unknown>>;

const FIRST = 'destinations[0].';
const UNKNOWN = 'an unknown option';
const LIVE_METRICS =
  'Live Metrics come with @azure/monitor-opentelemetry, useAzureMonitor({ enableLiveMetrics: true }); leave the option out here';

function unknownOf(error: SpanwrightError, destination: Values): string[] {
  const problems = error instanceof ConfigError ? error.problems.filter(({ got }) => got === UNKNOWN) : [];
  const paths = new Set(problems.map(({ path }) => path));
  return Object.keys(destination).filter((key) => paths.has(printPath(['destinations', 0, key])));
}

function warnInactive(provider: string, error: SpanwrightError): Warning {
  const problems = error instanceof ConfigError ? error.problems : [];
  const what = problems.map(
    ({ path, got, expected }) => `${path.replace(FIRST, '')}: got ${got}, expected ${expected}`,
  );
  const hints = problems.flatMap(({ hint }) => hint ?? []);
  return {
    code: 'CONFIG_TRACING_INACTIVE',
    message: `tracing of "${provider}" is off: ${what.length === 0 ? error.message : what.join('; ')}`,
    hint: hints.length === 0 ? error.hint : [...new Set(hints)].join('; '),
    provider,
  };
}

function resolveOff(resolve: Resolve): ResolvedConfig {
  try {
    return resolve({ enabled: false }, true);
  } catch {
    // Nothing, whatever the environment holds.
    return resolveConfig({}, {}, '/');
  }
}

interface ScopedFacts {
  readonly exclusive?: boolean | undefined;
  readonly reason?: string;
  readonly warnings?: readonly Warning[];
}

function scopedOf(
  config: ResolvedConfig,
  { exclusive = false, reason, warnings = [] }: ScopedFacts = {},
): ScopedConfig {
  const { destinations, disabledBy } = config;
  // Metrics are of the process; on their own they give it nothing to do.
  const isIdle = destinations.length === 0;
  return {
    config,
    exclusive,
    enabled: config.enabled && !isIdle,
    reason: reason ?? disabledBy ?? (isIdle ? 'no destination' : undefined),
    provider: destinations.map(({ provider }) => provider).join(', '),
    warnings,
  };
}

class ParsedResolver {
  readonly #parsed: ParsedTracingConfig;
  readonly #resolve: Resolve;
  readonly #warnings: Warning[] = [];

  constructor(parsed: ParsedTracingConfig, resolve: Resolve) {
    this.#parsed = parsed;
    this.#resolve = resolve;
  }

  resolve(): ScopedConfig {
    const destination = toDestination(this.#parsed);
    try {
      return this.#configured(this.#resolveWithout(destination));
    } catch (error) {
      if (!isSpanwrightError(error)) throw error;
      return this.#inactive(error);
    }
  }

  #resolveWithout(destination: Values): ResolvedConfig {
    try {
      return this.#resolveAll(destination);
    } catch (error) {
      const unknown = isSpanwrightError(error) ? unknownOf(error, destination) : [];
      if (unknown.length === 0) throw error;
      this.#ignore(unknown, 'see the options of destinations for what there is');
      return this.#resolveAll(
        Object.fromEntries(Object.entries(destination).filter(([key]) => !unknown.includes(key))),
      );
    }
  }

  #resolveAll(destination: Values): ResolvedConfig {
    return this.#resolve(toOptions(this.#parsed, destination), true);
  }

  #ignore(options: readonly string[], hint: string): void {
    const { provider } = this.#parsed;
    const message = `${options.join(', ')} of "${provider}" has no effect`;
    this.#warnings.push({ code: 'CONFIG_OPTION_IGNORED', message, hint, provider });
  }

  // A vendor's other name is the one that the user knows.
  #configured(config: ResolvedConfig): ScopedConfig {
    const { exclusive } = this.#parsed;
    const provider: string = this.#parsed.provider;
    if ((this.#parsed as ParsedAzure).enableLiveMetrics) this.#ignore(['enableLiveMetrics'], LIVE_METRICS);
    const said = config.warnings.map((one) => ('provider' in one ? { ...one, provider } : one));
    const destinations = config.destinations.map((one) => ({ ...one, provider }));
    const warnings = config.enabled ? [...said, ...this.#warnings] : said;
    return scopedOf({ ...config, destinations }, { exclusive, warnings });
  }

  #inactive(error: SpanwrightError): ScopedConfig {
    const config = resolveOff(this.#resolve);
    const { provider } = this.#parsed;
    // Who switched tracing off by a variable has nothing to mend.
    if (/^[A-Z_]+$/.test(config.disabledBy ?? '')) return scopedOf(config);
    return scopedOf(config, {
      reason: `the configuration of "${provider}" is not complete`,
      warnings: [warnInactive(provider, error)],
    });
  }
}

function whyInert({ provider, enabled }: ParsedTracingConfig): string | undefined {
  if (provider === 'none') return 'no provider';
  if (!isKnownProvider(provider)) return 'its provider is not known';
  return enabled === false ? 'enabled: false' : undefined;
}

/**
 * Resolves what `createTracing` was given. What was parsed never throws: a key that is missing or a value that is not
 * allowed is a warning, and it stays inactive. Throws `CONFIG_INVALID` for options.
 */
export function resolveScoped(given: ScopedTracingOptions | ParsedTracingConfig, resolve: Resolve): ScopedConfig {
  const parsed = 'provider' in given ? parseTracingConfig(given) : undefined;
  if (parsed === undefined) {
    const { exclusive, ...options } = given as ScopedTracingOptions;
    const config = resolve(options, true);
    return scopedOf(config, { exclusive, warnings: config.warnings });
  }
  const reason = whyInert(parsed);
  return reason === undefined
    ? new ParsedResolver(parsed, resolve).resolve()
    : scopedOf(resolveOff(resolve), { reason });
}
