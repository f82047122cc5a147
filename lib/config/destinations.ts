import { resolve } from 'node:path';
import type { CommonSettings, DestinationSettings } from '../pipeline/settings.js';
import type { ContentVote } from '../privacy/switches.js';
import type { ContentTier } from '../privacy/tiers.js';
import type { CheckedOptions } from './check.js';
import { checkOptions } from './check.js';
import { isLoopback } from './endpoint.js';
import type { CommonDestinationOptions, DestinationOptions } from './options.js';
import { resolveOtlp } from './otlp.js';
import type { ConfigProblem } from './problems.js';
import { printPath, printValue } from './problems.js';
import type { ContentSettings, PrivacyPort } from './privacy.js';
import type { Resolution } from './resolution.js';

/** A destination with every default filled in. */
export type ResolvedDestination = DestinationSettings;

/** A destination that was left out. */
export interface SkippedDestination {
  readonly name: string;
  /** `ci`: it is beyond this machine and the process runs in CI. */
  readonly reason: 'ci';
}

/** The destinations of a configuration. */
export interface ResolvedDestinations {
  readonly destinations: readonly ResolvedDestination[];
  readonly skipped: readonly SkippedDestination[];
}

interface GivenList {
  readonly source: string;
  readonly list: readonly (DestinationOptions | undefined)[];
}

const VARIABLE = 'SPANWRIGHT_DESTINATIONS';

function readVariable(resolution: Resolution): CheckedOptions['destinations'] {
  const text = resolution.variable(VARIABLE);
  if (text === undefined) return undefined;
  const providers = text.split(',').map((provider) => provider.trim());
  const destinations = providers.filter((provider) => provider !== '').map((provider) => ({ provider }));
  return checkOptions({ destinations }, { kind: 'file', label: VARIABLE }, resolution.variableProblems).destinations;
}

function findList(resolution: Resolution, code: CheckedOptions, file: CheckedOptions, isOn: boolean): GivenList {
  const path = ['destinations'];
  const list = resolution.pickOr<GivenList['list']>(
    path,
    [
      ['code', () => code.destinations],
      ['file', () => file.destinations],
      [VARIABLE, () => readVariable(resolution)],
    ],
    [],
  );
  if (list.length > 0 || !isOn) return { source: resolution.sources['destinations'] ?? 'default', list };
  resolution.sources['destinations'] = 'default';
  return { source: 'default', list: [{ provider: 'console' }] };
}

function checkNames({ list, source }: GivenList, problems: ConfigProblem[]): void {
  const names = list.map((one) => one?.name ?? one?.provider);
  for (const [index, name] of names.entries()) {
    const first = names.indexOf(name);
    if (name === undefined || first === index) continue;
    problems.push({
      path: `destinations[${index}].name`,
      got: printValue(name),
      expected: `a name of its own; destinations[${first}] has this one`,
      source,
      hint: 'give one of them a name',
    });
  }
}

class DestinationResolver {
  readonly #resolution: Resolution;
  readonly #given: GivenList;
  readonly #settings: ContentSettings;
  readonly #port: PrivacyPort | undefined;

  constructor(resolution: Resolution, given: GivenList, settings: ContentSettings, port: PrivacyPort | undefined) {
    this.#resolution = resolution;
    this.#given = given;
    this.#settings = settings;
    this.#port = port;
  }

