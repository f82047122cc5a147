import type {
  BatchOptions,
  BreakerOptions,
  CommonDestinationOptions,
  ConsoleDestinationOptions,
  CustomDestinationOptions,
  FileDestinationOptions,
  FilterOptions,
  HealthOptions,
  HttpDestinationOptions,
  LimitOptions,
  MemoryDestinationOptions,
  OtlpDestinationOptions,
  TlsOptions,
} from './destination-options.js';
import { acceptsEndpoint, acceptsUrl, expectedEndpoint } from './endpoint.js';
import { isAttributeList, isExporter, isName, isNameList, isPath, isText } from './option-checks.js';
import type { KeysOf, OptionRules } from './option-rules.js';
import { isGroup } from './option-rules.js';
import { definePresetClasses } from './preset-classes.js';
import type { Provider } from './presets/known-presets.js';
import { PROVIDERS } from './presets/known-presets.js';

type OwnProvider = 'console' | 'memory' | 'file' | 'otlp' | 'custom';

/** The class of a destination of some provider. */
export type DestinationClasses = (provider: Provider) => new () => object;

/** The classes of groups of options, by the key under which they stand in a destination. */
export type GroupClasses = Readonly<
  Record<'batch' | 'breaker' | 'health' | 'limits' | 'filter' | 'tls', new () => object>
>;

const MAX_QUEUE = 1_000_000;
const MAX_MS = 600_000;
const MAX_BYTES = 1_073_741_824;

/** Declares the groups of options. */
export function defineGroupClasses(rules: OptionRules): GroupClasses {
  class Batch implements KeysOf<BatchOptions> {
    @rules.whole(1, 100_000) maxSpans: unknown;
    @rules.whole(1024, MAX_BYTES / 2) maxBytes: unknown;
    @rules.whole(1, MAX_MS) delayMs: unknown;
  }

  class Breaker implements KeysOf<BreakerOptions> {
    @rules.whole(1, 1000) failures: unknown;
    @rules.whole(1, 3_600_000) openMs: unknown;
  }

  class Health implements KeysOf<HealthOptions> {
    @rules.ratio() dropRatio: unknown;
    @rules.whole(1, MAX_MS) latencyMs: unknown;
  }

  class Limits implements KeysOf<LimitOptions> {
    @rules.whole(16, MAX_BYTES) attributeBytes: unknown;
    @rules.whole(16, MAX_BYTES) contentAttributeBytes: unknown;
    @rules.whole(1, 100_000) attributesPerSpan: unknown;
    @rules.whole(1024, MAX_BYTES) spanBytes: unknown;
    @rules.whole(1024, MAX_BYTES) requestBytes: unknown;
  }

  class Filter implements KeysOf<FilterOptions> {
    @rules.that(isNameList, "a list such as ['chat *']") keepNames: unknown;
    @rules.that(isNameList, "a list such as ['GET *']") dropNames: unknown;
    @rules.that(isAttributeList, "a list such as [{ 'http.route': '/health' }]") dropWhere: unknown;
  }

  class Tls implements KeysOf<TlsOptions> {
    @rules.that(isText, 'PEM text or the path of a file') ca: unknown;
    @rules.that(isText, 'PEM text or the path of a file') cert: unknown;
    @rules.that(isText, 'PEM text or the path of a file') key: unknown;
  }

  return { batch: Batch, breaker: Breaker, health: Health, limits: Limits, filter: Filter, tls: Tls };
}

