import type { VocabularyName } from '../genai/vocabularies/vocabulary.js';
import type { ContentTier } from '../privacy/tiers.js';
import type { Granularity } from './selection/granularity.js';

/** What a destination does when its queue is full. `slow` makes asynchronous calls wait a little, then drops the oldest. */
export type OnFull = 'drop_oldest' | 'drop_newest' | 'slow';

/** How spans wait for one destination and leave for it. */
export interface DeliverySettings {
  /** Spans that may wait. */
  readonly maxQueue: number;
  readonly onFull: OnFull;
  /** The longest that an asynchronous call waits with `slow`, in milliseconds. */
  readonly maxWaitMs: number;
  readonly batch: {
    readonly maxSpans: number;
    /** Of the request before compression. */
    readonly maxBytes: number;
    /** The longest that a span waits for others. */
    readonly delayMs: number;
  };
  readonly breaker: {
    /** Failures in a row that open it. */
    readonly failures: number;
    /** Until a trial, in milliseconds. */
    readonly openMs: number;
  };
  /** Beyond these, over 60 seconds, the destination is not healthy. */
  readonly health: {
    /** Share of spans dropped, 0–1. */
    readonly dropRatio: number;
    /** Mean time of an export, in milliseconds. */
    readonly latencyMs: number;
  };
}

/** What a backend takes at most; absent where it says nothing. */
export interface BackendLimits {
  /** UTF-8 bytes of the value of one attribute. */
  readonly attributeBytes?: number;
  /** The same for the attributes that hold content of calls to models, where a backend gives them more. */
  readonly contentAttributeBytes?: number;
  /** The attributes that it gives more; absent means all that hold content. */
  readonly contentAttributes?: readonly string[];
  /** Attributes of one span. */
  readonly attributesPerSpan?: number;
  /** Bytes of one span. */
  readonly spanBytes?: number;
  /** Bytes of one request before compression. */
  readonly requestBytes?: number;
}

/** Which spans a destination takes beyond its granularity, by what is known when they start; the last by their end. */
export interface SpanFilter {
  /** `llm`: calls to models and embeddings alone. */
  readonly only?: 'llm';
  /** Names to keep, with `*` for any characters; absent means all. */
  readonly keepNames?: readonly (string | RegExp)[];
  /** Names to leave out. */
  readonly dropNames?: readonly (string | RegExp)[];
  /** Attributes by which a span without children is left out; a span that has all of one entry goes. */
  readonly dropWhere?: readonly Readonly<Record<string, string | number | boolean>>[];
}

/** What every destination is told. */
export interface CommonSettings {
  /** In `health()` and `status()`. */
  readonly name: string;
  /** The preset, or the kind of destination. */
  readonly provider: string;
  readonly granularity: Granularity;
  readonly filter: SpanFilter;
  readonly vocabulary: VocabularyName;
  readonly content: ContentTier;
  /** Characters of one attribute. */
  readonly maxContentChars?: number | undefined;
  readonly limits: BackendLimits;
  /** Attributes of the resource for this destination alone. */
  readonly resourceAttributes: Readonly<Record<string, string>>;
  /** Workflows are sent when they start as well, as a span that is not over. */
  readonly announceStarts: boolean;
  readonly delivery: DeliverySettings;
}

/** Certificates of a connection, in PEM. */
export interface TlsSettings {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** OTLP over HTTP. */
export interface HttpSettings {
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly encoding: 'protobuf' | 'json';
  readonly compression: 'gzip' | 'none';
  /** Of one request, from its first byte to the answer's last. */
  readonly timeoutMs: number;
  readonly connectTimeoutMs: number;
  /** Connections that stay open. */
  readonly maxSockets: number;
  readonly tls: TlsSettings;
  /** URL of the proxy that the environment asks for. */
  readonly proxy?: string;
  /** Sends through the official exporter of OpenTelemetry instead of our own sender. */
  readonly officialExporter: boolean;
}

/** What a client of HTTP needs to know of a backend. */
export type ClientSettings = Pick<
  HttpSettings,
  'endpoint' | 'headers' | 'timeoutMs' | 'connectTimeoutMs' | 'maxSockets' | 'tls' | 'proxy'
>;

/** OTLP over gRPC, through the official exporter. */
export interface GrpcSettings {
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly compression: 'gzip' | 'none';
  readonly timeoutMs: number;
  readonly tls: TlsSettings;
}

/** What carries spans to a destination. */
export type Transport =
  | { readonly kind: 'console' }
  | { readonly kind: 'memory'; readonly maxSpans: number }
  | { readonly kind: 'file'; readonly path: string }
  | ({ readonly kind: 'http' } & HttpSettings)
  | ({ readonly kind: 'grpc' } & GrpcSettings)
  | { readonly kind: 'azure'; readonly connectionString: string; readonly timeoutMs: number }
  | { readonly kind: 'custom'; readonly exporter: unknown; readonly timeoutMs: number };

/** A destination with every default filled in. */
export interface DestinationSettings extends CommonSettings {
  readonly transport: Transport;
}
