import type { OtlpSettings } from '../pipeline/otlp-exporter.js';
import type { OtlpDestinationOptions } from './destination-options.js';
import type { Signal } from './endpoint.js';
import {
  acceptsEndpoint,
  acceptsUrl,
  defaultEndpoint,
  expectedEndpoint,
  joinSignalPath,
  splitCredentials,
  toHttpPort,
  withSignalPath,
} from './endpoint.js';
import { isHeaderName, isHeaderValue } from './entries.js';
import { credentialsLayer, mergeHeaders } from './headers.js';
import type { Picker } from './picker.js';
import type { Candidate } from './resolution.js';

/** What the options of one exporter say. */
export type OtlpOptions = Pick<OtlpDestinationOptions, keyof OtlpSettings>;

const PREFIX = 'OTEL_EXPORTER_OTLP_';
const MAX_TIMEOUT_MS = 600_000;

/** The variable of a signal, which goes first, and the general one. */
export function variablesOf(signal: Signal, suffix: string): [own: string, general: string] {
  return [`${PREFIX}${signal.toUpperCase()}_${suffix}`, `${PREFIX}${suffix}`];
}

/** Resolves what one OTLP exporter is told against the `OTEL_EXPORTER_OTLP_*` variables, value by value. */
export class OtlpResolver {
  readonly #picker: Picker;
  readonly #options: OtlpOptions;
  readonly #signal: Signal;

  constructor(picker: Picker, options: OtlpOptions, signal: Signal) {
    this.#picker = picker;
    this.#options = options;
    this.#signal = signal;
  }

  #variable(name: string): string | undefined {
    return this.#picker.resolution.variable(name);
  }

  #url(name: string, accepts: (text: string) => boolean): string | undefined {
    const text = this.#variable(name);
    if (text === undefined || accepts(text)) return text;
    const path = this.#picker.pathTo('endpoint');
    return this.#picker.complain(path, text, expectedEndpoint(text, this.#signal), undefined, name);
  }

  /** Any http(s) URL: with the path of the signal, or as it was given for gRPC. */
  traceUrl(isGrpc: boolean, fallback: string): string {
    return this.#endpoint(acceptsUrl, !isGrpc, fallback);
  }

  /** Where OTLP over HTTP is taken. */
  endpoint(): string {
    return this.#endpoint(acceptsEndpoint, true, defaultEndpoint(this.#signal));
  }

  #endpoint(accepts: (text: string) => boolean, isJoined: boolean, fallback: string): string {
    const [own, general] = variablesOf(this.#signal, 'ENDPOINT');
    const join = isJoined ? (url: string): string => joinSignalPath(url, this.#signal) : (url: string): string => url;
    const variables: Candidate<string>[] = [
      [own, () => this.#url(own, accepts)],
      [general, () => mapGiven(this.#url(general, accepts), join)],
    ];
    const given = mapGiven(this.#options.endpoint, (url) => withSignalPath(url, this.#signal));
    return this.#picker.pick('endpoint', given, variables, fallback);
  }

  /** `ignoresGrpc` where code asks for HTTP, whatever the variable says. */
  encoding(ignoresGrpc = false): 'protobuf' | 'json' {
    const [own, general] = variablesOf(this.#signal, 'ENDPOINT').map((name) => this.#variable(name));
    const url = toHttpPort(this.#options.endpoint ?? own ?? general);
    const known = { 'http/protobuf': 'protobuf', 'http/json': 'json' } as const;
    const words: Record<string, 'protobuf' | 'json' | undefined> = ignoresGrpc ? { ...known, grpc: undefined } : known;
    const expected = `http/protobuf or http/json, which a collector takes at ${url}`;
    const variables = this.#candidates('PROTOCOL', (name) =>
      this.#picker.resolution.word(name, this.#picker.pathTo('encoding'), words, expected),
    );
    return this.#picker.pick('encoding', this.#options.encoding, variables, 'protobuf');
  }

  compression(): 'gzip' | 'none' {
    const words = { gzip: 'gzip', none: 'none' } as const;
    const variables = this.#candidates('COMPRESSION', (name) =>
      this.#picker.resolution.word(name, this.#picker.pathTo('compression'), words),
    );
    return this.#picker.pick('compression', this.#options.compression, variables, 'gzip');
  }

  timeoutMs(): number {
    const variables = this.#candidates('TIMEOUT', (name) =>
      this.#picker.resolution.whole(name, this.#picker.pathTo('timeoutMs'), 1, MAX_TIMEOUT_MS),
    );
    return this.#picker.pick('timeoutMs', this.#options.timeoutMs, variables, 10_000);
  }

  #candidates<T>(suffix: string, read: (name: string) => T | undefined): Candidate<T>[] {
    return variablesOf(this.#signal, suffix).map((name) => [name, () => read(name)]);
  }

  #headersOf(variable: string): [string, string][] {
    const path = this.#picker.pathTo('headers');
    return this.#picker.resolution.pairs(variable, path).filter(([name, value]) => {
      const isAllowed = isHeaderName(name) && isHeaderValue(value);
      if (!isAllowed) this.#picker.complain(path, value, 'names and values that HTTP allows', undefined, variable);
      return isAllowed;
    });
  }

  headers(authorization: string | undefined): Record<string, string> {
    const { isOptionFirst, place } = this.#picker;
    const [ofSignal, general] = variablesOf(this.#signal, 'HEADERS');
    const own = { source: place.source, pairs: Object.entries(this.#options.headers ?? {}) };
    const isShared = !place.hasSiblings || this.#options.endpoint === undefined;
    const variables = (isShared ? [general, ofSignal] : []).map((source) => ({
      source,
      pairs: this.#headersOf(source),
    }));
    const layers = isOptionFirst ? [...variables, own] : [own, ...variables];
    return mergeHeaders(this.#picker, [credentialsLayer(authorization), ...layers]);
  }
}

function mapGiven(value: string | undefined, map: (value: string) => string): string | undefined {
  return value === undefined ? undefined : map(value);
}

/** Resolves what one OTLP exporter over HTTP is told. */
export function resolveOtlp(picker: Picker, options: OtlpOptions, signal: Signal): OtlpSettings {
  const resolver = new OtlpResolver(picker, options, signal);
  const { endpoint, authorization } = splitCredentials(resolver.endpoint());
  return {
    endpoint,
    headers: resolver.headers(authorization),
    encoding: resolver.encoding(),
    compression: resolver.compression(),
    timeoutMs: resolver.timeoutMs(),
  };
}
