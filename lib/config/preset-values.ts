import type { Picker } from './picker.js';
import { acceptsField, expectedField } from './presets/preset.js';
import type { Preset, PresetField } from './presets/preset.js';
import { printPath } from './problems.js';
import type { Candidate } from './resolution.js';

/** Something without which a destination cannot send. */
export interface MissingField {
  readonly key: string;
  readonly meaning: string;
  readonly variables: readonly string[];
}

/** Options of a destination as a preset reads them, by name. */
export type NamedOptions = Readonly<Record<string, unknown>>;

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value.trim() : undefined;
}

/** The variables of a field, each checked when it is read. */
function candidatesOf(picker: Picker, key: string, field: PresetField): Candidate<string>[] {
  return field.variables.map((name) => [
    name,
    () => {
      const text = picker.resolution.variable(name);
      if (text === undefined || acceptsField(field, text)) return text;
      return picker.complain(picker.pathTo(key), text, expectedField(field), undefined, name);
    },
  ]);
}

/** Resolves the fields of a preset: options, the vendor's variables, defaults. */
export function resolveValues(picker: Picker, preset: Preset, options: NamedOptions): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [key, field] of Object.entries(preset.fields)) {
    if (field.isAsked?.(values) === false) continue;
    const option = textOf(options[key]);
    const candidates = candidatesOf(picker, key, field);
    const value =
      field.fallback === undefined
        ? picker.tryPick(key, option, candidates)
        : picker.pick(key, option, candidates, field.fallback);
    if (value !== undefined) values[key] = value;
  }
  return values;
}

/** The fields that are missing and needed. */
export function findMissing(preset: Preset, values: Readonly<Record<string, string>>, endpoint: URL): MissingField[] {
  return Object.entries(preset.fields)
    .filter(([key, field]) => values[key] === undefined && field.isNeeded?.(values, endpoint) === true)
    .map(([key, { meaning, variables }]) => ({ key, meaning, variables }));
}

function hintFor({ key, variables: [variable] }: MissingField): string {
  return variable === undefined ? `give ${key}` : `set ${variable} or give ${key}`;
}

/** Says what is missing, unless it was given and was not allowed, which is said already. */
export function complainMissing(picker: Picker, missing: readonly MissingField[]): void {
  const { problems, variableProblems } = picker.resolution;
  const said = new Set([...problems, ...variableProblems].map(({ path }) => path));
  for (const field of missing) {
    const path = picker.pathTo(field.key);
    if (!said.has(printPath(path))) picker.complain(path, undefined, field.meaning, hintFor(field));
  }
}

/** The same as one sentence and what to do, for a destination that stays inactive. */
export function describeMissing(missing: readonly MissingField[]): { what: string; hint: string } {
  return {
    what: missing.map(({ key, meaning }) => `no ${key}, ${meaning}`).join('; '),
    hint: missing.map(hintFor).join('; '),
  };
}
