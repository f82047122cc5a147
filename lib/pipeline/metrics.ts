import { metrics } from '@opentelemetry/api';
import type * as Exporters from '@opentelemetry/exporter-metrics-otlp-http';
import type * as SdkMetrics from '@opentelemetry/sdk-metrics';
import { deadline } from '../core/clock.js';
import type { MetricsSwitch } from '../core/state.js';
import { state } from '../core/state.js';
import { warnMissing } from './create.js';
import type { FinishedSpan } from './finished-span.js';
import { registered } from './globals.js';
import type { MeasuredDestination } from './health-metrics.js';
import { DELIVERY_SCOPE, observeHealth } from './health-metrics.js';
import { sayRefused } from './host-warnings.js';
import { observeLedger } from './ledger-metrics.js';
import { MetricsExporter } from './metrics-exporter.js';
import type { OtlpSettings } from './otlp-exporter.js';
import { createExporter } from './otlp-exporter.js';
import type { Sdk } from './sdk.js';
import { loadPackage, MissingPackage } from './sdk.js';

/** What exports metrics, with every default filled in. */
export interface MetricsSettings extends OtlpSettings {
  /** Time between two exports. */
  readonly intervalMs: number;
}

/** Metrics that were started, or why they were not. */
export type StartedMetrics = { readonly metrics: Metrics } | { readonly reason: string };

interface Own {
  readonly provider: SdkMetrics.MeterProvider;
  readonly exporter: MetricsExporter;
}

const SDK_PACKAGE = '@opentelemetry/sdk-metrics';
const EXPORTERS = {
  protobuf: '@opentelemetry/exporter-metrics-otlp-proto',
  json: '@opentelemetry/exporter-metrics-otlp-http',
} as const;

interface Packages {
  readonly metricsSdk: typeof SdkMetrics;
  readonly exporters: typeof Exporters;
}

// Names both where both are missing, so that one command mends it.
function loadPackages(encoding: OtlpSettings['encoding']): Packages {
  const missing: MissingPackage[] = [];
  const [metricsSdk, exporters] = [SDK_PACKAGE, EXPORTERS[encoding]].map((name) => {
    try {
      return loadPackage(name);
    } catch (error) {
      if (!(error instanceof MissingPackage)) throw error;
      missing.push(error);
      return undefined;
    }
  });
  const names = missing.flatMap(({ packages }) => packages);
  if (names.length > 0) throw new MissingPackage(names, missing[0]);
  return { metricsSdk, exporters } as Packages;
}

function createOwn(settings: MetricsSettings, sdk: Sdk, resource: FinishedSpan['resource']): Own {
  const { metricsSdk, exporters } = loadPackages(settings.encoding);
  // The reader refuses an export that may take longer than the time between two.
  const timeoutMs = Math.min(settings.timeoutMs, settings.intervalMs);
  const exporter = new MetricsExporter(createExporter(exporters.OTLPMetricExporter, { ...settings, timeoutMs }), sdk);
  const reader = new metricsSdk.PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis: settings.intervalMs,
    exportTimeoutMillis: timeoutMs,
  });
  return { provider: new metricsSdk.MeterProvider({ resource: resource as never, readers: [reader] }), exporter };
}

async function within(deadlineMs: number, work: Promise<void>): Promise<boolean> {
  const limit = deadline(deadlineMs);
  const isDone = work.then(
    () => true,
    () => false,
  );
  const inTime = await Promise.race([isDone, limit.passed.then(() => false)]);
  limit.cancel();
  return inTime;
}

/**
 * The metrics of one configuration: with a meter provider of ours, or with that of the application, which it flushes and
 * shuts down itself. States: measuring → stopped → closed; what was measured until then is still sent by `close`.
 */
export class Metrics {
  readonly #own: Own | undefined;
  readonly #switch: MetricsSwitch;
  readonly #stopObserving: () => void;
  #closing: Promise<boolean> | undefined;

  constructor(own: Own | undefined, destinations: readonly MeasuredDestination[]) {
    this.#own = own;
    this.#switch = { provider: own?.provider, hasNews: false };
    state.metrics = this.#switch;
    const meter = (own?.provider ?? metrics).getMeter(DELIVERY_SCOPE);
    const undo = [observeHealth(meter, destinations), observeLedger(meter)];
    this.#stopObserving = (): void => undo.forEach((step) => step());
  }

  /** True when the application's own meter provider is used. */
  get isHosted(): boolean {
    return this.#own === undefined;
  }

  /** What a flush would still have to deliver: 1 when something was measured since the last one. */
  get unfinished(): number {
    return this.#own !== undefined && this.#switch.hasNews ? 1 : 0;
  }

  /** Sends what was measured, within the deadline; tells whether it arrived. Never rejects. */
  async flush(deadlineMs: number): Promise<boolean> {
    if (this.#own === undefined || this.#closing !== undefined) return this.#closing ?? true;
    const { provider, exporter } = this.#own;
    this.#switch.hasNews = false;
    return (await within(deadlineMs, provider.forceFlush())) && !exporter.isBehind;
  }

  /** Takes the registration back; calls that end from now on are not measured. */
  stop(): void {
    // Those of a provider of ours are read once more when it ends.
    if (this.#own === undefined) this.#stopObserving();
    if (this.#own !== undefined && registered('metrics') === this.#own.provider) metrics.disable();
    // A later configuration may have taken over.
    if (state.metrics === this.#switch) state.metrics = undefined;
  }

  /** Sends what was measured and ends the provider, within the deadline; tells whether all arrived. Never rejects. */
  close(deadlineMs: number): Promise<boolean> {
    this.#closing ??= this.#close(deadlineMs);
    return this.#closing;
  }

  async #close(deadlineMs: number): Promise<boolean> {
    if (this.#own === undefined) return true;
    const { provider, exporter } = this.#own;
    return (await within(deadlineMs, provider.shutdown())) && !exporter.isBehind;
  }
}

/**
 * Switches metrics on: through a meter provider that the application registered before, else through one of ours, which
 * is registered in place of that of a former configuration. A missing package is said, and then they are off.
 */
export function startMetrics(
  settings: MetricsSettings,
  sdk: Sdk,
  createResource: () => FinishedSpan['resource'],
  destinations: readonly MeasuredDestination[],
): StartedMetrics {
  const present = registered('metrics');
  const isOurs = present === state.metrics?.provider;
  if (present !== undefined && !isOurs) return { metrics: new Metrics(undefined, destinations) };
  try {
    const own = createOwn(settings, sdk, createResource());
    if (present !== undefined) metrics.disable();
    if (metrics.setGlobalMeterProvider(own.provider)) return { metrics: new Metrics(own, destinations) };
    void own.provider.shutdown();
    sayRefused('meter provider');
    return { reason: 'another copy of @opentelemetry/api refuses it' };
  } catch (error) {
    if (!(error instanceof MissingPackage)) throw error;
    warnMissing(error, 'the export of metrics');
    return { reason: 'a package is missing' };
  }
}