  // The strictest that is set wins; who said it first stands as its source.
  #content(name: string, options: CommonDestinationOptions & { provider: string }): ContentTier {
    const own = this.#pick(name, 'content', options.content, options.provider === 'memory' ? 'full' : 'none');
    const switches = ['enableContentRecording', 'enable_content_recording'] as const;
    const votes = switches
      .filter((key) => options[key] === false)
      .map((source): ContentVote => ({ source, tier: 'none' }));
    const path = printPath(['destinations', name, 'content']);
    const { sources } = this.#resolution;
    const given: ContentVote = { source: sources[path] ?? 'default', tier: own };
    const { tier = own, decidedBy } = this.#port?.combineVotes([given, ...votes, ...this.#settings.votes]) ?? {};
    sources[path] = decidedBy ?? given.source;
    return tier;
  }

  #pick<T>(name: string, key: string, option: T | undefined, fallback: T): T {
    return this.#resolution.pickOr(['destinations', name, key], [[this.#given.source, () => option]], fallback);
  }

  #common(options: CommonDestinationOptions & { provider: string }): CommonSettings {
    const name = options.name ?? options.provider;
    const maxContentChars = options.maxContentChars ?? this.#settings.maxContentChars;
    return {
      name,
      provider: options.provider,
      filter: {},
      limits: {},
      resourceAttributes: {},
      announceStarts: false,
      delivery: {
        maxQueue: this.#pick(name, 'maxQueue', options.maxQueue, 10_000),
        onFull: 'drop_oldest',
        maxWaitMs: 1000,
        batch: { maxSpans: 512, maxBytes: 1_048_576, delayMs: 1000 },
        breaker: { failures: 5, openMs: 30_000 },
        health: { dropRatio: 0.01, latencyMs: 2000 },
      },
      granularity: this.#pick(name, 'granularity', options.granularity, 'full'),
      content: this.#content(name, options),
      vocabulary: this.#pick(name, 'vocabulary', options.vocabulary, 'gen-ai'),
      ...(maxContentChars === undefined ? {} : { maxContentChars }),
    };
  }

  resolve(options: DestinationOptions, index: number): ResolvedDestination {
    const { list, source } = this.#given;
    const common = this.#common(options);
    const { name } = common;
    const { provider } = options;
    switch (provider) {
      case 'console':
        return { ...common, transport: { kind: provider } };
      case 'memory':
        return {
          ...common,
          transport: { kind: provider, maxSpans: this.#pick(name, 'maxSpans', options.maxSpans, 10_000) },
        };
      case 'file':
        return {
          ...common,
          transport: {
            kind: provider,
            path: resolve(this.#resolution.cwd, this.#pick(name, 'path', options.path, '')),
          },
        };
      default: {
        const settings = resolveOtlp(this.#resolution, {
          options,
          signal: 'traces',
          path: ['destinations', index],
          title: ['destinations', name],
          source,
          hasSiblings: list.filter((one) => one?.provider === 'otlp').length > 1,
        });
        return {
          ...common,
          transport: {
            kind: 'http',
            ...settings,
            connectTimeoutMs: 5000,
            maxSockets: 10,
            tls: {},
            officialExporter: false,
          },
        };
      }
    }
  }
}

function isRemote({ transport }: ResolvedDestination): boolean {
  return transport.kind === 'http' && !isLoopback(transport.endpoint);
}

/** Says that what is sent beyond this machine is left out in CI. */
export function warnSkipped(resolution: Resolution, names: readonly string[], ci: string): void {
  resolution.warnings.push({
    code: 'CONFIG_DESTINATION_SKIPPED',
    message: `nothing is sent to ${names.join(', ')} in CI (${ci} is set)`,
    hint: 'set SPANWRIGHT_ENABLE_IN_CI=true to send',
  });
}

/** What destinations depend on besides their own options. */
export interface DestinationSources {
  readonly isOn: boolean;
  /** The variable that tells a CI run. */
  readonly ci: string | undefined;
  readonly settings: ContentSettings;
  readonly port: PrivacyPort | undefined;
}

/** Resolves the destinations; `isOn` is true when `enabled: true` was given, which alone prints to the console. */
export function resolveDestinations(
  resolution: Resolution,
  code: CheckedOptions,
  file: CheckedOptions,
  { isOn, ci, settings, port }: DestinationSources,
): ResolvedDestinations {
  const given = findList(resolution, code, file, isOn);
  checkNames(given, given.source === VARIABLE ? resolution.variableProblems : resolution.problems);
  const resolver = new DestinationResolver(resolution, given, settings, port);
  const all = given.list.flatMap((one, index) => (one === undefined ? [] : [resolver.resolve(one, index)]));
  const remote = ci === undefined ? [] : all.filter(isRemote);
  if (ci === undefined || remote.length === 0) return { destinations: all, skipped: [] };
  const names = remote.map(({ name }) => name);
  warnSkipped(resolution, names, ci);
  return {
    destinations: all.filter((one) => !remote.includes(one)),
    skipped: names.map((name) => ({ name, reason: 'ci' })),
  };
}
