import { SpanwrightError } from '../core/errors.js';
import { hideText } from '../core/hide-text.js';
import { UNREADABLE } from './input.js';
import { MASK, isSecretName, maskText } from './secrets.js';

/** Keys and indexes that lead to a value. */
export type Path = readonly (string | number)[];

/** One value that is not allowed. Holds no secrets. */
export interface ConfigProblem {
  /** Where it stands: `destinations[0].endpoint`, or the name of a variable. */
  readonly path: string;
  /** The value as it is printed: secrets as `***`, objects by their kind. */
  readonly got: string;
  /** What is allowed. */
  readonly expected: string;
  /** `code`, `file <path>` or the name of a variable. */
  readonly source: string;
  readonly hint?: string;
}

/** An error of configuration: `problems` lists every value that is not allowed, the message has a line for each. */
export class ConfigError extends SpanwrightError {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[], code: 'CONFIG_INVALID' | 'CONFIG_FILE_UNREADABLE', cause?: unknown) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    const shown = problems.map(withoutSecrets);
    const lines = shown.map((problem) => `\n  ${lineOf(problem)}`).join('');
    super(code, `configuration has ${count}:${lines}`, cause === undefined ? {} : { cause });
    this.problems = shown;
  }
}

// A name that nobody knows, or a pattern that is none, may be a secret that went astray.
function withoutSecrets(problem: ConfigProblem): ConfigProblem {
  return { ...problem, path: hideText(problem.path), got: hideText(problem.got) };
}

function lineOf({ path, got, expected, source, hint }: ConfigProblem): string {
  return `${path}: got ${got}, expected ${expected} (from ${source})${hint === undefined ? '' : `; ${hint}`}`;
}

const MAX_TEXT = 500;

/** Prints a path: `destinations[0].headers["x.y"]`. */
export function printPath(path: Path): string {
  const text = path
    .map((part) => {
      if (typeof part === 'number') return `[${part}]`;
      return /^[A-Za-z_$][\w$-]{0,59}$/.test(part) ? `.${part}` : `[${quote(part)}]`;
    })
    .join('')
    .replace(/^\./, '');
  return text === '' ? 'options' : text;
}

// A line break or an escape sequence in a value must not make lines of its own in somebody's log.
function quote(text: string): string {
  const cut = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return JSON.stringify(cut).replace(
    /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Prints what kind of value something is, where the value itself may be a secret. */
export function printKind(value: unknown): string {
  if (typeof value === 'string') return 'a text';
  return typeof value === 'number' || typeof value === 'bigint' ? 'a number' : printValue(value);
}

/** Prints a copied value: secrets by the text or by a name in the path as `***`, objects by their kind. */
export function printValue(value: unknown, path: Path = []): string {
  switch (typeof value) {
    case 'undefined':
      return 'nothing';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? 'an array' : 'an object';
    case 'function':
      return 'a function';
    case 'symbol':
      return value === UNREADABLE ? 'a value that cannot be read' : 'a symbol';
    case 'boolean':
      return String(value);
    default:
      break;
  }
  if (path.some((part) => typeof part === 'string' && isSecretName(part))) return MASK;
  if (typeof value !== 'string') return String(value);
  // Of a long text nothing: looking for secrets in it takes time, and no option is that long.
  return value.length > MAX_TEXT ? `a text of ${value.length} characters` : quote(maskText(value));
}
