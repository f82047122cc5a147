import type { Tracer } from '@opentelemetry/api';
import { trace } from '@opentelemetry/api';
import { watchOutgoing } from './audit/outgoing.js';
import { abandonWaitingCalls } from './calls/live.js';
import type { TracingOptions } from './config/options.js';
import type { ParsedTracingConfig } from './config/parsed-tracing.js';
import type { ScopedTracingOptions } from './config/scoped-options.js';
import { resolveScoped } from './config/scoped-options.js';
import { describePrivacy } from './config/describe-privacy.js';
import { printConfig } from './config/print.js';
import type { PrivacyPort } from './config/privacy.js';
import type { ResolvedConfig } from './config/resolve.js';
import { resolveConfig } from './config/resolve.js';
import { warnOnce } from './core/diagnostics.js';
import { isInstalled } from './core/installed.js';
import { state } from './core/state.js';
import { loadPackagedPrices } from './genai/packaged-prices.js';
import type { PriceTable } from './genai/pricing.js';
import { createPriceTable } from './genai/pricing.js';
import { createPipeline } from './pipeline/create.js';
import type { Health, HostSpanProcessor, ScopedTracing } from './pipeline/handle.js';
import { HostProcessor, hostPipelines } from './pipeline/host-processor.js';
import { ScopedSession } from './pipeline/scoped-session.js';
import type { SessionFacts } from './pipeline/session.js';
import { NO_PRIVACY, Session } from './pipeline/session.js';
import { hideAlsoBy } from './privacy/at-once.js';
import { privacyParts } from './privacy/known-parts.js';
import { lazyPrivacy } from './privacy/lazy-privacy.js';
import type { Privacy } from './privacy/privacy.js';
import type { ProcessTracing } from './start/process-session.js';
import { ProcessLedger } from './start/process-ledger.js';
import { ProcessSession } from './start/process-session.js';
import { buildPipeline, gateOf, ofScope, run, tryEngine } from './start/run-pipeline.js';
import { combineVotes, CONTENT_SWITCHES, readContentVotes } from './privacy/switches.js';

// Who holds the rules of `configureTracing`: each configuration in place of the former.
const MAIN = 'configureTracing';

const PRIVACY_PORT: PrivacyPort = {
  switches: CONTENT_SWITCHES,
  readVotes: readContentVotes,
  combineVotes,
  parts: privacyParts,
};

function resolveOptions(options: unknown, isLenient = false, isOfProcess = false): ResolvedConfig {
  return resolveConfig(options, undefined, undefined, PRIVACY_PORT, { canLoad: isInstalled, isLenient, isOfProcess });
}

function factsOf(config: ResolvedConfig, privacy: Privacy, reason: string | undefined): SessionFacts {
  return {
    reason,
    skipped: config.skipped,
    describe: () => printConfig(config),
    privacy: () => describePrivacy(config, privacy),
  };
}

function tableOf(prices: ResolvedConfig['prices']): PriceTable | undefined {
  if (prices === undefined) return undefined;
  return prices === 'genai-prices' ? loadPackagedPrices() : createPriceTable(prices.version, prices.models);
}

function applySettings(config: ResolvedConfig): void {
  state.logger = config.logger;
  // What another configuration asked for ends with it, whatever this one does.
  state.putContentOnSpan = undefined;
  state.exceptionSignal = config.exceptionSignal;
  state.maxCaptureBytes = config.maxCaptureBytes;
  state.prices = tableOf(config.prices);
  for (const warning of config.warnings) warnOnce(warning, warning.message);
}

/**
 * Starts tracing for the process and returns its handle, synchronously. Called again it swaps the configuration behind
 * the same provider: tracers obtained before keep working, calls in flight are kept, the former destinations are drained.
 * A provider that the application registers, before or after, is joined. Off without a destination and without metrics; `enabled: true` alone prints to the console. A missing SDK package is a warning with the
 * install command, and the program goes on untraced.
 *
 * With `audit` it opens a ledger, which is independent of all of that.
 *
 * @throws `CONFIG_INVALID` with every problem of options, environment and file; `CONFIG_FILE_UNREADABLE`;
 * `AUDIT_LEDGER_REFUSED`, `AUDIT_LEDGER_MISSING`: then nothing was configured.
 * @example
 * const tracing = configureTracing({ serviceName: 'tickets', destinations: [{ provider: 'console' }] });
 * await tracing.shutdown();
 */
