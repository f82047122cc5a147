import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CheckedOptions } from './check.js';
import { checkOptions } from './check.js';
import { FileReferences } from './file-references.js';
import { copyInput, isPlain } from './input.js';
import { parseJson } from './parse-json.js';
import { parseYaml } from './parse-yaml.js';
import { printKind, printValue } from './problems.js';
import type { Resolution } from './resolution.js';

/** The options of the file, if one is named. */
export interface ConfigFile {
  readonly options: CheckedOptions;
  /** Absolute. */
  readonly path?: string;
  /** The file could not be read or holds no object; `cause` is the system's error. */
  readonly failure?: { readonly cause: unknown };
}

const VARIABLE = 'SPANWRIGHT_CONFIG';
const EXPECTED = 'a file that holds an object, in YAML (.yaml, .yml) or JSON';

function readText(path: string): { text: string } | { cause: unknown; got: string } {
  try {
    return { text: readFileSync(path, 'utf8').replace(/^\uFEFF/, '') };
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    return { cause, got: code === 'ENOENT' ? 'a file that does not exist' : `a file that cannot be read (${code})` };
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
      expected: EXPECTED,
      source,
    });
    return { options: {}, path, failure: { cause } };
  };
  const read = readText(path);
  if (!('text' in read)) return fail(read.got, read.cause);
  const parsed = /\.ya?ml$/i.test(path) ? parseYaml(read.text) : parseJson(read.text);
  if (!('value' in parsed)) return fail(parsed.got);
  if (!isPlain(copyInput(parsed.value, 1))) return fail(`a file that holds ${printKind(parsed.value)}`);
  const label = `file ${printValue(named)}`;
  const references = new FileReferences(resolution, label);
  const filled = references.fill(parsed.value);
  const options = references.check((problems) => checkOptions(filled, { kind: 'file', label }, problems));
  return { options, path };
}
