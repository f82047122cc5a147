import type { CommonDestinationOptions, HttpDestinationOptions } from './destination-options.js';

/** A backend that one can run as well as rent. */
export interface HostOptions {
  /**
   * An installation of one's own: `langfuse.example.com` or `https://example.com/langfuse`; the path of the API is put
   * behind it. `endpoint` goes first.
   */
  host?: string | undefined;
}

/** Sends spans to Arize Phoenix, `http://localhost:6006` by default; else `PHOENIX_COLLECTOR_ENDPOINT`, `PHOENIX_ENDPOINT`. */
export interface PhoenixDestinationOptions extends HttpDestinationOptions, HostOptions {
  provider: 'phoenix';
  /** The API key, where authentication is on; its cloud needs one. `PHOENIX_API_KEY`. Printed as `***`. */
  apiKey?: string | undefined;
  /** The project. `PHOENIX_PROJECT`, `PHOENIX_PROJECT_NAME`. Without one it is `default`. */
  project?: string | undefined;
  /** Default `protobuf`; it takes nothing else. */
  encoding?: 'protobuf' | undefined;
}

/** Sends spans to Arize AX. */
export interface ArizeDestinationOptions extends HttpDestinationOptions, HostOptions {
  provider: 'arize';
  /** The id of the space. `ARIZE_SPACE_ID`. */
  spaceId?: string | undefined;
  /** The API key. `ARIZE_API_KEY`. Printed as `***`. */
  apiKey?: string | undefined;
  /** The project, as `openinference.project.name` of the resource. `ARIZE_PROJECT_NAME`. */
  project?: string | undefined;
  /** Default `us`. */
  region?: 'us' | 'eu' | 'ca' | undefined;
}

/** Sends spans to Langfuse, cloud or self-hosted; else `LANGFUSE_BASE_URL`, `LANGFUSE_BASEURL`, `LANGFUSE_HOST` name the host. */
export interface LangfuseDestinationOptions extends HttpDestinationOptions, HostOptions {
  provider: 'langfuse';
  /** The public key of the project. `LANGFUSE_PUBLIC_KEY`. Printed as `***`. */
  publicKey?: string | undefined;
  /** The secret key of the project. `LANGFUSE_SECRET_KEY`. Printed as `***`. */
  secretKey?: string | undefined;
  /** Default `eu`. */
  region?: 'eu' | 'us' | 'jp' | 'hipaa' | undefined;
}

/** Sends spans to LangSmith, cloud or self-hosted; else `LANGSMITH_ENDPOINT` names the host. */
export interface LangsmithDestinationOptions extends HttpDestinationOptions, HostOptions {
  provider: 'langsmith';
  /** The API key. `LANGSMITH_API_KEY`. Printed as `***`. */
  apiKey?: string | undefined;
  /** The project. `LANGSMITH_PROJECT`. Without one it is `default`. */
  project?: string | undefined;
  /** Default `us`. */
  region?: 'us' | 'eu' | 'apac' | 'aws' | undefined;
  /** Default `protobuf`; it takes nothing else. */
  encoding?: 'protobuf' | undefined;
}

/** Sends spans to LangWatch, cloud or self-hosted; else `LANGWATCH_ENDPOINT` names the host. */
export interface LangwatchDestinationOptions extends HttpDestinationOptions, HostOptions {
  provider: 'langwatch';
  /** The API key. `LANGWATCH_API_KEY`. Printed as `***`. */
  apiKey?: string | undefined;
  /** The id of the project, which a personal key needs. `LANGWATCH_PROJECT_ID`. */
  projectId?: string | undefined;
}

/** Sends spans to Braintrust; else `BRAINTRUST_API_URL` names the host. */
export interface BraintrustDestinationOptions extends HttpDestinationOptions, HostOptions {
  provider: 'braintrust';
  /** The API key. `BRAINTRUST_API_KEY`. Printed as `***`. */
  apiKey?: string | undefined;
  /** `project_id:<id>`, `project_name:<name>` or `experiment_id:<id>`. `BRAINTRUST_PARENT`. Default `project_name:default-otel-project`. */
  parent?: string | undefined;
  /** Default `us`. */
  region?: 'us' | 'eu' | undefined;
}

/** Sends spans to Opik: the cloud, with a `host` an enterprise installation, without a key the open source server; else `OPIK_URL_OVERRIDE`. */
export interface OpikDestinationOptions extends HttpDestinationOptions, HostOptions {
  provider: 'opik';
  /** The API key; the open source server has none. `OPIK_API_KEY`. Printed as `***`. */
  apiKey?: string | undefined;
  /** The workspace. `OPIK_WORKSPACE`. */
  workspace?: string | undefined;
  /** The project. `OPIK_PROJECT_NAME`. */
  project?: string | undefined;
}

