import { metrics } from '@opentelemetry/api';
import type { DataPoint, Histogram, MetricData } from '@opentelemetry/sdk-metrics';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';

/** One point of a metric: `value` of a counter, the others of a histogram. */
export interface MeasuredPoint {
  readonly attributes: Record<string, unknown>;
  readonly value?: number;
  readonly count?: number;
  readonly sum?: number;
  readonly bounds?: readonly number[];
}

function pointOf({ attributes, value }: DataPoint<number | Histogram>): MeasuredPoint {
  if (typeof value === 'number') return { attributes, value };
  return { attributes, count: value.count, sum: value.sum ?? 0, bounds: value.buckets.boundaries };
}

/** A meter provider as an application registers it: of the SDK, read from memory. */
export class Measured {
  readonly #exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  readonly #provider = new MeterProvider({
    readers: [new PeriodicExportingMetricReader({ exporter: this.#exporter })],
  });

  constructor() {
    metrics.setGlobalMeterProvider(this.#provider);
  }

  /** Everything that was measured so far, by the metric's name. */
  async all(): Promise<ReadonlyMap<string, MetricData>> {
    await this.#provider.forceFlush();
    const found =
      this.#exporter
        .getMetrics()
        .at(-1)
        ?.scopeMetrics.filter(({ scope }) => scope.name === 'spanwright')
        .flatMap(({ metrics: ofCalls }) => ofCalls) ?? [];
    return new Map(found.map((metric) => [metric.descriptor.name, metric]));
  }

  /** The points of one metric; none where nothing was measured. */
  async points(name: string): Promise<MeasuredPoint[]> {
    const metric = (await this.all()).get(name);
    const points: readonly DataPoint<unknown>[] = metric?.dataPoints ?? [];
    return points.map((point) => pointOf(point as DataPoint<number | Histogram>));
  }

  /** The points of one metric: attributes and value, or attributes, count and sum. */
  async values(name: string): Promise<unknown[]> {
    return (await this.points(name)).map(({ attributes, value, count, sum }) =>
      value === undefined ? [attributes, count, sum] : [attributes, value],
    );
  }

  async stop(): Promise<void> {
    metrics.disable();
    await this.#provider.shutdown();
  }
}