export function configureTracing(options: TracingOptions = {}): ProcessTracing {
  const config = resolveOptions(options, false, true);
  // Before anything else: where it is refused, what was configured before stays as it is.
  const ledger = new ProcessLedger(config.audit);
  try {
    return start(config, ledger);
  } catch (error) {
    ledger.discard();
    throw error;
  }
}

function start(config: ResolvedConfig, ledger: ProcessLedger): ProcessTracing {
  const privacy = lazyPrivacy(config.privacy.rules);
  applySettings(config);
  const stopHiding = hideAlsoBy(MAIN, privacy);
  const former = state.tracing as Session | undefined;
  const running = config.enabled ? run(config, privacy, stopHiding) : undefined;
  const reason = config.enabled && running === undefined ? 'a package is missing' : config.disabledBy;
  ledger.install();
  const stopWatching = running === undefined && ledger.ledger === undefined ? undefined : watchOutgoing();
  const session = new ProcessSession(factsOf(config, privacy, reason), running, ledger, stopWatching);
  state.tracing = session;
  retire(former);
  return session;
}

// Of another version of the package there is no more than the handle.
function retire(former: Session | undefined): void {
  if (former instanceof ProcessSession) former.retire();
  else void former?.shutdown();
}

/**
 * Makes a tracing of its own, for a class with its own backend. Give it to decorators as `tracing`; calls below inherit it.
 * Its spans go to the global destinations as well, under one trace id; `exclusive: true` sends them here alone.
 * Takes options, or what `parseTracingConfig` made: then nothing is thrown, a missing package or key is one warning with
 * `provider` and `hint` at `start()`, and the service goes on untraced.
 *
 * @throws `CONFIG_INVALID` for options.
 */
export function createTracing(options: ScopedTracingOptions | ParsedTracingConfig = {}): ScopedTracing {
  const { config, reason, ...scoped } = resolveScoped(options, resolveOptions);
  const privacy = lazyPrivacy(config.privacy.rules);
  return new ScopedSession(factsOf(config, privacy, reason), {
    ...scoped,
    ratio: config.sampling.ratio,
    end: abandonWaitingCalls,
    findEngine: () => tryEngine('this tracing', scoped.provider),
    createPipeline: (engine, scope) =>
      buildPipeline(ofScope(config), engine, privacy, { scope, onClose: hideAlsoBy({}, privacy) }),
  });
}

/**
 * Makes a span processor for a provider that the application owns:
 * `new NodeTracerProvider({ spanProcessors: [createSpanProcessor(options)] })`. The provider's sampler, limits and
 * resource stay in force, and its shutdown is the processor's; without the packages of the exporters it does nothing and
 * says so.
 *
 * @throws `CONFIG_INVALID`.
 */
export function createSpanProcessor(options: Omit<TracingOptions, 'audit'> = {}): HostSpanProcessor {
  const config = resolveOptions(options);
  const privacy = lazyPrivacy(config.privacy.rules);
  applySettings(config);
  const engine = config.enabled ? tryEngine('this span processor') : undefined;
  if (engine === undefined) return new HostProcessor(undefined);
  const onClose = hideAlsoBy({}, privacy);
  const pipeline = createPipeline(config.destinations, engine.sdk, undefined, { ...gateOf(config, privacy), onClose });
  state.putContentOnSpan = pipeline.putContent;
  return new HostProcessor(pipeline, abandonWaitingCalls);
}

const INERT = new ProcessSession(
  {
    reason: 'configureTracing was not called',
    skipped: [],
    describe: () => ({}),
    privacy: () => NO_PRIVACY,
  },
  undefined,
  new ProcessLedger(undefined),
);

/** The handle of the latest `configureTracing`; an inert one before the first. Never throws. */
export function getTracing(): ProcessTracing {
  return (state.tracing as ProcessTracing | undefined) ?? INERT;
}

/** A tracer for spans made by hand; works before `configureTracing` and never throws. */
export function getTracer(name = 'spanwright', version?: string): Tracer {
  return trace.getTracer(name, version);
}

/** The health of the latest `configureTracing`, and of what `createSpanProcessor` sends to. Never throws. */
export function health(): Health {
  const tracing = getTracing();
  // Another copy of the package may have made it.
  return tracing instanceof Session ? tracing.healthBeside(hostPipelines()) : tracing.health();
}
