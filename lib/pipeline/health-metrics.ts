import type {
  BatchObservableResult,
  Histogram,
  Meter,
  ObservableCounter,
  ObservableUpDownCounter,
} from '@opentelemetry/api';
import { perMeter, SECONDS_BUCKETS } from '../core/meter.js';
import { guarded } from '../core/guard.js';
import type { DestinationHealth } from './report.js';

/** The instrumentation scope of what is measured of delivery, apart from what calls measure. */
export const DELIVERY_SCOPE = 'spanwright.delivery';

/** What is measured of one destination. */
export interface MeasuredDestination {
  readonly name: string;
  readonly provider: string;
  /** Spans that may wait. */
  readonly maxQueue: number;
  readonly health: () => DestinationHealth;
}

// Names of the semantic conventions for the telemetry of SDKs (1.41, development), and ours where those have none.
interface Instruments {
  readonly accepted: ObservableCounter;
  readonly exported: ObservableCounter;
  readonly queued: ObservableUpDownCounter;
  readonly capacity: ObservableUpDownCounter;
  readonly bytes: ObservableUpDownCounter;
  readonly open: ObservableUpDownCounter;
}

function createInstruments(meter: Meter): Instruments {
  const spans = { unit: '{span}' };
  return {
    accepted: meter.createObservableCounter('spanwright.destination.accepted', {
      ...spans,
      description: 'Spans that a destination was given.',
    }),
    exported: meter.createObservableCounter('otel.sdk.exporter.span.exported', {
      ...spans,
      description: 'Spans that are done with: delivered, or lost for the reason in error.type.',
    }),
    queued: meter.createObservableUpDownCounter('otel.sdk.processor.span.queue.size', {
      ...spans,
      description: 'Spans that wait or are on their way.',
    }),
    capacity: meter.createObservableUpDownCounter('otel.sdk.processor.span.queue.capacity', {
      ...spans,
      description: 'Spans that may wait.',
    }),
    bytes: meter.createObservableUpDownCounter('spanwright.destination.queue.bytes', {
      unit: 'By',
      description: 'Memory that the spans of a queue hold, as an estimate.',
    }),
    open: meter.createObservableUpDownCounter('spanwright.destination.breaker.open', {
      unit: '1',
      description: '1 while a destination is not asked because it is down, else 0.',
    }),
  };
}

function attributesOf({ name, provider }: Pick<MeasuredDestination, 'name' | 'provider'>): Record<string, string> {
  return { 'otel.component.name': name, 'otel.component.type': `spanwright/${provider}` };
}

function observe(result: BatchObservableResult, made: Instruments, destination: MeasuredDestination): void {
  const attributes = attributesOf(destination);
  const { accepted, delivered, queued, queuedBytes, dropped, breaker } = destination.health();
  result.observe(made.accepted, accepted, attributes);
  result.observe(made.exported, delivered, attributes);
  for (const [reason, count] of Object.entries(dropped)) {
    result.observe(made.exported, count, { ...attributes, 'error.type': reason });
  }
  result.observe(made.queued, queued, attributes);
  result.observe(made.capacity, destination.maxQueue, attributes);
  result.observe(made.bytes, queuedBytes, attributes);
  result.observe(made.open, breaker === 'closed' ? 0 : 1, attributes);
}

/** Shows the health of destinations as metrics; returns the undo. */
export function observeHealth(meter: Meter, destinations: readonly MeasuredDestination[]): () => void {
  const made = createInstruments(meter);
  const all = Object.values(made) as Instruments[keyof Instruments][];
  const callback = (result: BatchObservableResult): void => {
    for (const destination of destinations) guarded('PIPELINE', () => observe(result, made, destination));
  };
  meter.addBatchObservableCallback(callback, all);
  return () => meter.removeBatchObservableCallback(callback, all);
}

const duration = perMeter(
  (meter): Histogram =>
    meter.createHistogram('otel.sdk.exporter.operation.duration', {
      unit: 's',
      description: 'Time of one export.',
      advice: { explicitBucketBoundaries: SECONDS_BUCKETS },
    }),
  DELIVERY_SCOPE,
);

/** Measures one export; `failure` is its kind where nothing was taken. */
export function measureExport(destination: { name: string; provider: string }, ms: number, failure?: string): void {
  const attributes = attributesOf(destination);
  duration()?.record(ms / 1000, failure === undefined ? attributes : { ...attributes, 'error.type': failure });
}
