import type { Ledger } from '../audit/ledger.js';
import type { Logger } from '../core/logger.js';
import type { AuditOptions } from './audit-options.js';
import type {
  ConsoleDestinationOptions,
  CustomDestinationOptions,
  FileDestinationOptions,
  MemoryDestinationOptions,
  OtlpDestinationOptions,
} from './destination-options.js';
import type { PresetDestinationOptions } from './preset-options.js';

/** A value of a resource attribute; arrays hold one type. */
export type ResourceValue = string | number | boolean | readonly string[] | readonly number[] | readonly boolean[];

/** A backend that spans go to. */
export type DestinationOptions =
  | ConsoleDestinationOptions
  | MemoryDestinationOptions
  | FileDestinationOptions
  | CustomDestinationOptions
  | OtlpDestinationOptions
  | PresetDestinationOptions;

/**
 * Where metrics go, over OTLP/HTTP. The `OTEL_EXPORTER_OTLP_*` variables fill in what code leaves open and beat the file;
 * the `…_METRICS_…` form of each goes first.
 */
export interface MetricsOptions {
  /**
   * An http(s) URL. With an empty path or `/` it gets `/v1/metrics`, any other path is taken as it is. Credentials in
   * the URL become an `authorization` header.
   * Else `OTEL_EXPORTER_OTLP_METRICS_ENDPOINT` as it is, else `OTEL_EXPORTER_OTLP_ENDPOINT` and `/v1/metrics`.
   * Default `http://localhost:4318/v1/metrics`. Port 4317 speaks gRPC and is refused.
   */
  endpoint?: string | undefined;
  /** Request headers, on top of `OTEL_EXPORTER_OTLP_METRICS_HEADERS` and `OTEL_EXPORTER_OTLP_HEADERS`. Printed as `***`. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** Time between two exports in milliseconds, 100–3,600,000. Default 60,000. `OTEL_METRIC_EXPORT_INTERVAL`. */
  intervalMs?: number | undefined;
  /** Default `protobuf`. `OTEL_EXPORTER_OTLP_PROTOCOL`: `http/protobuf` or `http/json`. */
  encoding?: 'protobuf' | 'json' | undefined;
  /** Default `gzip`. `OTEL_EXPORTER_OTLP_COMPRESSION`. */
  compression?: 'gzip' | 'none' | undefined;
  /** Time for one request in milliseconds, 1–600,000; at most `intervalMs`. Default 10,000. `OTEL_EXPORTER_OTLP_TIMEOUT`. */
  timeoutMs?: number | undefined;
}

/** Prices of one model, in USD per million tokens. */
export interface ModelPriceOptions {
  input: number;
  output: number;
  /** Tokens read from a cache. Default `input`. */
  cacheRead?: number;
  /** Tokens written to a cache. Default `input`. */
  cacheWrite?: number;
}

/** Prices of your own. */
export interface PriceList {
  /** Names the list; it stands beside each cost, as `spanwright.price_table`. */
  version: string;
  /** By the name of the model that answered, or of the one that was asked for. */
  models: Readonly<Record<string, ModelPriceOptions>>;
}

/** What is removed before anything leaves, on top of what always is: see docs/reference/privacy.md. */
export interface PrivacyOptions {
  /** Names of keys and attributes whose values are replaced whole: `patientName`, `x-internal-id`. Case, `-`, `_` do not count. */
  keys?: readonly string[] | undefined;
  /**
   * Paths that are replaced whole: `messages.input[*].parts[*].content`, `arguments[0].email`, `**.ssn`. Roots are `messages`,
   * `tools`, `query`, `documents`, `texts`, `arguments`, `result`, `variables`, `attributes`, `events`, `links`, `resource`.
   */
  paths?: readonly string[] | undefined;
  /** Patterns whose matches are replaced; in a file as texts. One whose time could grow faster than the text is refused. */
  patterns?: readonly (RegExp | string)[] | undefined;
  /**
   * Looks at every text and number that leaves, with its path; what it returns goes on, `undefined` leaves it. A throw
   * replaces the value. Runs at export and not in the call. In code only.
   */
  redact?: ((value: unknown, path: readonly string[]) => unknown) | undefined;
  /** National ids that are looked for as well, by the names of `docs/reference/privacy.md`. Default none. */
  packs?: readonly string[] | undefined;
  /** With a key, marks are `[REDACTED:8hex]`, equal for equal values (HMAC-SHA-256). Default `[REDACTED]`. Printed as `***`. */
  fingerprintKey?: string | undefined;
}

/** Which traces are kept. */
export interface SamplingOptions {
  /**
   * Share of new traces that is kept, 0–1; a trace that comes from elsewhere keeps its caller's decision.
   * Default 1. `OTEL_TRACES_SAMPLER` and `OTEL_TRACES_SAMPLER_ARG` hold when code gives none.
   */
  ratio?: number | undefined;
}

/**
 * Options of `configureTracing`. Order: defaults < file < environment < code; unknown keys are errors.
 * All problems come in one `CONFIG_INVALID`.
 */