/** Sends spans to Honeycomb. */
export interface HoneycombDestinationOptions extends HttpDestinationOptions {
  provider: 'honeycomb';
  /** An ingest key. `HONEYCOMB_API_KEY`. Printed as `***`. */
  apiKey?: string | undefined;
  /** The dataset, for Classic keys alone; otherwise it is the name of the service. */
  dataset?: string | undefined;
  /** Default `us`. */
  region?: 'us' | 'eu' | undefined;
}

/** Sends spans to Datadog: to its agent, whose OTLP receiver has to be switched on, or agentless to LLM Observability. */
export interface DatadogDestinationOptions extends HttpDestinationOptions {
  provider: 'datadog';
  /** Default `agent`; a key alone does not change it. */
  mode?: 'agent' | 'agentless' | undefined;
  /** The API key, for `agentless`. `DD_API_KEY`. Printed as `***`. */
  apiKey?: string | undefined;
  /** The site, for `agentless`: `datadoghq.eu`, `us5.datadoghq.com`. `DD_SITE`. Default `datadoghq.com`. */
  site?: string | undefined;
  /** Default `protobuf`; it takes nothing else. */
  encoding?: 'protobuf' | undefined;
}

/** Sends spans to Azure Monitor through the optional `@azure/monitor-opentelemetry-exporter`, which brings its own OpenTelemetry. */
export interface AzureMonitorDestinationOptions extends CommonDestinationOptions {
  provider: 'azure_monitor' | 'azure_ai';
  /** `InstrumentationKey=…;IngestionEndpoint=…`. `APPLICATIONINSIGHTS_CONNECTION_STRING`. Printed as `***`. */
  connectionString?: string | undefined;
  /** Time for one export in milliseconds, 1–600,000. Default 10,000. */
  timeoutMs?: number | undefined;
}

/** Sends spans to Grafana Cloud. */
export interface GrafanaCloudDestinationOptions extends HttpDestinationOptions {
  provider: 'grafana_cloud';
  /** The region of the stack: `eu-west-2`, `us-central-0`. `GRAFANA_CLOUD_ZONE`. Needed without an `endpoint`. */
  region?: string | undefined;
  /** The id of the instance, a number. `GRAFANA_CLOUD_INSTANCE_ID`. */
  instanceId?: string | undefined;
  /** An access policy token. `GRAFANA_CLOUD_API_KEY`. Printed as `***`. */
  token?: string | undefined;
}

/** Sends spans to Grafana Tempo, `http://localhost:4318` by default. */
export interface TempoDestinationOptions extends HttpDestinationOptions {
  provider: 'tempo';
  /** The tenant, where multitenancy is on. */
  tenant?: string | undefined;
}

/** Sends spans to Jaeger 2, `http://localhost:4318` by default. */
export interface JaegerDestinationOptions extends HttpDestinationOptions {
  provider: 'jaeger';
}

/** Sends spans to MLflow, `http://localhost:5000` by default; else `MLFLOW_TRACKING_URI`. */
export interface MlflowDestinationOptions extends HttpDestinationOptions, HostOptions {
  provider: 'mlflow';
  /** The id of the experiment. `MLFLOW_EXPERIMENT_ID`. */
  experimentId?: string | undefined;
  /** Default `protobuf`; it takes nothing else. */
  encoding?: 'protobuf' | undefined;
}

/** Sends spans to Pydantic Logfire; else `LOGFIRE_BASE_URL` names the host. */
export interface LogfireDestinationOptions extends HttpDestinationOptions, HostOptions {
  provider: 'logfire';
  /** A write token. `LOGFIRE_TOKEN`. Printed as `***`. */
  token?: string | undefined;
  /** Default: what the token says, else `us`. */
  region?: 'us' | 'eu' | undefined;
}

/** A backend that is known by name. */
export type PresetDestinationOptions =
  | PhoenixDestinationOptions
  | ArizeDestinationOptions
  | LangfuseDestinationOptions
  | LangsmithDestinationOptions
  | LangwatchDestinationOptions
  | BraintrustDestinationOptions
  | OpikDestinationOptions
  | HoneycombDestinationOptions
  | DatadogDestinationOptions
  | AzureMonitorDestinationOptions
  | GrafanaCloudDestinationOptions
  | TempoDestinationOptions
  | JaegerDestinationOptions
  | MlflowDestinationOptions
  | LogfireDestinationOptions;
