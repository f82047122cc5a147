import type { FinishedSpan } from '../pipeline/finished-span.js';

/** Batches in which spans leave. */
export interface BatchOptions {
  /** Spans of one request, 1–100,000. Default 512. */
  maxSpans?: number | undefined;
  /** Bytes of one request before compression, 1,024–536,870,912. Default 1,048,576; less where the backend takes less. */
  maxBytes?: number | undefined;
  /** The longest that a span waits for others, in milliseconds, 1–600,000. Default 1,000. */
  delayMs?: number | undefined;
}

/** When a destination that fails is left alone for a while. */
export interface BreakerOptions {
  /** Failures in a row that open it, 1–1,000. Default 5. */
  failures?: number | undefined;
  /** Time until a trial in milliseconds, 1–3,600,000. Default 30,000. */
  openMs?: number | undefined;
}

/** What counts as healthy, over 60 seconds. */
export interface HealthOptions {
  /** Share of spans dropped, 0–1. Default 0.01. */
  dropRatio?: number | undefined;
  /** Mean time of an export in milliseconds, 1–600,000. Default 100 on this machine, else 2,000. */
  latencyMs?: number | undefined;
}

/** What a backend takes at most, where an installation differs from the preset. */
export interface LimitOptions {
  /** UTF-8 bytes of the value of one attribute, 16–1,073,741,824. */
  attributeBytes?: number | undefined;
  /** The same for attributes that hold content of calls to models. */
  contentAttributeBytes?: number | undefined;
  /** Attributes of one span, 1–100,000. */
  attributesPerSpan?: number | undefined;
  /** Bytes of one span, 1,024–1,073,741,824. */
  spanBytes?: number | undefined;
  /** Bytes of one request before compression, 1,024–1,073,741,824. */
  requestBytes?: number | undefined;
}

/** Spans that a destination leaves out beyond its granularity. A kept child of one that is left out hangs under its nearest kept ancestor. */
export interface FilterOptions {
  /** Names of spans to keep; `*` stands for any characters. Default all. Regular expressions in code only. */
  keepNames?: readonly (string | RegExp)[] | undefined;
  /** Names of spans to leave out, in the same form. */
  dropNames?: readonly (string | RegExp)[] | undefined;
  /** Attributes by which a span without children is left out: one that has all of an entry goes. */
  dropWhere?: readonly Readonly<Record<string, string | number | boolean>>[] | undefined;
}

/** What every destination takes. */
export interface CommonDestinationOptions {
  /** Its name in `health()`, `status()` and `finishedSpans()`: 1–64 characters, unique. Default: the provider. */
  name?: string | undefined;
  /**
   * The spans it takes. `lifecycle`: workflows, local roots, server and consumer spans; `rows`: also tasks and agents;
   * `full`: everything. Default `full`.
   */
  granularity?: 'lifecycle' | 'rows' | 'full' | undefined;
  /** `llm`: calls to models and embeddings alone. Default all. */
  only?: 'llm' | undefined;
  /** Spans that it leaves out by name or attribute. Default none. */
  filter?: FilterOptions | undefined;
  /**
   * How much it sees of prompts, answers, arguments and results. `none`: nothing; `digest`: a keyed digest, length and
   * counts; `redacted`: all but secrets and personal data; `full`: all but secrets. The default is the provider's, see
   * docs/reference/destinations.md: `redacted` for backends that are made for content, else `digest`, for `memory` `full`.
   * A call's own `content`, and the switches of other tools (`OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT`,
   * `OPENINFERENCE_HIDE_*`, `AZURE_TRACING_GEN_AI_CONTENT_RECORDING_ENABLED`) lower it; nothing raises it.
   */
  content?: 'none' | 'digest' | 'redacted' | 'full' | undefined;
  /** As older tools call it: `false` is `content: 'none'`; `true` is `redacted` where `content` is not given. */
  enableContentRecording?: boolean | undefined;
  /** The same in the spelling of configuration files. */
  enable_content_recording?: boolean | undefined;
  /** Characters of one attribute, 1–1,073,741,824; what is longer is cut, JSON stays JSON. Default that of all destinations. */
  maxContentChars?: number | undefined;
  /**
   * The words in which it gets what calls to models say: `gen-ai` (OpenTelemetry's conventions, 1.41), `openinference`
   * (Phoenix, Arize), `langfuse`, or `llm` (flat names: `llm.model`, `llm.tokens_in`, …). Default the provider's, else `gen-ai`.
   */
  vocabulary?: 'gen-ai' | 'openinference' | 'langfuse' | 'llm' | undefined;
  /** What it takes at most, over what is known of the provider. */
  limits?: LimitOptions | undefined;
  /** Spans that may wait for it, 1–1,000,000. Default 100,000; all destinations together hold `maxBytes`. */
  maxQueue?: number | undefined;
  /**
   * What happens when its queue is full: `drop_oldest`, `drop_newest`, or `slow`, which makes asynchronous calls wait up
   * to `maxWaitMs` and then drops the oldest. Default `drop_oldest`.
   */
  onFull?: 'drop_oldest' | 'drop_newest' | 'slow' | undefined;
  /** The longest that a call waits with `onFull: 'slow'`, in milliseconds, 1–600,000. Default 1,000. */
  maxWaitMs?: number | undefined;
  /** Batches in which spans leave. */
  batch?: BatchOptions | undefined;
  /** When it is left alone for a while. */
  breaker?: BreakerOptions | undefined;
  /** What counts as healthy. */
  health?: HealthOptions | undefined;
  /** Sends workflows when they start as well, so that a run of hours is visible before it ends. Default false. */
  announceStarts?: boolean | undefined;
}

