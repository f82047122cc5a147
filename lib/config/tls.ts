import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { TlsSettings } from '../pipeline/settings.js';
import type { TlsOptions } from './destination-options.js';
import type { Picker } from './picker.js';
import type { Candidate } from './resolution.js';

type Part = keyof TlsSettings;

/** Variables of the parts of a connection, by part. */
export type TlsVariables = Readonly<Record<Part, readonly string[]>>;

const NO_VARIABLES: TlsVariables = { ca: [], cert: [], key: [] };

const PARTS: readonly Part[] = ['ca', 'cert', 'key'];

const isPem = (text: string): boolean => text.includes('-----BEGIN ');

function tryRead(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Resolves the certificates of a connection; files are read here and now. */
export function resolveTls(
  picker: Picker,
  options: TlsOptions = {},
  variables: TlsVariables = NO_VARIABLES,
): TlsSettings {
  const { resolution } = picker;
  const given = new Set<Part>();
  const found: { -readonly [P in Part]?: string } = {};
  for (const part of PARTS) {
    const candidates = variables[part].map((name): Candidate<string> => [name, () => resolution.variable(name)]);
    const value = picker.tryPick(`tls.${part}`, options[part], candidates);
    if (value === undefined) continue;
    given.add(part);
    const text = isPem(value) ? value : tryRead(resolve(resolution.cwd, value.trim()));
    if (text !== undefined && isPem(text)) found[part] = text;
    else complain(picker, part, part, value, 'PEM text or the path of a file that holds it');
  }
  if (given.has('cert') && !given.has('key')) complain(picker, 'key', 'cert', undefined, 'the key of tls.cert');
  if (given.has('key') && !given.has('cert')) complain(picker, 'cert', 'key', undefined, 'the certificate of tls.key');
  return found;
}

function complain(picker: Picker, part: Part, cause: Part, value: unknown, expected: string): void {
  picker.complain(picker.pathTo('tls', part), value, expected, undefined, picker.sourceOf(`tls.${cause}`));
}
