import type { Attributes } from '@opentelemetry/api';
import type { Privacy } from '../privacy/privacy.js';
import { createResource } from './create.js';
import type { FinishedSpan } from './finished-span.js';
import { deliverBeforeLeaving } from './leaving.js';
import type { MetricsSettings, StartedMetrics } from './metrics.js';
import { startMetrics } from './metrics.js';
import type { Pipeline } from './pipeline.js';
import { gateAttributes } from './projection/gate-span.js';
import type { Sdk } from './sdk.js';

/** What metrics of a configuration stand on. */
export interface MetricsParts {
  readonly sdk: Sdk;
  readonly privacy: Privacy;
  /** Whose health they show. */
  readonly pipeline: Pipeline;
}

/** Starts the metrics of a configuration, if it has any, and their delivery at the end of the program. */
export function runMetrics(
  settings: MetricsSettings | undefined,
  attributes: Attributes,
  { sdk, privacy, pipeline }: MetricsParts,
): { readonly started?: StartedMetrics; readonly stop: () => void } {
  if (settings === undefined) return { stop: () => {} };
  const ofProcess = (): FinishedSpan['resource'] =>
    createResource(sdk, gateAttributes(attributes, privacy.redacted, ['resource']));
  const started = startMetrics(settings, sdk, ofProcess, pipeline.measured);
  if (!('metrics' in started)) return { started, stop: () => {} };
  const stopWaiting = deliverBeforeLeaving(started.metrics);
  const stop = (): void => {
    stopWaiting();
    started.metrics.stop();
  };
  return { started, stop };
}
