import { arize } from './arize.js';
import { azureMonitor } from './azure-monitor.js';
import { braintrust } from './braintrust.js';
import { console } from './console.js';
import { custom } from './custom.js';
import { datadog } from './datadog.js';
import { file } from './file.js';
import { grafanaCloud } from './grafana-cloud.js';
import { honeycomb } from './honeycomb.js';
import { jaeger } from './jaeger.js';
import { langfuse } from './langfuse.js';
import { langsmith } from './langsmith.js';
import { langwatch } from './langwatch.js';
import { logfire } from './logfire.js';
import { memory } from './memory.js';
import { mlflow } from './mlflow.js';
import { opik } from './opik.js';
import { otlp } from './otlp.js';
import { phoenix } from './phoenix.js';
import type { Preset } from './preset.js';
import { tempo } from './tempo.js';

/** Every preset under the word that `provider` takes, in the order in which pages and errors name them. */
export const PRESETS = {
  console,
  memory,
  file,
  otlp,
  phoenix,
  arize,
  langfuse,
  langsmith,
  langwatch,
  braintrust,
  opik,
  honeycomb,
  datadog,
  azure_monitor: azureMonitor,
  grafana_cloud: grafanaCloud,
  tempo,
  jaeger,
  mlflow,
  logfire,
  custom,
} as const satisfies Readonly<Record<string, Preset>>;

/** The name of a preset. */
export type PresetName = keyof typeof PRESETS;

/** What `provider` of a destination may be. */
export type Provider = PresetName | 'azure_ai';

/** Every word that `provider` takes. */
export const PROVIDERS = [...Object.keys(PRESETS), 'azure_ai'] as readonly Provider[];

/** The preset that a word means. */
export function presetName(provider: Provider): PresetName {
  return provider === 'azure_ai' ? 'azure_monitor' : provider;
}
