import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CheckedOptions } from './check.js';
import { checkOptions } from './check.js';
import { copyInput, isPlain } from './input.js';
import { printKind, printValue } from './problems.js';
import type { Resolution } from './resolution.js';

/** The options of the file, if one is named. */
export interface ConfigFile {
  readonly options: CheckedOptions;
  /** Absolute. */
  readonly path?: string;
  /** The file could not be read or is no JSON object; `cause` is the system's error. */
  readonly failure?: { readonly cause: unknown };
}

const VARIABLE = 'SPANWRIGHT_CONFIG';
const JSON_OBJECT = 'a file that holds a JSON object';

function readText(path: string): { text: string } | { cause: unknown; got: string } {
  try {
    return { text: readFileSync(path, 'utf8').replace(/^\uFEFF/, '') };
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    return { cause, got: code === 'ENOENT' ? 'a file that does not exist' : `a file that cannot be read (${code})` };
  }
}

// The parser's message quotes the text, which may hold keys; only the place in it is told.
function parse(text: string): { value: unknown } | { got: string } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    const position = /at position (\d+)/.exec((error as Error).message)?.[1];
    return { got: position === undefined ? 'a file that is no JSON' : `a file that is no JSON (position ${position})` };
  }
}

/** Reads the file that code or `SPANWRIGHT_CONFIG` names, and none otherwise. */
export function readConfigFile(resolution: Resolution, code: CheckedOptions): ConfigFile {
  const named = resolution.pick(
    ['configFile'],
    [
      ['code', () => code.configFile],
      [VARIABLE, () => resolution.variable(VARIABLE)],
    ],
  );
  if (named === undefined) return { options: {} };
  const path = resolve(resolution.cwd, named);
  const fail = (got: string, cause?: unknown): ConfigFile => {
    const source = resolution.sources['configFile'] ?? VARIABLE;
    resolution.problems.push({
      path: 'configFile',
      got: `${printValue(named)}, ${got}`,
      expected: JSON_OBJECT,
      source,
    });
    return { options: {}, path, failure: { cause } };
  };
  const read = readText(path);
  if (!('text' in read)) return fail(read.got, read.cause);
  const parsed = parse(read.text);
  if (!('value' in parsed)) return fail(parsed.got);
  if (!isPlain(copyInput(parsed.value, 1))) return fail(`a file that holds ${printKind(parsed.value)}`);
  const label = `file ${printValue(named)}`;
  return { options: checkOptions(parsed.value, { kind: 'file', label }, resolution.problems), path };
}
