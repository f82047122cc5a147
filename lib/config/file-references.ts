import type { ConfigProblem, Path } from './problems.js';
import { printPath, printValue } from './problems.js';
import type { Resolution } from './resolution.js';
import { fillText } from './fill-text.js';
import { MASK, isSecretName } from './secrets.js';

type Holder = Record<string | number, unknown>;

/** A value in which variables were put. */
interface Filled {
  readonly path: Path;
  readonly names: readonly string[];
  readonly holder: Holder;
  readonly key: string | number;
  /** The value as a number, true or false, where it is one reference and reads like one. */
  readonly typed?: number | boolean | undefined;
}

// Deeper than any option; a file cannot make the walk run away.
const MAX_DEPTH = 16;

const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;

function typedOf(text: string): number | boolean | undefined {
  const word = text.toLowerCase();
  if (word === 'true' || word === 'false') return word === 'true';
  return NUMBER.test(text) && Number.isFinite(Number(text)) ? Number(text) : undefined;
}

/** The `${VAR}` in the values of one file, and what came of each. */
export class FileReferences {
  readonly #resolution: Resolution;
  /** As problems name the file. */
  readonly #label: string;
  readonly #filled = new Map<string, Filled>();
  // Paths whose variable is not set: what the check says of a missing value there is no second problem.
  readonly #empty = new Set<string>();

  constructor(resolution: Resolution, label: string) {
    this.#resolution = resolution;
    this.#label = label;
  }

  /** A copy with every reference replaced. */
  fill(value: unknown): unknown {
    const root: Holder = {};
    this.#put(root, 'root', value, []);
    return root['root'];
  }

  /**
   * Runs a check of the copy. A reference that stands alone is a text first; where a text is not allowed and it reads like
   * a number, true or false, it becomes one and the check runs again.
   */
  check<T>(run: (problems: ConfigProblem[]) => T): T {
    let problems: ConfigProblem[] = [];
    let checked = run(problems);
    if (this.#type(problems)) {
      problems = [];
      checked = run(problems);
    }
    for (const problem of problems) this.#pass(problem);
    return checked;
  }

  #put(holder: Holder, key: string | number, value: unknown, path: Path): void {
    if (typeof value === 'string') this.#putText(holder, key, value, path);
    else if (typeof value !== 'object' || value === null || path.length >= MAX_DEPTH) holder[key] = value;
    else if (Array.isArray(value)) {
      const list: unknown[] = [];
      for (const [index, item] of value.entries()) this.#put(list as unknown as Holder, index, item, [...path, index]);
      holder[key] = list;
    } else {
      // Without a prototype: a file may name `__proto__`.
      const copy = Object.create(null) as Holder;
      for (const [name, item] of Object.entries(value)) this.#put(copy, name, item, [...path, name]);
      holder[key] = copy;
    }
  }

  #putText(holder: Holder, key: string | number, text: string, path: Path): void {
    const filled = fillText(text, (name) => this.#resolution.variable(name));
    if ('unset' in filled) this.#complainUnset(filled.unset, path);
    else if ('isBroken' in filled) this.#complainBroken(path);
    else {
      const { names, isWhole } = filled;
      const typed = isWhole ? typedOf(filled.text) : undefined;
      if (names.length > 0) this.#filled.set(printPath(path), { path, names, holder, key, typed });
      holder[key] = filled.text;
      return;
    }
    this.#empty.add(printPath(path));
    holder[key] = undefined;
  }

  #complainUnset(name: string, path: Path): void {
    this.#resolution.variableProblems.push({
      path: printPath(path),
      got: `\${${name}}, which is not set`,
      expected: `${name} in the environment`,
      source: this.#label,
      hint: `set ${name}, or write \${${name}:-default}`,
    });
  }

  #complainBroken(path: Path): void {
    this.#resolution.problems.push({
      path: printPath(path),
      // Not quoted: what looks broken may be a key.
      got: 'a reference that cannot be read',
      expected: '${NAME} or ${NAME:-default}',
      source: this.#label,
      hint: 'write $${ where ${ is meant as text',
    });
  }

  #type(problems: readonly ConfigProblem[]): boolean {
    const wrong = problems.flatMap(({ path }) => this.#filled.get(path) ?? []);
    const typed = wrong.filter((one) => one.typed !== undefined);
    for (const { holder, key, typed: value } of typed) holder[key] = value;
    return typed.length > 0;
  }

  #pass(problem: ConfigProblem): void {
    if (this.#empty.has(problem.path)) return;
    const filled = this.#filled.get(problem.path);
    // Of an unknown option the value is not at fault.
    if (filled === undefined || problem.got !== printValue(filled.holder[filled.key], filled.path)) {
      this.#resolution.problems.push(problem);
      return;
    }
    const { names } = filled;
    this.#resolution.variableProblems.push({
      ...problem,
      got: names.some(isSecretName) ? MASK : problem.got,
      source: `${names.join(', ')} in ${this.#label}`,
    });
  }
}
