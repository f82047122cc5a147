import type { MetricsSettings } from '../pipeline/metrics.js';
import type { CheckedOptions } from './check.js';
import type { SkippedDestination } from './destinations.js';
import { warnSkipped } from './destinations.js';
import { isLoopback } from './endpoint.js';
import { METRICS_INTERVAL_MS } from './option-classes.js';
import type { MetricsOptions } from './options.js';
import { resolveOtlp } from './otlp.js';
import { Picker } from './picker.js';
import type { Resolution } from './resolution.js';

const PATH = ['metrics'];
const INTERVAL = 'OTEL_METRIC_EXPORT_INTERVAL';

/** The metrics of a configuration; absent while they are off. */
export interface ResolvedMetrics {
  readonly metrics?: MetricsSettings;
  readonly skipped: readonly SkippedDestination[];
}

interface Given {
  readonly options: MetricsOptions;
  readonly source: string;
}

// `true` in code switches on what the file describes.
function findGiven(resolution: Resolution, code: CheckedOptions, file: CheckedOptions): Given | undefined {
  const wanted = resolution.pickOr<boolean | MetricsOptions>(
    PATH,
    [
      ['code', () => code.metrics],
      ['file', () => file.metrics],
    ],
    false,
  );
  if (wanted === false) return undefined;
  if (wanted !== true) return { options: wanted, source: resolution.sources['metrics'] ?? 'code' };
  return typeof file.metrics === 'object' ? { options: file.metrics, source: 'file' } : { options: {}, source: 'code' };
}

function intervalOf(resolution: Resolution, { options, source }: Given): number {
  const path = [...PATH, 'intervalMs'];
  const { min, max } = METRICS_INTERVAL_MS;
  const own = [source, () => options.intervalMs] as const;
  const variable = [INTERVAL, () => resolution.whole(INTERVAL, path, min, max)] as const;
  return resolution.pickOr(path, source === 'file' ? [variable, own] : [own, variable], 60_000);
}

/** Resolves what exports metrics; `ci` is the variable that tells CI, where nothing is sent beyond this machine. */
export function resolveMetrics(
  resolution: Resolution,
  code: CheckedOptions,
  file: CheckedOptions,
  ci: string | undefined,
): ResolvedMetrics {
  const given = findGiven(resolution, code, file);
  if (given === undefined) return { skipped: [] };
  const { options, source } = given;
  const picker = new Picker(resolution, { path: PATH, title: PATH, source, hasSiblings: false });
  const exporter = resolveOtlp(picker, options, 'metrics');
  const metrics = { ...exporter, intervalMs: intervalOf(resolution, given) };
  if (ci === undefined || isLoopback(metrics.endpoint)) return { metrics, skipped: [] };
  warnSkipped(resolution, ['the endpoint of metrics'], ci);
  return { skipped: [{ name: 'metrics', reason: 'ci' }] };
}
