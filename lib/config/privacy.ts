import type { ContentSwitches, ContentVote } from '../privacy/switches.js';
import type { PrivacyParts } from '../privacy/parts.js';
import type { PrivacyRules } from '../privacy/privacy.js';
import type { CheckedOptions } from './check.js';
import type { PrivacyOptions } from './options.js';
import type { ConfigProblem } from './problems.js';
import { printPath } from './problems.js';
import type { Resolution } from './resolution.js';

/** What the resolution needs of the gate, handed in by who wires the parts together. */
export interface PrivacyPort {
  /** The variables of other tools that lower what is shown. */
  readonly switches: readonly string[];
  readVotes(values: Readonly<Record<string, string | undefined>>): readonly ContentVote[];
  combineVotes(votes: readonly ContentVote[]): ContentSwitches;
  readonly parts: () => Pick<PrivacyParts, 'checkPattern' | 'packProblem' | 'pathProblem'>;
}

/** What is removed, what is hidden and how digests are made. */
export interface ResolvedPrivacy {
  readonly rules: PrivacyRules;
  /** Parts of content that switches hide, whatever the tier. */
  readonly hidden: readonly string[];
  readonly contentOnSpan: boolean;
  /** Characters of one attribute, where a destination says nothing else. */
  readonly maxContentChars: number | undefined;
}

/** What switches and options say of content, for all destinations. */
export interface ContentSettings extends ResolvedPrivacy {
  readonly votes: readonly ContentVote[];
}

type Check = (item: unknown) => string | undefined;

const OPTIONS = ['keys', 'paths', 'patterns', 'redact', 'packs', 'fingerprintKey'] as const;

const IN_CODE = 'code';

function sayUnknown(resolution: Resolution, unknown: readonly string[]): void {
  for (const source of unknown) {
    resolution.warnings.push({
      code: 'CONFIG_VARIABLE_IGNORED',
      message: `${source} holds a word that is not known, so it counts as the strictest that it can say`,
      hint: 'true and false are known, and NO_CONTENT, SPAN_ONLY, EVENT_ONLY, SPAN_AND_EVENT where content is captured',
    });
  }
}

function votesOf(resolution: Resolution, port: PrivacyPort | undefined): readonly ContentVote[] {
  if (port === undefined) return [];
  return port.readVotes(Object.fromEntries(port.switches.map((name) => [name, resolution.variable(name)])));
}

// Each list item by item: a pattern of ten that is refused must not take the others along.
function checkList(
  list: readonly unknown[],
  path: string,
  source: string,
  problems: ConfigProblem[],
  check: Check,
): void {
  for (const [index, item] of list.entries()) {
    const problem = check(item);
    if (problem === undefined) continue;
    const [, got = problem, expected = 'another value'] = /^got (.*), expected (.*)$/s.exec(problem) ?? [];
    problems.push({ path: printPath(['privacy', path, index]), got, expected, source });
  }
}

// Each option by itself: who adds a key in code must not lose the patterns of the file.
function pickOptions(resolution: Resolution, code: CheckedOptions, file: CheckedOptions): PrivacyOptions {
  const pick = <K extends keyof PrivacyOptions>(key: K): Pick<PrivacyOptions, K> => {
    const value = resolution.pick<NonNullable<PrivacyOptions[K]>>(
      ['privacy', key],
      [
        [IN_CODE, () => code.privacy?.[key] ?? undefined],
        ['file', () => file.privacy?.[key] ?? undefined],
      ],
    );
    return (value === undefined ? {} : { [key]: value }) as Pick<PrivacyOptions, K>;
  };
  return Object.assign({}, ...OPTIONS.map(pick)) as PrivacyOptions;
}

function rulesOf(options: PrivacyOptions, port: PrivacyPort, { problems, sources }: Resolution): PrivacyRules {
  const { keys, paths, patterns, redact, packs, fingerprintKey } = options;
  const found: RegExp[] = [];
  const parts = paths === undefined && patterns === undefined && packs === undefined ? undefined : port.parts();
  const check = (path: keyof PrivacyOptions, list: readonly unknown[] = [], problemOf: Check): void =>
    checkList(list, path, sources[printPath(['privacy', path])] ?? IN_CODE, problems, problemOf);
  check('paths', paths, (path) => parts?.pathProblem(path));
  check('packs', packs, (pack) => parts?.packProblem(pack));
  check('patterns', patterns, (pattern) => {
    const checked = parts?.checkPattern(pattern);
    if (checked !== undefined && 'pattern' in checked) found.push(checked.pattern);
    return checked !== undefined && 'problem' in checked ? checked.problem : undefined;
  });
  return {
    ...(keys && { keys }),
    ...(paths && { paths }),
    ...(patterns && { patterns: found }),
    ...(redact && { redact }),
    ...(packs && { packs }),
    ...(fingerprintKey !== undefined && { fingerprintKey }),
  };
}

/** Resolves what may leave; without a port nothing but the options is looked at. */
export function resolvePrivacy(
  resolution: Resolution,
  code: CheckedOptions,
  file: CheckedOptions,
  port: PrivacyPort | undefined,
): ContentSettings {
  const pick = <K extends 'digestKey' | 'digest' | 'maxContentChars' | 'contentOnSpan'>(
    key: K,
    variable?: string,
  ): NonNullable<CheckedOptions[K]> | undefined =>
    resolution.pick<NonNullable<CheckedOptions[K]>>(
      [key],
      [
        [IN_CODE, () => code[key] ?? undefined],
        ...(variable === undefined
          ? []
          : [[variable, () => resolution.variable(variable) as NonNullable<CheckedOptions[K]> | undefined] as const]),
        ['file', () => file[key] ?? undefined],
      ],
    );
  const votes = votesOf(resolution, port);
  const switches = port?.combineVotes(votes);
  sayUnknown(resolution, switches?.unknown ?? []);
  const digestKey = pick('digestKey', 'SPANWRIGHT_DIGEST_KEY');
  const digest = pick('digest');
  const maxContentChars = pick('maxContentChars');
  const asked = pick('contentOnSpan');
  const rules = port === undefined ? {} : rulesOf(pickOptions(resolution, code, file), port, resolution);
  const isVoted = switches?.contentOnSpan === true;
  const voted = votes.find((vote) => vote.contentOnSpan === true);
  if (asked === undefined && isVoted && voted !== undefined) resolution.sources['contentOnSpan'] = voted.source;
  return {
    rules: {
      ...rules,
      ...(digestKey !== undefined && { digestKey }),
      ...(digest !== undefined && { digest }),
    },
    hidden: [...(switches?.hidden ?? [])],
    contentOnSpan: (asked ?? isVoted) && switches?.tier !== 'none',
    votes,
    maxContentChars,
  };
}
