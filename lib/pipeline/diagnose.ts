import type { Warning } from '../core/diagnostics.js';
import { findMismatch } from '../core/host-check.js';
import { hideText } from '../core/hide-text.js';
import { state } from '../core/state.js';
import type { Engine } from './engine.js';
import { registered, registeredProvider, registeredVersion } from './globals.js';
import type { Tracing } from './handle.js';
import { nameOf } from './host.js';
import { closedProvider, unfitApi } from './host-warnings.js';
import { loadedApis } from './registration-watch.js';
import type { DestinationHealth } from './report.js';
import { loadSdk, MissingPackage, versionOf } from './sdk.js';

/** One thing that keeps spans from where they should be, and what to do about it. */
export interface Finding {
  /** A code of `docs/reference/errors.md`. */
  readonly code: string;
  /** `error`: spans do not arrive, or not in one tree; `warning`: something is left out or at risk. */
  readonly level: 'error' | 'warning';
  readonly message: string;
  readonly hint: string;
}

/** What stands around the library at this moment. */
export interface Surroundings {
  /** Version of Node. */
  readonly node: string;
  /** Version of the `@opentelemetry/api` that registered first; absent where nothing is registered. */
  readonly api?: string;
  /** Instances of the API in this process; from 1.10 on `require` and `import` get one each. */
  readonly apiInstances: number;
  /** Version of the SDK of traces; absent where it is not installed. */
  readonly sdk?: string;
  /** Whose tracer provider is registered: `none`, `spanwright`, or the class of the application's. */
  readonly provider: string;
  readonly hasContextManager: boolean;
  readonly hasPropagator: boolean;
  /** Whether `configureTracing` is on, inside the application's own provider, or off. */
  readonly tracing: 'on' | 'hosted' | 'off';
}

/** What `diagnose` found. */
export interface Diagnosis {
  /** True when no finding is an error. */
  readonly ok: boolean;
  /** Errors first. */
  readonly findings: readonly Finding[];
  readonly surroundings: Surroundings;
}

function asFinding(level: Finding['level'], warning: Warning | undefined): Finding[] {
  if (warning === undefined) return [];
  const { code, message, hint = '' } = warning;
  return [{ code, level, message: hideText(message), hint }];
}

function findSdk(): { readonly sdk?: ReturnType<typeof loadSdk>; readonly findings: readonly Finding[] } {
  try {
    const sdk = loadSdk();
    return { sdk, findings: asFinding('error', unfitApi(sdk)) };
  } catch (error) {
    if (!(error instanceof MissingPackage)) throw error;
    const warning = { code: 'HOST_SDK_MISSING', message: `no spans are made: ${error.message}`, hint: error.hint };
    return { findings: asFinding('error', warning) };
  }
}

function findHost(engine: Engine | undefined): Finding[] {
  if (engine?.isLeftOut !== true) return [];
  return asFinding('error', closedProvider(registeredProvider()));
}

// Nobody can see afterwards that there was one: what was said of it is what is known.
function findSecond(): Finding[] {
  const said = [...state.warned].map((key) => key.split('\n')).filter(([code]) => code === 'HOST_PROVIDER_SECOND');
  return said.flatMap(([code = '', name = '']) =>
    asFinding('warning', {
      code,
      message: `a second tracer provider (${name}) was registered after configureTracing()`,
      hint: 'register it before configureTracing(), or give it `createSpanProcessor(options)` instead',
    }),
  );
}

function findDown(name: string, { lastError, breaker, dropped, queued }: DestinationHealth): Finding[] {
  const lost = Object.entries(dropped).map(([reason, count]) => `${count} ${reason}`);
  if (lastError === undefined && lost.length === 0) return [];
  const still = breaker === 'closed' ? '' : `, breaker ${breaker}`;
  const drops = lost.length === 0 ? 'none' : lost.join(', ');
  return asFinding(lastError === undefined ? 'warning' : 'error', {
    code: lastError === undefined ? 'EXPORT_QUEUE_FULL' : 'EXPORT_FAILED',
    message: `destination "${name}": ${lastError ?? 'takes spans'}${still}; dropped: ${drops}; queued: ${queued}`,
    hint:
      lastError === undefined ? 'raise maxQueue or maxBytes, or lower sampling.ratio' : 'check endpoint and key of it',
  });
}

function findInTracing(tracing: Tracing | undefined): Finding[] {
  if (tracing === undefined) return [];
  const { state: on, reason, skipped } = tracing.status();
  const left = skipped.flatMap(({ name, reason: why }) =>
    asFinding('warning', {
      code: 'CONFIG_DESTINATION_SKIPPED',
      message: `"${name}" is left out: ${why}`,
      hint: 'status().skipped lists what is left out and why',
    }),
  );
  if (on === 'off') {
    const message = `tracing is off: ${reason ?? 'nothing is configured'}`;
    return [...asFinding('warning', { code: 'TRACING_OFF', message, hint: 'configure a destination' }), ...left];
  }
  const destinations = Object.entries(tracing.health().destinations);
  return [...left, ...destinations.flatMap(([name, health]) => findDown(name, health))];
}

function providerName(engine: Engine | undefined): string {
  const provider = registeredProvider();
  if (provider === undefined) return 'none';
  return engine?.isHosted === false ? 'spanwright' : nameOf(provider);
}

/**
 * Looks at what keeps spans from arriving: packages that are missing or do not go together, a second copy of the API, a
 * provider that lets nobody in, a context manager that is not there, destinations that are down or left out. Loads the
 * SDK, changes nothing and sends nothing. Never throws for what it finds.
 */
export function diagnose(): Diagnosis {
  const engine = state.engine as Engine | undefined;
  const tracing = state.tracing as Tracing | undefined;
  const { sdk, findings } = findSdk();
  const all = [
    ...findings,
    ...asFinding('error', findMismatch()),
    ...findHost(engine),
    ...findSecond(),
    ...findInTracing(tracing),
  ];
  const version = sdk && versionOf(sdk.resources);
  const api = registeredVersion();
  return {
    ok: all.every(({ level }) => level !== 'error'),
    findings: all.toSorted((a, b) => a.level.localeCompare(b.level)),
    surroundings: {
      node: process.versions.node,
      ...(api === undefined ? {} : { api }),
      apiInstances: loadedApis().length,
      ...(version === undefined ? {} : { sdk: version }),
      provider: providerName(engine),
      hasContextManager: registered('context') !== undefined,
      hasPropagator: registered('propagation') !== undefined,
      tracing: tracing?.status().state ?? 'off',
    },
  };
}
