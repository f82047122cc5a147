import type { OtlpSettings } from '../pipeline/destinations/otlp.js';
import {
  DEFAULT_ENDPOINT,
  acceptsEndpoint,
  expectedEndpoint,
  joinTracesPath,
  splitCredentials,
  toHttpPort,
  withTracesPath,
} from './endpoint.js';
import { isHeaderName, isHeaderValue } from './entries.js';
import type { OtlpDestinationOptions } from './options.js';
import { printPath } from './problems.js';
import type { Candidate, Resolution } from './resolution.js';

/** One destination and what is known about its list. */
export interface OtlpContext {
  readonly options: OtlpDestinationOptions;
  readonly name: string;
  readonly index: number;
  /** Who gave the list; a file's values give way to variables. */
  readonly source: string;
  /** Other `otlp` destinations stand beside it: then variables cannot know which one is meant. */
  readonly hasSiblings: boolean;
}

const PREFIX = 'OTEL_EXPORTER_OTLP_';
const MAX_TIMEOUT_MS = 600_000;

/** The general variable and the one for traces, which goes first. */
const namesOf = (suffix: string): [traces: string, general: string] => [
  `${PREFIX}TRACES_${suffix}`,
  `${PREFIX}${suffix}`,
];

class OtlpResolver {
  readonly #resolution: Resolution;
  readonly #context: OtlpContext;

  constructor(resolution: Resolution, context: OtlpContext) {
    this.#resolution = resolution;
    this.#context = context;
  }

  get #isOptionFirst(): boolean {
    return this.#context.source !== 'file' || this.#context.hasSiblings;
  }

  #pick<T>(key: string, option: T | undefined, variables: readonly Candidate<T>[], fallback: T): T {
    const own: Candidate<T> = [this.#context.source, () => option];
    const candidates = this.#isOptionFirst ? [own, ...variables] : [...variables, own];
    return this.#resolution.pickOr(['destinations', this.#context.name, key], candidates, fallback);
  }

  #pathTo(key: string): (string | number)[] {
    return ['destinations', this.#context.index, key];
  }

  #url(name: string): string | undefined {
    const text = this.#resolution.variable(name);
    if (text === undefined || acceptsEndpoint(text)) return text;
    return this.#resolution.complain(name, this.#pathTo('endpoint'), text, expectedEndpoint(text));
  }

  #endpoint(): string {
    const { endpoint } = this.#context.options;
    const [traces, general] = namesOf('ENDPOINT');
    const variables: Candidate<string>[] = [
      [traces, () => this.#url(traces)],
      [general, () => mapGiven(this.#url(general), joinTracesPath)],
    ];
    return this.#pick('endpoint', mapGiven(endpoint, withTracesPath), variables, DEFAULT_ENDPOINT);
  }

  #encoding(): 'protobuf' | 'json' {
    const [traces, general] = namesOf('ENDPOINT').map((name) => this.#resolution.variable(name));
    const url = toHttpPort(this.#context.options.endpoint ?? traces ?? general);
    const words = { 'http/protobuf': 'protobuf', 'http/json': 'json' } as const;
    const expected = `http/protobuf or http/json, which a collector takes at ${url}`;
    const variables = namesOf('PROTOCOL').map((name): Candidate<'protobuf' | 'json'> => [
      name,
      () => this.#resolution.word(name, this.#pathTo('encoding'), words, expected),
    ]);
    return this.#pick('encoding', this.#context.options.encoding, variables, 'protobuf');
  }

  #compression(): 'gzip' | 'none' {
    const words = { gzip: 'gzip', none: 'none' } as const;
    const variables = namesOf('COMPRESSION').map((name): Candidate<'gzip' | 'none'> => [
      name,
      () => this.#resolution.word(name, this.#pathTo('compression'), words),
    ]);
    return this.#pick('compression', this.#context.options.compression, variables, 'gzip');
  }

  #timeoutMs(): number {
    const variables = namesOf('TIMEOUT').map((name): Candidate<number> => [
      name,
      () => this.#resolution.whole(name, this.#pathTo('timeoutMs'), 1, MAX_TIMEOUT_MS),
    ]);
    return this.#pick('timeoutMs', this.#context.options.timeoutMs, variables, 10_000);
  }

  #headersOf(variable: string): [string, string][] {
    return this.#resolution.pairs(variable, this.#pathTo('headers')).filter(([name, value]) => {
      const isAllowed = isHeaderName(name) && isHeaderValue(value);
      if (!isAllowed) {
        this.#resolution.complain(variable, this.#pathTo('headers'), value, 'names and values that HTTP allows');
      }
      return isAllowed;
    });
  }

  #headers(authorization: string | undefined): Record<string, string> {
    const { options, name, source, hasSiblings } = this.#context;
    const [traces, general] = namesOf('HEADERS');
    const own = [source, Object.entries(options.headers ?? {})] as const;
    const isShared = !hasSiblings || options.endpoint === undefined;
    const variables = isShared ? [general, traces].map((one) => [one, this.#headersOf(one)] as const) : [];
    const credentials: [string, string][] = authorization === undefined ? [] : [['authorization', authorization]];
    // From the weakest to the strongest; names of headers are the same in any case.
    const layers = [
      ['endpoint', credentials] as const,
      ...(this.#isOptionFirst ? [...variables, own] : [own, ...variables]),
    ];
    const merged = new Map<string, [name: string, value: string, source: string]>();
    for (const [from, pairs] of layers) {
      for (const [header, value] of pairs) merged.set(header.toLowerCase(), [header, value, from]);
    }
    for (const [header, , from] of merged.values()) {
      this.#resolution.sources[printPath(['destinations', name, 'headers', header])] = from;
    }
    return Object.fromEntries([...merged.values()].map(([header, value]) => [header, value]));
  }

  resolve(): OtlpSettings {
    const { endpoint, authorization } = splitCredentials(this.#endpoint());
    return {
      endpoint,
      headers: this.#headers(authorization),
      encoding: this.#encoding(),
      compression: this.#compression(),
      timeoutMs: this.#timeoutMs(),
    };
  }
}

function mapGiven(value: string | undefined, map: (value: string) => string): string | undefined {
  return value === undefined ? undefined : map(value);
}

/** Resolves one `otlp` destination against the `OTEL_EXPORTER_OTLP_*` variables. */
export function resolveOtlp(resolution: Resolution, context: OtlpContext): OtlpSettings {
  return new OtlpResolver(resolution, context).resolve();
}
