import { acceptsEndpoint, expectedEndpoint } from './endpoint.js';
import { isPlain } from './input.js';
import { createRules } from './option-rules.js';
import type {
  ConsoleDestinationOptions,
  FileDestinationOptions,
  MemoryDestinationOptions,
  MetricsOptions,
  OtlpDestinationOptions,
  PrivacyOptions,
  SamplingOptions,
  TracingOptions,
} from './options.js';
import { acceptsPrices, expectedPrices } from './prices.js';
import type { Validators } from './validators.js';

/** Every key of some options, none forgotten; the compiler compares the classes with the public types. */
type KeysOf<T> = Record<keyof T, unknown>;

/** The classes whose instances class-validator checks. Their fields are the keys that are known. */
export interface OptionClasses {
  readonly tracing: new () => object;
  readonly sampling: new () => object;
  readonly metrics: new () => object;
  readonly privacy: new () => object;
  readonly destinations: Readonly<Record<Provider, new () => object>>;
}

/** What `provider` of a destination may be. */
export type Provider = 'console' | 'memory' | 'file' | 'otlp';

export const PROVIDERS: readonly Provider[] = ['console', 'memory', 'file', 'otlp'];

const MAX_QUEUE = 1_000_000;
const MAX_TIMEOUT_MS = 600_000;
/** Limits of the time between two exports of metrics. */
export const METRICS_INTERVAL_MS = { min: 100, max: 3_600_000 } as const;
const MAX_CAPTURE_BYTES = 1_073_741_824;

// Names are keys in health(): one that every object has would be lost there.
function isName(value: unknown): boolean {
  return typeof value === 'string' && /\S/.test(value) && value.length <= 64 && !(value in Object.prototype);
}

function isPath(value: unknown): boolean {
  return typeof value === 'string' && /\S/.test(value) && !value.includes('\0');
}

function isLogger(value: unknown): boolean {
  try {
    return typeof (value as { warn?: unknown } | null)?.warn === 'function';
  } catch {
    return false;
  }
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string' && /\S/.test(item));
}

function isMetrics(value: unknown): boolean {
  return typeof value === 'boolean' || isPlain(value);
}

/** Declares the classes; in a function, because class-validator is not loaded before a configuration is checked. */
export function defineOptionClasses(validators: Validators): OptionClasses {
  const rules = createRules(validators);
  const isGroup = (example: string): PropertyDecorator => rules.that(isPlain, `an object such as ${example}`);

  class Sampling implements KeysOf<SamplingOptions> {
    @rules.ratio() ratio: unknown;
  }

  class Metrics implements KeysOf<MetricsOptions> {
    @rules.that(acceptsEndpoint, (value) => expectedEndpoint(value, 'metrics')) endpoint: unknown;
    @isGroup("{ 'x-api-key': '…' }") headers: unknown;
    @rules.whole(METRICS_INTERVAL_MS.min, METRICS_INTERVAL_MS.max) intervalMs: unknown;
    @rules.oneOf('protobuf', 'json') encoding: unknown;
    @rules.oneOf('gzip', 'none') compression: unknown;
    @rules.whole(1, MAX_TIMEOUT_MS) timeoutMs: unknown;
  }

  class Tracing implements KeysOf<TracingOptions> {
    @rules.text() serviceName: unknown;
    @rules.text() serviceVersion: unknown;
    @rules.text() environment: unknown;
    @isGroup("{ 'team.name': 'checkout' }") resource: unknown;
    @rules.flag() enabled: unknown;
    @isGroup('{ ratio: 0.1 }') sampling: unknown;
    @rules.that(isLogger, 'an object with a warn() method') logger: unknown;
    @rules.that(isPath, 'the path of a YAML or JSON file') configFile: unknown;
    @rules.that(Array.isArray, "a list such as [{ provider: 'console' }]") destinations: unknown;
    @rules.that(acceptsPrices, expectedPrices) prices: unknown;
    @rules.that(isMetrics, 'true, false or an object such as { intervalMs: 60000 }') metrics: unknown;
    @rules.whole(1, MAX_CAPTURE_BYTES) maxCaptureBytes: unknown;
    @isGroup("{ keys: ['patientName'] }") privacy: unknown;
    @rules.text() digestKey: unknown;
    @rules.oneOf('hmac-sha256', 'sha256') digest: unknown;
    @rules.whole(1, MAX_CAPTURE_BYTES) maxContentChars: unknown;
    @rules.flag() contentOnSpan: unknown;
  }

  class Privacy implements KeysOf<PrivacyOptions> {
    @rules.that(isListOfTexts, "a list such as ['patientName']") keys: unknown;
    @rules.that(Array.isArray, "a list such as ['arguments[0].email']") paths: unknown;
    @rules.that(Array.isArray, 'a list such as [/EMP-\\d{6}/]') patterns: unknown;
    @rules.that(isFunction, 'a function of a value and its path') redact: unknown;
    @rules.that(Array.isArray, "a list such as ['us-ssn']") packs: unknown;
    @rules.text() fingerprintKey: unknown;
  }

  class Destination {
    // Checked before: it says which class this is.
    @rules.oneOf(...PROVIDERS) provider: unknown;
    @rules.that(isName, 'a name of 1 to 64 characters') name: unknown;
    @rules.oneOf('lifecycle', 'rows', 'full') granularity: unknown;
    @rules.oneOf('none', 'digest', 'redacted', 'full') content: unknown;
    @rules.flag() enableContentRecording: unknown;
    @rules.flag() enable_content_recording: unknown;
    @rules.whole(1, MAX_CAPTURE_BYTES) maxContentChars: unknown;
    @rules.oneOf('gen-ai', 'openinference', 'langfuse', 'llm') vocabulary: unknown;
    @rules.whole(1, MAX_QUEUE) maxQueue: unknown;
  }

  class ConsoleDestination extends Destination implements KeysOf<ConsoleDestinationOptions> {}

  class MemoryDestination extends Destination implements KeysOf<MemoryDestinationOptions> {
    @rules.whole(1, MAX_QUEUE) maxSpans: unknown;
  }

  class FileDestination extends Destination implements KeysOf<FileDestinationOptions> {
    @rules.needed(isPath, 'the path of a file to append to') path: unknown;
  }

  class OtlpDestination extends Destination implements KeysOf<OtlpDestinationOptions> {
    @rules.that(acceptsEndpoint, (value) => expectedEndpoint(value, 'traces')) endpoint: unknown;
    @isGroup("{ 'x-api-key': '…' }") headers: unknown;
    @rules.oneOf('protobuf', 'json') encoding: unknown;
    @rules.oneOf('gzip', 'none') compression: unknown;
    @rules.whole(1, MAX_TIMEOUT_MS) timeoutMs: unknown;
  }

  return {
    tracing: Tracing,
    sampling: Sampling,
    metrics: Metrics,
    privacy: Privacy,
    destinations: {
      console: ConsoleDestination,
      memory: MemoryDestination,
      file: FileDestination,
      otlp: OtlpDestination,
    },
  };
}
