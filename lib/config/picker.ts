import type { Path } from './problems.js';
import { printPath, printValue } from './problems.js';
import type { Candidate, Resolution } from './resolution.js';

/** Where the options of one destination stand, and what stands beside it. */
export interface OptionPlace {
  /** Where its options stand in what was given. */
  readonly path: Path;
  /** Under what its sources are remembered. */
  readonly title: Path;
  /** Who gave the options; a file's values give way to variables. */
  readonly source: string;
  /** Others of its kind stand beside it: then variables cannot know which one is meant. */
  readonly hasSiblings: boolean;
}

/** Picks the values of one destination out of its options and the environment, in the order that holds for it. */
export class Picker {
  readonly resolution: Resolution;
  readonly place: OptionPlace;

  constructor(resolution: Resolution, place: OptionPlace) {
    this.resolution = resolution;
    this.place = place;
  }

  /** Tells whether options go before variables. */
  get isOptionFirst(): boolean {
    return this.place.source !== 'file' || this.place.hasSiblings;
  }

  /** The path of an option in what was given. */
  pathTo(...keys: string[]): (string | number)[] {
    return [...this.place.path, ...keys];
  }

  #titleOf(key: string): (string | number)[] {
    return [...this.place.title, ...key.split('.')];
  }

  /** The candidates in order. */
  order<T>(options: readonly Candidate<T>[], variables: readonly Candidate<T>[]): readonly Candidate<T>[] {
    return this.isOptionFirst ? [...options, ...variables] : [...variables, ...options];
  }

  /** An option, else the first variable that is set; a key may lead into a group, as `batch.maxSpans`. */
  tryPick<T>(key: string, option: T | undefined, variables: readonly Candidate<T>[] = []): T | undefined {
    const own: Candidate<T> = [this.place.source, () => option];
    return this.resolution.pick(this.#titleOf(key), this.order([own], variables));
  }

  /** The same with a default. */
  pick<T>(key: string, option: T | undefined, variables: readonly Candidate<T>[], fallback: T): T {
    const own: Candidate<T> = [this.place.source, () => option];
    return this.resolution.pickOr(this.#titleOf(key), this.order([own], variables), fallback);
  }

  /** Where the value of a key came from. */
  sourceOf(key: string): string {
    return this.resolution.sources[printPath(this.#titleOf(key))] ?? this.place.source;
  }

  /** Says that a value is not allowed, wherever it came from. */
  complain(path: Path, value: unknown, expected: string, hint?: string, source = this.place.source): undefined {
    const { problems, variableProblems } = this.resolution;
    const problem = { path: printPath(path), got: printValue(value, [...path, source]), expected, source };
    const list = isVariable(source) ? variableProblems : problems;
    list.push(hint === undefined ? problem : { ...problem, hint });
    return undefined;
  }
}

/** Tells a source that is a variable of the environment. */
function isVariable(source: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(source);
}
