import type { CommonDestinationOptions } from './destination-options.js';
import type { DestinationOptions } from './options.js';

/** What `parseTracingConfig` keeps for any provider. */
export interface ParsedCommon {
  readonly serviceName?: string;
  readonly serviceVersion?: string;
  readonly environment?: string;
  /** Share of new traces that is kept, 0–1; also written as `sampleRate`. */
  readonly sampling?: { readonly ratio: number };
  /** `false` keeps it inert. */
  readonly enabled?: boolean;
  /** Sends the spans there alone and not to the global destinations as well. */
  readonly exclusive?: boolean;
}

type Extras = Readonly<Omit<CommonDestinationOptions, 'enable_content_recording'>>;

/** No provider: inert. */
export interface ParsedNone extends ParsedCommon {
  readonly provider: 'none';
}

/** Azure Monitor, Application Insights. */
export interface ParsedAzure extends ParsedCommon, Extras {
  readonly provider: 'azure_ai' | 'azure_monitor';
  /** As written, else `APPLICATIONINSIGHTS_CONNECTION_STRING`. */
  readonly connectionString?: string;
  /** Default true, which has no vote on content; written, `true` is `content: 'redacted'` and `false` is `none`. */
  readonly enableContentRecording: boolean;
  /** Default false. Microsoft's exporter has no Live Metrics: `true` warns and says what has. */
  readonly enableLiveMetrics: boolean;
}

/** Langfuse. */
export interface ParsedLangfuse extends ParsedCommon, Extras {
  readonly provider: 'langfuse';
  readonly publicKey?: string;
  readonly secretKey?: string;
  /** Default `https://cloud.langfuse.com`. */
  readonly host: string;
}

/** Any other destination, with its options as they were written: nothing has checked them yet. */
export type ParsedDestination = ParsedCommon &
  Readonly<Exclude<DestinationOptions, { provider: ParsedAzure['provider'] | ParsedLangfuse['provider'] }>>;

/** The name of a provider that nobody knows here: any text, of a type of its own so that `provider` tells the others apart. */
export declare enum UnknownProvider {
  Any = '',
}

/** A provider that nobody knows here: inert. */
export interface ParsedUnknown extends ParsedCommon {
  readonly provider: UnknownProvider;
}

/** The tracing of a service as its own options say it, told apart by `provider`. Frozen. Holds keys: print `provider` alone. */
export type ParsedTracingConfig = ParsedNone | ParsedAzure | ParsedLangfuse | ParsedDestination | ParsedUnknown;

// Not enumerable, so that the object compares equal to one written by hand. Shared by all copies of the package.
const WRITTEN = Symbol.for('spanwright.parsed');
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** Notes which options were written, by their names in camel case: a default that parsing fills in has no vote. */
export function markParsed<T extends object>(parsed: T, written: readonly string[]): T {
  Object.defineProperty(parsed, WRITTEN, { value: Object.freeze([...written]) });
  // `console.log(service)` is how keys get into logs.
  Object.defineProperty(parsed, INSPECT, { value: () => `ParsedTracingConfig(${(parsed as ParsedNone).provider})` });
  return parsed;
}

/** Tells what `parseTracingConfig` made. */
export function isParsed(value: unknown): value is ParsedTracingConfig {
  return typeof value === 'object' && value !== null && Array.isArray((value as { [WRITTEN]?: unknown })[WRITTEN]);
}

/** Tells whether an option stood in what was parsed. */
export function isWritten(parsed: ParsedTracingConfig, option: string): boolean {
  return (parsed as { [WRITTEN]?: readonly string[] })[WRITTEN]?.includes(option) === true;
}