export interface TracingOptions {
  /**
   * `service.name`. Else `OTEL_SERVICE_NAME`, else `service.name` of `OTEL_RESOURCE_ATTRIBUTES`, else the name in the
   * nearest `package.json` above the working directory. Default `unknown_service:node`.
   */
  serviceName?: string | undefined;
  /** `service.version`. Else that of `OTEL_RESOURCE_ATTRIBUTES`, else the version in the `package.json` of that name. */
  serviceVersion?: string | undefined;
  /** `deployment.environment.name`. Else `ENVIRONMENT`, else that of `OTEL_RESOURCE_ATTRIBUTES`. Default `local`. */
  environment?: string | undefined;
  /** Attributes of the resource, over those of `OTEL_RESOURCE_ATTRIBUTES`. */
  resource?: Readonly<Record<string, ResourceValue>> | undefined;
  /**
   * `false` switches off; `true` without any destination prints to the console. Default: on when there is a destination, or `metrics`.
   * `SPANWRIGHT_DISABLE_ALL=true`, `OTEL_SDK_DISABLED=true` and `SPANWRIGHT_OBSERVABILITY_ENABLED=false` switch off
   * whatever code says, and never on.
   */
  enabled?: boolean | undefined;
  /** Which traces are kept. Default all of them. */
  sampling?: SamplingOptions | undefined;
  /** Takes our warnings. Default: OpenTelemetry's `diag` logger, else standard error. In code only. */
  logger?: Logger | undefined;
  /**
   * A file with these options but `logger` and `configFile`: YAML (`.yaml`, `.yml`) or JSON, in whose values `${VAR}` and
   * `${VAR:-default}` are replaced. Else `SPANWRIGHT_CONFIG`. No file is read unless named.
   */
  configFile?: string | undefined;
  /**
   * Where spans go; a list in code replaces that of the file. When neither gives one, `SPANWRIGHT_DESTINATIONS` names
   * providers (`phoenix,langfuse`), each with the variables of its vendor. In CI a destination beyond this machine is
   * skipped unless `SPANWRIGHT_ENABLE_IN_CI=true`.
   */
  destinations?: readonly DestinationOptions[] | undefined;
  /** Bytes that the queues of all destinations hold together, 1,048,576–17,179,869,184. Default 41,943,040 (40 MiB). */
  maxBytes?: number | undefined;
  /** Where losses are said that nobody else would hear of: `stderr`, or the path of a file. Default `stderr`. */
  lastResort?: string | undefined;
  /**
   * What calls to models cost where the provider does not say: `'genai-prices'` loads the package
   * `@pydantic/genai-prices`, which you install; or prices of your own, in USD per million tokens. Default none: a
   * model without a price has no cost, never 0.
   */
  prices?: 'genai-prices' | PriceList | undefined;
  /**
   * Exports metrics: those of calls to models and of `Metered`. `true` sends them to a collector on this machine, `false`
   * switches off what the file switches on; options in code replace those of the file. Default off. A meter provider
   * that the application registered before is used as it is, and nothing here has an effect but that they are on.
   * Of the process, so that `createTracing` and `createSpanProcessor` leave it out.
   */
  metrics?: boolean | MetricsOptions | undefined;
  /**
   * Where audited calls are recorded: options of a ledger, or one that `openLedger` opened, which you close. `false`, in code
   * alone, lets audited calls pass unrecorded. Default none: audited calls are refused with `AUDIT_NOT_CONFIGURED`. Neither
   * `enabled` nor a kill switch nor CI changes it. Of the process: `createTracing` and `createSpanProcessor` refuse it.
   */
  audit?: false | AuditOptions | Ledger | undefined;
  /** What is removed on top of what always is. */
  privacy?: PrivacyOptions | undefined;
  /**
   * Key of the digests at tier `digest`, so that equal contents have equal digests in all processes that share it. Else
   * `SPANWRIGHT_DIGEST_KEY`. Default a random key of this process. Printed as `***`.
   */
  digestKey?: string | undefined;
  /**
   * How digests are made. Default `hmac-sha256`. `sha256` has no key: whoever can guess a content can tell its digest, and
   * all phone numbers of a country are guessed in seconds.
   */
  digest?: 'hmac-sha256' | 'sha256' | undefined;
  /** Characters of one attribute, 1–1,073,741,824; what is longer is cut, JSON stays JSON. Default no limit but what is captured. */
  maxContentChars?: number | undefined;
  /**
   * Puts content at tier `redacted` on the spans themselves, for the application's own processors. Default false. So do
   * `true`, `SPAN_ONLY` and `SPAN_AND_EVENT` of `OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT`. Destinations keep their tiers. Of the process, so that
   * `createTracing` leaves it out.
   */
  contentOnSpan?: boolean | undefined;
  /** Characters of content kept of one argument list or result, 1–1,073,741,824. Default 1,048,576. */
  maxCaptureBytes?: number | undefined;
}
