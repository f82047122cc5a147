import { isHost, isRegion } from './option-checks.js';
import type { KeysOf, OptionRules } from './option-rules.js';
import type {
  ArizeDestinationOptions,
  AzureMonitorDestinationOptions,
  BraintrustDestinationOptions,
  DatadogDestinationOptions,
  GrafanaCloudDestinationOptions,
  HoneycombDestinationOptions,
  HostOptions,
  JaegerDestinationOptions,
  LangfuseDestinationOptions,
  LangsmithDestinationOptions,
  LangwatchDestinationOptions,
  LogfireDestinationOptions,
  MlflowDestinationOptions,
  OpikDestinationOptions,
  PhoenixDestinationOptions,
  TempoDestinationOptions,
} from './preset-options.js';
import type { HttpDestinationOptions, CommonDestinationOptions } from './destination-options.js';
import type { Provider } from './presets/known-presets.js';
import { PRESETS } from './presets/known-presets.js';
import type { HttpPreset, Preset } from './presets/preset.js';
import { acceptsField, expectedField } from './presets/preset.js';

/** The classes of destinations that presets know, by provider. */
export type PresetClasses = Readonly<
  Record<Exclude<Provider, 'console' | 'memory' | 'file' | 'otlp' | 'custom'>, new () => object>
>;

/** What they extend. */
export interface DestinationBases {
  readonly Destination: new () => KeysOf<CommonDestinationOptions> & { provider: unknown };
  readonly HttpDestination: new () => KeysOf<HttpDestinationOptions> & { provider: unknown };
}

/** Declares the classes of the backends that are known by name. */
export function definePresetClasses(
  rules: OptionRules,
  { Destination, HttpDestination }: DestinationBases,
): PresetClasses {
  const isField =
    ({ fields }: Preset): PropertyDecorator =>
    (target, key) => {
      const field = fields[String(key)];
      if (field === undefined) throw new Error(`no preset has a field ${String(key)}`);
      rules.that((value) => acceptsField(field, value), expectedField(field))(target, key);
    };
  const isOneOf = ({ regions }: HttpPreset): PropertyDecorator => rules.oneOf(...Object.keys(regions ?? {}));
  const isProtobuf = (): PropertyDecorator =>
    rules.that((value) => value === 'protobuf', 'protobuf, the only encoding that this backend takes');

  class HostDestination extends HttpDestination implements KeysOf<HttpDestinationOptions & HostOptions> {
    @rules.that(isHost, "a host such as 'traces.example.com' or 'https://example.com/traces'") host: unknown;
  }

  class Phoenix extends HostDestination implements KeysOf<PhoenixDestinationOptions> {
    @isField(PRESETS.phoenix) apiKey: unknown;
    @isField(PRESETS.phoenix) project: unknown;
    @isProtobuf() override encoding: unknown;
  }

  class Arize extends HostDestination implements KeysOf<ArizeDestinationOptions> {
    @isField(PRESETS.arize) spaceId: unknown;
    @isField(PRESETS.arize) apiKey: unknown;
    @isField(PRESETS.arize) project: unknown;
    @isOneOf(PRESETS.arize.http) region: unknown;
  }

  class Langfuse extends HostDestination implements KeysOf<LangfuseDestinationOptions> {
    @isField(PRESETS.langfuse) publicKey: unknown;
    @isField(PRESETS.langfuse) secretKey: unknown;
    @isOneOf(PRESETS.langfuse.http) region: unknown;
  }

  class Langsmith extends HostDestination implements KeysOf<LangsmithDestinationOptions> {
    @isField(PRESETS.langsmith) apiKey: unknown;
    @isField(PRESETS.langsmith) project: unknown;
    @isOneOf(PRESETS.langsmith.http) region: unknown;
    @isProtobuf() override encoding: unknown;
  }

  class Langwatch extends HostDestination implements KeysOf<LangwatchDestinationOptions> {
    @isField(PRESETS.langwatch) apiKey: unknown;
    @isField(PRESETS.langwatch) projectId: unknown;
  }

  class Braintrust extends HostDestination implements KeysOf<BraintrustDestinationOptions> {
    @isField(PRESETS.braintrust) apiKey: unknown;
    @isField(PRESETS.braintrust) parent: unknown;
    @isOneOf(PRESETS.braintrust.http) region: unknown;
  }

  class Opik extends HostDestination implements KeysOf<OpikDestinationOptions> {
    @isField(PRESETS.opik) apiKey: unknown;
    @isField(PRESETS.opik) workspace: unknown;
    @isField(PRESETS.opik) project: unknown;
  }

  class Honeycomb extends HttpDestination implements KeysOf<HoneycombDestinationOptions> {
    @isField(PRESETS.honeycomb) apiKey: unknown;
    @isField(PRESETS.honeycomb) dataset: unknown;
    @isOneOf(PRESETS.honeycomb.http) region: unknown;
  }

  class Datadog extends HttpDestination implements KeysOf<DatadogDestinationOptions> {
    @isField(PRESETS.datadog) mode: unknown;
    @isField(PRESETS.datadog) apiKey: unknown;
    @isField(PRESETS.datadog) site: unknown;
    @isProtobuf() override encoding: unknown;
  }

  class AzureMonitor extends Destination implements KeysOf<AzureMonitorDestinationOptions> {
    @isField(PRESETS.azure_monitor) connectionString: unknown;
    @rules.whole(1, 600_000) timeoutMs: unknown;
  }

  class GrafanaCloud extends HttpDestination implements KeysOf<GrafanaCloudDestinationOptions> {
    @rules.that(isRegion, 'a region such as eu-west-2') region: unknown;
    @isField(PRESETS.grafana_cloud) instanceId: unknown;
    @isField(PRESETS.grafana_cloud) token: unknown;
  }

  class Tempo extends HttpDestination implements KeysOf<TempoDestinationOptions> {
    @isField(PRESETS.tempo) tenant: unknown;
  }

  class Jaeger extends HttpDestination implements KeysOf<JaegerDestinationOptions> {}

  class Mlflow extends HostDestination implements KeysOf<MlflowDestinationOptions> {
    @isField(PRESETS.mlflow) experimentId: unknown;
    @isProtobuf() override encoding: unknown;
  }

  class Logfire extends HostDestination implements KeysOf<LogfireDestinationOptions> {
    @isField(PRESETS.logfire) token: unknown;
    @isOneOf(PRESETS.logfire.http) region: unknown;
  }

  return {
    phoenix: Phoenix,
    arize: Arize,
    langfuse: Langfuse,
    langsmith: Langsmith,
    langwatch: Langwatch,
    braintrust: Braintrust,
    opik: Opik,
    honeycomb: Honeycomb,
    datadog: Datadog,
    azure_monitor: AzureMonitor,
    azure_ai: AzureMonitor,
    grafana_cloud: GrafanaCloud,
    tempo: Tempo,
    jaeger: Jaeger,
    mlflow: Mlflow,
    logfire: Logfire,
  };
}