/** Declares the classes of destinations, those of presets when one is first asked for. */
export function defineDestinationClasses(rules: OptionRules): DestinationClasses {
  class Destination implements KeysOf<CommonDestinationOptions> {
    // Checked before: it says which class this is.
    @rules.oneOf(...PROVIDERS) provider: unknown;
    @rules.that(isName, 'a name of 1 to 64 characters') name: unknown;
    @rules.oneOf('lifecycle', 'rows', 'full') granularity: unknown;
    @rules.oneOf('llm') only: unknown;
    @isGroup(rules, "{ dropNames: ['GET *'] }") filter: unknown;
    @rules.oneOf('none', 'digest', 'redacted', 'full') content: unknown;
    @rules.flag() enableContentRecording: unknown;
    @rules.flag() enable_content_recording: unknown;
    @rules.whole(1, MAX_BYTES) maxContentChars: unknown;
    @rules.oneOf('gen-ai', 'openinference', 'langfuse', 'llm') vocabulary: unknown;
    @isGroup(rules, '{ attributeBytes: 8192 }') limits: unknown;
    @rules.whole(1, MAX_QUEUE) maxQueue: unknown;
    @rules.oneOf('drop_oldest', 'drop_newest', 'slow') onFull: unknown;
    @rules.whole(1, MAX_MS) maxWaitMs: unknown;
    @isGroup(rules, '{ maxSpans: 512 }') batch: unknown;
    @isGroup(rules, '{ failures: 5 }') breaker: unknown;
    @isGroup(rules, '{ latencyMs: 500 }') health: unknown;
    @rules.flag() announceStarts: unknown;
  }

  class HttpDestination extends Destination implements KeysOf<HttpDestinationOptions> {
    @rules.that(acceptsEndpoint, (value) => expectedEndpoint(value, 'traces')) endpoint: unknown;
    @isGroup(rules, "{ 'x-api-key': '…' }") headers: unknown;
    @rules.oneOf('protobuf', 'json') encoding: unknown;
    @rules.oneOf('gzip', 'none') compression: unknown;
    @rules.whole(1, MAX_MS) timeoutMs: unknown;
    @rules.whole(1, MAX_MS) connectTimeoutMs: unknown;
    @rules.whole(1, 1000) maxSockets: unknown;
    @isGroup(rules, "{ ca: 'ca.pem' }") tls: unknown;
    @rules.flag() officialExporter: unknown;
  }

  class ConsoleDestination extends Destination implements KeysOf<ConsoleDestinationOptions> {}

  class MemoryDestination extends Destination implements KeysOf<MemoryDestinationOptions> {
    @rules.whole(1, MAX_QUEUE) maxSpans: unknown;
  }

  class FileDestination extends Destination implements KeysOf<FileDestinationOptions> {
    @rules.needed(isPath, 'the path of a file to append to') path: unknown;
  }

  class CustomDestination extends Destination implements KeysOf<CustomDestinationOptions> {
    @rules.needed(isExporter, 'an object with an export() method, or a function') exporter: unknown;
    @rules.whole(1, MAX_MS) timeoutMs: unknown;
  }

  class OtlpDestination extends Destination implements KeysOf<OtlpDestinationOptions> {
    @rules.oneOf('http', 'grpc') protocol: unknown;
    // Which ports are allowed depends on the protocol, which variables may say.
    @rules.that(acceptsUrl, (value) => expectedEndpoint(value, 'traces')) endpoint: unknown;
    @isGroup(rules, "{ 'x-api-key': '…' }") headers: unknown;
    @rules.oneOf('protobuf', 'json') encoding: unknown;
    @rules.oneOf('gzip', 'none') compression: unknown;
    @rules.whole(1, MAX_MS) timeoutMs: unknown;
    @rules.whole(1, MAX_MS) connectTimeoutMs: unknown;
    @rules.whole(1, 1000) maxSockets: unknown;
    @isGroup(rules, "{ ca: 'ca.pem' }") tls: unknown;
    @rules.flag() officialExporter: unknown;
  }

  const own: Readonly<Record<OwnProvider, new () => object>> = {
    console: ConsoleDestination,
    memory: MemoryDestination,
    file: FileDestination,
    custom: CustomDestination,
    otlp: OtlpDestination,
  };
  // Declaring them takes longer than all the rest, and most programs name one or two.
  const presets = once(() => definePresetClasses(rules, { Destination, HttpDestination }));
  return (provider) => (isOwn(provider) ? own[provider] : presets()[provider]);
}

function isOwn(provider: Provider): provider is OwnProvider {
  return ['console', 'memory', 'file', 'otlp', 'custom'].includes(provider);
}

/** Runs a function when it is first called, and gives the same from then on. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
