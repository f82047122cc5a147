import type { DestinationSettings } from '../pipeline/settings.js';
import type { CheckedOptions } from './check.js';
import { checkOptions } from './check.js';
import type { Resolved, ResolverContext } from './destination-resolver.js';
import { networkUrl, resolveDestination } from './destination-resolver.js';
import { isLoopback } from './endpoint.js';
import type { DestinationOptions } from './options.js';
import { complainMissing, describeMissing } from './preset-values.js';
import { PRESETS, presetName } from './presets/known-presets.js';
import type { Preset } from './presets/preset.js';
import type { ConfigProblem } from './problems.js';
import { printValue } from './problems.js';
import type { Resolution } from './resolution.js';

/** A destination with every default filled in. */
export type ResolvedDestination = DestinationSettings;

/** A destination that was left out. */
export interface SkippedDestination {
  readonly name: string;
  /** `ci`: it is beyond this machine and the process runs in CI; `no key`: what it needs to send is not there. */
  readonly reason: 'ci' | 'no key';
}

/** A variable of a vendor that is set while no destination of that vendor is configured. */
export interface UnusedVariable {
  readonly variable: string;
  readonly provider: string;
}

/** The destinations of a configuration. */
export interface ResolvedDestinations {
  readonly destinations: readonly ResolvedDestination[];
  readonly skipped: readonly SkippedDestination[];
  readonly unused: readonly UnusedVariable[];
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

function isRemote(destination: ResolvedDestination): boolean {
  const url = networkUrl(destination);
  return url !== undefined && !isLoopback(url);
}

/** Says that what is sent beyond this machine is left out in CI. */
export function warnSkipped(resolution: Resolution, names: readonly string[], ci: string): void {
  resolution.warnings.push({
    code: 'CONFIG_DESTINATION_SKIPPED',
    message: `nothing is sent to ${names.join(', ')} in CI (${ci} is set)`,
    hint: 'set SPANWRIGHT_ENABLE_IN_CI=true to send',
  });
}

function warnInactive(resolution: Resolution, { destination, missing }: Resolved): void {
  const { what, hint } = describeMissing(missing);
  const { provider } = destination;
  const message = `${provider} is inactive: got ${what}`;
  resolution.warnings.push({ code: 'CONFIG_DESTINATION_INACTIVE', message, hint, provider });
}

function warnInTheClear(resolution: Resolution, { destination, hasKey }: Resolved): void {
  const url = networkUrl(destination);
  if (!hasKey || url === undefined || isLoopback(url) || !url.startsWith('http:')) return;
  const { name, provider } = destination;
  resolution.warnings.push({
    code: 'CONFIG_KEY_IN_THE_CLEAR',
    message: `the key of ${name} goes over plain http to ${new URL(url).host}`,
    hint: 'use https, or a collector on this machine',
    provider,
  });
}

function variablesOf({ fields, http }: Preset): string[] {
  const ofFields = Object.values(fields).flatMap(({ variables }) => variables);
  return [...ofFields, ...(http?.endpointVariables ?? []), ...(http?.regionVariables ?? [])];
}

function findUnused(resolution: Resolution, { list }: GivenList): UnusedVariable[] {
  const named = new Set<string>(list.flatMap((one) => (one === undefined ? [] : [presetName(one.provider)])));
  return Object.entries(PRESETS)
    .filter(([provider]) => !named.has(provider))
    .flatMap(([provider, preset]) => variablesOf(preset).map((variable) => ({ variable, provider })))
    .filter(({ variable }) => resolution.variable(variable) !== undefined);
}

/** What destinations depend on besides their own options. */
export interface DestinationSources extends ResolverContext {
  readonly isOn: boolean;
  /** The variable that tells a CI run. */
  readonly ci: string | undefined;
  /** One without its key is left out with a warning; otherwise only those that the environment names. */
  readonly isLenient: boolean;
}

/** Resolves the destinations; `isOn` is true when `enabled: true` was given, which alone prints to the console. */
export function resolveDestinations(
  resolution: Resolution,
  code: CheckedOptions,
  file: CheckedOptions,
  { isOn, ci, isLenient, ...context }: DestinationSources,
): ResolvedDestinations {
  const given = findList(resolution, code, file, isOn);
  const { source, list } = given;
  checkNames(given, source === VARIABLE ? resolution.variableProblems : resolution.problems);
  const countOf = (wanted: DestinationOptions): number =>
    list.filter((one) => one !== undefined && presetName(one.provider) === presetName(wanted.provider)).length;
  const all = list.flatMap((options, index) => {
    if (options === undefined) return [];
    return [resolveDestination(resolution, { options, index, source, hasSiblings: countOf(options) > 1 }, context)];
  });
  const inactive = all.filter(({ missing }) => missing.length > 0);
  const isWarning = isLenient || source === VARIABLE;
  for (const one of inactive) {
    if (isWarning) warnInactive(resolution, one);
    else complainMissing(one.picker, one.missing);
  }
  const whole = all.filter((one) => !inactive.includes(one));
  const remote = ci === undefined ? [] : whole.filter(({ destination }) => isRemote(destination));
  const sent = whole.filter((one) => !remote.includes(one));
  const names = remote.map(({ destination }) => destination.name);
  if (ci !== undefined && names.length > 0) warnSkipped(resolution, names, ci);
  for (const one of sent) warnInTheClear(resolution, one);
  return {
    destinations: sent.map(({ destination }) => destination),
    skipped: [
      ...names.map((name) => ({ name, reason: 'ci' as const })),
      ...(isWarning ? inactive : []).map(({ destination }) => ({ name: destination.name, reason: 'no key' as const })),
    ],
    unused: findUnused(resolution, given),
  };
}
