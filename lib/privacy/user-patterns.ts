import { nodeRequire } from '#node-require';

type Checker = Pick<typeof import('redos-detector'), 'isSafePattern'>;

/** What came of a pattern of the user: it is ready, or `problem` says `got …, expected …`. */
export type PatternCheck = { readonly pattern: RegExp } | { readonly problem: string };

const MAX_SOURCE = 1000;
// Ways through one text that are still bounded; more are refused as growing with the text.
const MAX_SCORE = 200;
const MAX_STEPS = 20_000;
const TIMEOUT_MS = 2000;
const FIX =
  'begin with fixed letters and write each repeat with an upper bound, none inside another: EMP-\\d{6}, [a-z]{1,40} for [a-z]+';

function quote(source: string): string {
  return JSON.stringify(source.length > 60 ? `${source.slice(0, 60)}…` : source);
}

function compile(pattern: unknown): RegExp | string {
  if (typeof pattern !== 'string' && !(pattern instanceof RegExp)) {
    return `got a value of type ${pattern === null ? 'null' : typeof pattern}, expected a RegExp or the text of one`;
  }
  const source = typeof pattern === 'string' ? pattern : pattern.source;
  const flags = typeof pattern === 'string' ? '' : pattern.flags;
  if (source.length > MAX_SOURCE) {
    return `got a pattern of ${source.length} characters, expected at most ${MAX_SOURCE}: give several shorter ones`;
  }
  if (source === '' || source === '(?:)') return 'got an empty pattern, expected one that finds something';
  try {
    // A copy of our own: whoever keeps the original moves its `lastIndex`; sticky would find nothing further on.
    return new RegExp(source, [...new Set(`${flags.replace('y', '')}g`)].join(''));
  } catch (error) {
    return `got ${quote(source)}, expected a pattern that compiles: ${error instanceof Error ? error.message.slice(0, 200) : ''}`;
  }
}

// The checker follows the ways through a pattern, and what looks around is no way: `y(?=.*z)` reads the rest at every `y`.
function looksFar(source: string): boolean {
  const bare = source.replace(/\\[pPu]\{[^}]*\}|\\./gs, 'e').replace(/\[[^\]]*\]/g, 'c');
  const near = /\(\?<?[=!](?:[^()*+?{}]|\{\d{1,2}\})*\)/y;
  return [...bare.matchAll(/\(\?<?[=!]/g)].some(({ index }) => {
    near.lastIndex = index;
    return !near.test(bare);
  });
}

function judge(pattern: RegExp, checker: Checker): string | undefined {
  const limits = { maxScore: MAX_SCORE, maxSteps: MAX_STEPS, timeout: TIMEOUT_MS };
  const { source, ignoreCase, unicode, dotAll } = pattern;
  const options = { ...limits, caseInsensitive: ignoreCase, unicode, dotAll };
  const { safe, error } = checker.isSafePattern(source, options);
  if (safe) return undefined;
  const why =
    error === 'hitMaxScore' || error === null
      ? 'its time grows faster than the text'
      : 'it is too complex to be shown linear';
  return `got ${quote(source)}, expected a pattern that is linear (${why}): ${FIX}`;
}

/** Loads the checker, when a pattern is configured and not before. */
function load(): Checker {
  return nodeRequire('redos-detector') as Checker;
}

/**
 * Checks a pattern of the user when it is configured: one whose time could grow faster than the text is refused, and so is
 * one of which that cannot be told. Gives a global copy of it, or what is wrong with it. Takes up to two seconds.
 */
export function checkPattern(pattern: unknown, loadChecker: () => Checker = load): PatternCheck {
  const compiled = compile(pattern);
  if (typeof compiled === 'string') return { problem: compiled };
  // The checker knows no `v`, and takes `^` for the start of the text where `m` lets it stand behind every line break.
  const flag = /[vm]/.exec(compiled.flags)?.[0];
  if (flag !== undefined) {
    return { problem: `got ${quote(compiled.source)} with the flag ${flag}, expected only flags of d, g, i, s, u, y` };
  }
  if (looksFar(compiled.source)) {
    const expected = 'no repeat in what looks ahead or behind, but for {n} up to 99, and no group';
    return { problem: `got ${quote(compiled.source)}, expected ${expected}: (?!\\d) for (?!\\d+)` };
  }
  try {
    const problem = judge(compiled, loadChecker());
    return problem === undefined ? { pattern: compiled } : { problem };
  } catch (error) {
    const isMissing = (error as { code?: unknown } | null)?.code === 'MODULE_NOT_FOUND';
    const expected = isMissing
      ? 'redos-detector to be installed: npm install redos-detector'
      : 'one that can be checked: named groups cannot';
    return { problem: `got ${quote(compiled.source)}, expected ${expected}` };
  }
}
