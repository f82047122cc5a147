import type { OtlpSettings } from '../pipeline/otlp-exporter.js';
import type { Signal } from './endpoint.js';
import {
  acceptsEndpoint,
  defaultEndpoint,
  expectedEndpoint,
  joinSignalPath,
  splitCredentials,
  toHttpPort,
  withSignalPath,
} from './endpoint.js';
import { isHeaderName, isHeaderValue } from './entries.js';
import type { OtlpDestinationOptions } from './options.js';
import type { Path } from './problems.js';
import { printPath } from './problems.js';
import type { Candidate, Resolution } from './resolution.js';

/** One exporter and what is known about its place. */
export interface OtlpContext {
  readonly options: Pick<OtlpDestinationOptions, keyof OtlpSettings>;
  readonly signal: Signal;
  /** Where its options stand in what was given. */
  readonly path: Path;
  /** Under what its sources are remembered. */
  readonly title: Path;
  /** Who gave the options; a file's values give way to variables. */
  readonly source: string;
  /** Others of its kind stand beside it: then variables cannot know which one is meant. */
  readonly hasSiblings: boolean;
}

const PREFIX = 'OTEL_EXPORTER_OTLP_';
const MAX_TIMEOUT_MS = 600_000;

/** The general variable and that of the signal, which goes first. */
const namesOf = (signal: Signal, suffix: string): [own: string, general: string] => [
  `${PREFIX}${signal.toUpperCase()}_${suffix}`,
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
    return this.#resolution.pickOr([...this.#context.title, key], candidates, fallback);
  }

  #pathTo(key: string): (string | number)[] {
    return [...this.#context.path, key];
  }

  #namesOf(suffix: string): [own: string, general: string] {
    return namesOf(this.#context.signal, suffix);
  }

  #url(name: string): string | undefined {
    const text = this.#resolution.variable(name);
    if (text === undefined || acceptsEndpoint(text)) return text;
    return this.#resolution.complain(
      name,
      this.#pathTo('endpoint'),
      text,
      expectedEndpoint(text, this.#context.signal),
    );
  }

  #endpoint(): string {
    const { options, signal } = this.#context;
    const [own, general] = this.#namesOf('ENDPOINT');
    const variables: Candidate<string>[] = [
      [own, () => this.#url(own)],
      [general, () => mapGiven(this.#url(general), (url) => joinSignalPath(url, signal))],
    ];
    const given = mapGiven(options.endpoint, (url) => withSignalPath(url, signal));
    return this.#pick('endpoint', given, variables, defaultEndpoint(signal));
  }

  #encoding(): 'protobuf' | 'json' {
    const [own, general] = this.#namesOf('ENDPOINT').map((name) => this.#resolution.variable(name));
    const url = toHttpPort(this.#context.options.endpoint ?? own ?? general);
    const words = { 'http/protobuf': 'protobuf', 'http/json': 'json' } as const;
    const expected = `http/protobuf or http/json, which a collector takes at ${url}`;
    const variables = this.#namesOf('PROTOCOL').map((name): Candidate<'protobuf' | 'json'> => [
      name,
      () => this.#resolution.word(name, this.#pathTo('encoding'), words, expected),
    ]);
    return this.#pick('encoding', this.#context.options.encoding, variables, 'protobuf');
  }

  #compression(): 'gzip' | 'none' {
    const words = { gzip: 'gzip', none: 'none' } as const;
    const variables = this.#namesOf('COMPRESSION').map((name): Candidate<'gzip' | 'none'> => [
      name,
      () => this.#resolution.word(name, this.#pathTo('compression'), words),
    ]);
    return this.#pick('compression', this.#context.options.compression, variables, 'gzip');
  }

  #timeoutMs(): number {
    const variables = this.#namesOf('TIMEOUT').map((name): Candidate<number> => [
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
    const { options, title, source, hasSiblings } = this.#context;
    const [ofSignal, general] = this.#namesOf('HEADERS');
    const own = [source, Object.entries(options.headers ?? {})] as const;
    const isShared = !hasSiblings || options.endpoint === undefined;
    const variables = isShared ? [general, ofSignal].map((one) => [one, this.#headersOf(one)] as const) : [];
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
      this.#resolution.sources[printPath([...title, 'headers', header])] = from;
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

/** Resolves what one OTLP exporter is told against the `OTEL_EXPORTER_OTLP_*` variables. */
export function resolveOtlp(resolution: Resolution, context: OtlpContext): OtlpSettings {
  return new OtlpResolver(resolution, context).resolve();
}
