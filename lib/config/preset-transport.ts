import type { HttpSettings } from '../pipeline/settings.js';
import type { HttpDestinationOptions } from './destination-options.js';
import { acceptsEndpoint, acceptsUrl, expectedEndpoint, joinPath, splitCredentials, withPath } from './endpoint.js';
import { credentialsLayer, mergeHeaders } from './headers.js';
import { resolveConnection } from './http-transport.js';
import { isRegion, withScheme } from './option-checks.js';
import type { Picker } from './picker.js';
import type { MissingField, NamedOptions } from './preset-values.js';
import { findMissing, resolveValues } from './preset-values.js';
import type { HttpPreset, Preset } from './presets/preset.js';
import type { Candidate } from './resolution.js';

/** What a preset makes of options and environment. */
export interface ResolvedPreset {
  readonly transport: { readonly kind: 'http' } & HttpSettings;
  readonly resourceAttributes: Readonly<Record<string, string>>;
  /** Without these nothing would arrive; then the transport is none to use. */
  readonly missing: readonly MissingField[];
  /** A key travels with every request. */
  readonly hasKey: boolean;
}

type Values = Readonly<Record<string, string>>;

// Never used: a destination without a URL is refused or inactive.
const NOWHERE = 'http://localhost';

const NO_REGION = { key: 'region', meaning: 'the region of the stack, or an endpoint' };

class UrlResolver {
  readonly #picker: Picker;
  readonly #http: HttpPreset;
  readonly #values: Values;

  constructor(picker: Picker, http: HttpPreset, values: Values) {
    this.#picker = picker;
    this.#http = http;
    this.#values = values;
  }

  #below(base: string | undefined): string | undefined {
    return base === undefined ? undefined : joinPath(new URL(base), this.#http.path(this.#values));
  }

  #regionUrl(region: unknown): string | undefined {
    if (typeof region !== 'string') return undefined;
    return this.#below(this.#http.regions?.[region] ?? this.#http.regionUrl?.(region.trim()));
  }

  #hostUrl(host: unknown): string | undefined {
    if (typeof host !== 'string') return undefined;
    const url = new URL(withScheme(host));
    const path = this.#http.hostPath ?? this.#http.path;
    return joinPath(url, path(this.#values, url));
  }

  #variableUrl(name: string): string | undefined {
    const text = this.#picker.resolution.variable(name);
    if (text === undefined) return undefined;
    if (!acceptsEndpoint(text)) {
      const example = this.#below(this.#http.defaultUrl?.(this.#values));
      const expected = acceptsUrl(text) ? expectedEndpoint(text, 'traces') : `an http(s) URL such as ${example}`;
      return this.#picker.complain(this.#picker.pathTo('endpoint'), text, expected, undefined, name);
    }
    const url = new URL(text);
    const path = this.#http.variablePath ?? this.#http.hostPath ?? this.#http.path;
    return joinPath(url, path(this.#values, url));
  }

  #regionVariable(name: string): string | undefined {
    const text = this.#picker.resolution.variable(name);
    if (text === undefined || isRegion(text)) return this.#regionUrl(text);
    return this.#picker.complain(this.#picker.pathTo('region'), text, 'a region such as eu-west-2', undefined, name);
  }

  resolve({ endpoint, host, region }: NamedOptions): string | undefined {
    const { endpointVariables, regionVariables = [], defaultUrl } = this.#http;
    const { source } = this.#picker.place;
    const given = typeof endpoint === 'string' ? withPath(endpoint, this.#http.path(this.#values)) : undefined;
    const option = given ?? this.#hostUrl(host) ?? this.#regionUrl(region);
    const variables = [
      ...endpointVariables.map((name): Candidate<string> => [name, () => this.#variableUrl(name)]),
      ...regionVariables.map((name): Candidate<string> => [name, () => this.#regionVariable(name)]),
    ];
    const candidates = this.#picker.order([[source, () => option]], variables);
    const fallback: Candidate<string> = ['default', () => this.#below(defaultUrl?.(this.#values))];
    return this.#picker.resolution.pick([...this.#picker.place.title, 'endpoint'], [...candidates, fallback]);
  }
}

function givenOnly(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== undefined));
}

/** Resolves a destination over OTLP/HTTP whose backend is known by name. */
export function resolvePreset(
  picker: Picker,
  preset: Preset,
  http: HttpPreset,
  options: HttpDestinationOptions,
): ResolvedPreset {
  const named = options as unknown as NamedOptions;
  const values = resolveValues(picker, preset, named);
  const url = new UrlResolver(picker, http, values).resolve(named);
  const { endpoint, authorization } = splitCredentials(url ?? NOWHERE);
  const missing = findMissing(preset, values, new URL(endpoint));
  const noRegion = { ...NO_REGION, variables: http.regionVariables ?? [] };
  const own = Object.entries(options.headers ?? {});
  const headers = mergeHeaders(picker, [
    credentialsLayer(authorization),
    { source: 'preset', pairs: missing.length > 0 ? [] : Object.entries(http.headers(values)) },
    { source: picker.place.source, pairs: own },
  ]);
  return {
    transport: {
      kind: 'http',
      endpoint,
      headers,
      encoding: picker.pick('encoding', options.encoding, [], 'protobuf'),
      compression: picker.pick('compression', options.compression, [], 'gzip'),
      timeoutMs: picker.pick('timeoutMs', options.timeoutMs, [], 10_000),
      ...resolveConnection(picker, options, endpoint),
    },
    resourceAttributes: givenOnly(http.resource?.(values) ?? {}),
    missing: url === undefined ? [noRegion, ...missing] : missing,
    hasKey: Object.entries(preset.fields).some(([key, { isSecret }]) => isSecret === true && values[key] !== undefined),
  };
}
