import type { Warning } from '../core/diagnostics.js';
import { expectedOneOf, expectedWhole } from './option-rules.js';
import type { ConfigProblem, Path } from './problems.js';
import { printPath, printValue } from './problems.js';
import { MASK } from './secrets.js';

/** One place a value may come from; read only when those before it have none. */
export type Candidate<T> = readonly [source: string, read: () => T | undefined];

/** What one run of `resolveConfig` gathers, and its only door to the environment. */
export class Resolution {
  readonly cwd: string;
  readonly sources: Record<string, string> = {};
  readonly warnings: Warning[] = [];
  /** Of options in code and file. */
  readonly problems: ConfigProblem[] = [];
  /** Of variables, kept apart: they stop nobody who switched tracing off. */
  readonly variableProblems: ConfigProblem[] = [];
  readonly #env: NodeJS.ProcessEnv;

  constructor(env: NodeJS.ProcessEnv, cwd: string) {
    this.#env = env;
    this.cwd = cwd;
  }

  /** The first value among the candidates; its source is remembered under the path. */
  pick<T>(path: Path, candidates: readonly Candidate<T>[]): T | undefined {
    for (const [source, read] of candidates) {
      const value = read();
      if (value === undefined) continue;
      this.sources[printPath(path)] = source;
      return value;
    }
    return undefined;
  }

  /** The same with a default, whose source is `default`. */
  pickOr<T>(path: Path, candidates: readonly Candidate<T>[], fallback: T): T {
    return this.pick(path, [...candidates, ['default', () => fallback]]) ?? fallback;
  }

  /** Says that a variable holds something that is not allowed. */
  complain(variable: string, path: Path, value: unknown, expected: string, hint?: string): undefined {
    return this.#add(variable, path, printValue(value, [...path, variable]), expected, hint);
  }

  /** A variable; empty is unset, as the specification of OpenTelemetry has it. */
  variable(name: string): string | undefined {
    return this.#env[name]?.trim() || undefined;
  }

  /** A variable that is true or false. */
  flag(name: string, path: Path): boolean | undefined {
    return this.word(name, path, { true: true, '1': true, false: false, '0': false }, 'true or false');
  }

  /** A variable that holds one of some words, in any case. */
  word<T>(name: string, path: Path, words: Readonly<Record<string, T>>, expected?: string): T | undefined {
    const text = this.variable(name);
    if (text === undefined) return undefined;
    const word = text.toLowerCase();
    if (Object.hasOwn(words, word)) return words[word];
    return this.complain(name, path, text, expected ?? expectedOneOf(Object.keys(words)));
  }

  /** A variable that holds a whole number. */
  whole(name: string, path: Path, min: number, max: number): number | undefined {
    const text = this.variable(name);
    if (text === undefined) return undefined;
    const value = /^\d+$/.test(text) ? Number(text) : -1;
    return value >= min && value <= max ? value : this.complain(name, path, text, expectedWhole(min, max));
  }

  /**
   * A variable that holds `key=value,key2=value2`, percent-encoded. A pair that is none is a problem; it is never
   * printed, because without a key nobody knows whether it is a secret.
   */
  pairs(name: string, path: Path): [key: string, value: string][] {
    const pairs: [string, string][] = [];
    for (const entry of (this.variable(name) ?? '').split(',')) {
      if (entry.trim() === '') continue;
      const pair = parsePair(entry);
      if (pair !== undefined) pairs.push(pair);
      else this.#add(name, path, MASK, 'key=value pairs between commas, percent-encoded');
    }
    return pairs;
  }

  #add(variable: string, path: Path, got: string, expected: string, hint?: string): undefined {
    const problem = { path: printPath(path), got, expected, source: variable };
    this.variableProblems.push(hint === undefined ? problem : { ...problem, hint });
    return undefined;
  }
}

function parsePair(entry: string): [string, string] | undefined {
  const at = entry.indexOf('=');
  if (at < 0) return undefined;
  try {
    const key = decodeURIComponent(entry.slice(0, at).trim());
    return key === '' ? undefined : [key, decodeURIComponent(entry.slice(at + 1).trim())];
  } catch {
    return undefined;
  }
}
