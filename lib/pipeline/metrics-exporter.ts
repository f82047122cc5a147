import type { PushMetricExporter } from '@opentelemetry/sdk-metrics';
import { warn } from '../core/diagnostics.js';
import { hideText } from '../core/hide-text.js';
import type { Sdk } from './sdk.js';

type Export = PushMetricExporter['export'];

/** An exporter of metrics whose failures are said once and remembered. The SDK's reader calls it with tracing suppressed. */
export class MetricsExporter implements PushMetricExporter {
  readonly selectAggregation?: NonNullable<PushMetricExporter['selectAggregation']>;
  readonly selectAggregationTemporality?: NonNullable<PushMetricExporter['selectAggregationTemporality']>;
  readonly #inner: PushMetricExporter;
  readonly #core: Sdk['core'];
  #isFailing = false;
  #inFlight = 0;

  constructor(inner: PushMetricExporter, { core }: Sdk) {
    this.#inner = inner;
    this.#core = core;
    if (inner.selectAggregation !== undefined) this.selectAggregation = inner.selectAggregation.bind(inner);
    if (inner.selectAggregationTemporality !== undefined) {
      this.selectAggregationTemporality = inner.selectAggregationTemporality.bind(inner);
    }
  }

  /** True when the latest export failed, or is not over. */
  get isBehind(): boolean {
    return this.#isFailing || this.#inFlight > 0;
  }

  export(...[metrics, done]: Parameters<Export>): void {
    this.#inFlight++;
    this.#inner.export(metrics, (result) => {
      this.#inFlight--;
      this.#note(result.code === this.#core.ExportResultCode.SUCCESS, result.error);
      // The SDK's reader tells the application's logger what a server answered.
      const { error } = result;
      done(error === undefined ? result : { ...result, error: new Error(hideText(error.message)) });
    });
  }

  forceFlush(): Promise<void> {
    return this.#inner.forceFlush();
  }

  shutdown(): Promise<void> {
    return this.#inner.shutdown();
  }

  #note(isDelivered: boolean, error: Error | undefined): void {
    if (this.#isFailing === !isDelivered) return;
    this.#isFailing = !isDelivered;
    if (isDelivered) warn({ code: 'EXPORT_RECOVERED', message: 'the endpoint of metrics takes them again' });
    else {
      warn({
        code: 'EXPORT_FAILED',
        message: `the endpoint of metrics did not take them: ${error?.message ?? 'the exporter gave no reason'}`,
        hint: 'recovery is said once',
      });
    }
  }
}