/** Certificates of a connection: each PEM text, or the path of a file that holds it. */
export interface TlsOptions {
  /** The authority that signed the server's certificate. For `otlp` else `OTEL_EXPORTER_OTLP_CERTIFICATE`, a path. */
  ca?: string | undefined;
  /** The client's certificate, with `key`. For `otlp` else `OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE`, a path. */
  cert?: string | undefined;
  /** The client's private key, with `cert`. For `otlp` else `OTEL_EXPORTER_OTLP_CLIENT_KEY`, a path. Printed as `***`. */
  key?: string | undefined;
}

/**
 * What every destination over OTLP/HTTP takes. Proxies are those of `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, in either
 * case; this machine is reached without one.
 */
export interface HttpDestinationOptions extends CommonDestinationOptions {
  /**
   * An http(s) URL. With an empty path or `/` it gets the path of the provider, any other path is taken as it is.
   * Credentials in the URL become an `authorization` header. Default the provider's, see docs/reference/destinations.md.
   */
  endpoint?: string | undefined;
  /** Request headers, over those of the provider. Printed as `***`. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** Default `protobuf`; some backends take nothing else. */
  encoding?: 'protobuf' | 'json' | undefined;
  /** Default `gzip`. */
  compression?: 'gzip' | 'none' | undefined;
  /** Time for one request in milliseconds, 1–600,000. Default 10,000. */
  timeoutMs?: number | undefined;
  /** Time to connect in milliseconds, 1–600,000. Default 5,000. */
  connectTimeoutMs?: number | undefined;
  /** Connections that stay open, 1–1,000. Default 10. */
  maxSockets?: number | undefined;
  /** Certificates for a private authority, and of the client. */
  tls?: TlsOptions | undefined;
  /** Sends through the official exporter of OpenTelemetry instead of Spanwright's own sender. Default false. */
  officialExporter?: boolean | undefined;
}

/** Prints spans to standard output. */
export interface ConsoleDestinationOptions extends CommonDestinationOptions {
  provider: 'console';
}

/** Keeps spans in the process, for tests: `tracing.finishedSpans()`. */
export interface MemoryDestinationOptions extends CommonDestinationOptions {
  provider: 'memory';
  /** Spans that are kept, 1–1,000,000; the oldest go first. Default 10,000. */
  maxSpans?: number | undefined;
}

/** Appends spans to a file as OTLP JSON lines. */
export interface FileDestinationOptions extends CommonDestinationOptions {
  provider: 'file';
  /** The file; a relative path starts at the working directory. */
  path: string;
}

/** Hands spans to an exporter of your own, behind the same gate, queue and breaker. In code only. */
export interface CustomDestinationOptions extends CommonDestinationOptions {
  provider: 'custom';
  /**
   * A `SpanExporter` of OpenTelemetry, or a function of a list of spans, which may return a promise. Spans have the shape
   * of `ReadableSpan` and show what the tier lets through.
   */
  exporter: { readonly export: (spans: never, done: never) => unknown } | ((spans: readonly FinishedSpan[]) => unknown);
  /** Time for one export in milliseconds, 1–600,000. Default 10,000. */
  timeoutMs?: number | undefined;
}

/**
 * Sends spans over OTLP. The `OTEL_EXPORTER_OTLP_*` variables fill in what code leaves open and beat the file;
 * the `…_TRACES_…` form of each goes first. With several `otlp` destinations they fill in only what a destination does
 * not say, and headers from variables go only to those that name no endpoint: a key belongs to one backend.
 */
export interface OtlpDestinationOptions extends HttpDestinationOptions {
  provider: 'otlp';
  /**
   * `grpc` sends through the optional `@opentelemetry/exporter-trace-otlp-grpc`, and so does an endpoint at port 4317.
   * Else `OTEL_EXPORTER_OTLP_PROTOCOL`: `http/protobuf`, `http/json` or `grpc`. Default `http`.
   */
  protocol?: 'http' | 'grpc' | undefined;
  /**
   * An http(s) URL. With an empty path or `/` it gets `/v1/traces`, any other path is taken as it is. Credentials in
   * the URL become an `authorization` header.
   * Else `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` as it is, else `OTEL_EXPORTER_OTLP_ENDPOINT` and `/v1/traces`.
   * Default `http://localhost:4318/v1/traces`.
   */
  endpoint?: string | undefined;
  /** Request headers, on top of `OTEL_EXPORTER_OTLP_TRACES_HEADERS` and `OTEL_EXPORTER_OTLP_HEADERS`. Printed as `***`. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** Default `protobuf`. `OTEL_EXPORTER_OTLP_PROTOCOL`: `http/protobuf` or `http/json`. */
  encoding?: 'protobuf' | 'json' | undefined;
  /** Default `gzip`. `OTEL_EXPORTER_OTLP_COMPRESSION`. */
  compression?: 'gzip' | 'none' | undefined;
  /** Time for one request in milliseconds, 1–600,000. Default 10,000. `OTEL_EXPORTER_OTLP_TIMEOUT`. */
  timeoutMs?: number | undefined;
}
