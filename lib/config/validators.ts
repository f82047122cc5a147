import { nodeRequire } from '#node-require';
import { SpanwrightError } from '../core/errors.js';

// Where class-validator keeps what is used of it. Its index loads everything, for six times as long (15 and 90 ms).
const PARTS = {
  IsBoolean: 'decorator/typechecker/IsBoolean',
  IsIn: 'decorator/common/IsIn',
  IsInt: 'decorator/typechecker/IsInt',
  IsNumber: 'decorator/typechecker/IsNumber',
  IsString: 'decorator/typechecker/IsString',
  Matches: 'decorator/string/Matches',
  Max: 'decorator/number/Max',
  Min: 'decorator/number/Min',
  ValidateBy: 'decorator/common/ValidateBy',
  ValidateIf: 'decorator/common/ValidateIf',
  Validator: 'validation/Validator',
} as const;

/** What is used of class-validator. */
export type Validators = Pick<typeof import('class-validator'), keyof typeof PARTS>;

type Load = (name: string) => unknown;

// Its inner files are nobody's promise: where one is not as expected, the index gives the same.
function loadParts(load: Load): Validators | undefined {
  try {
    const parts = Object.entries(PARTS).map(([name, file]) => {
      const part = (load(`class-validator/cjs/${file}.js`) as Record<string, unknown>)[name];
      if (typeof part !== 'function') throw new TypeError(`${file} has no ${name}`);
      return [name, part];
    });
    return Object.fromEntries(parts) as Validators;
  } catch {
    return undefined;
  }
}

function isMissing(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return code === 'MODULE_NOT_FOUND' && /Cannot find module 'class-validator'/.test(String(message));
}

/**
 * Loads class-validator, when there is something to validate and not before.
 * Throws `CONFIG_INVALID` with the install command when it is not installed.
 */
export function loadValidators(load: Load = nodeRequire): Validators {
  try {
    return loadParts(load) ?? (load('class-validator') as Validators);
  } catch (error) {
    const what = isMissing(error) ? 'got no class-validator' : 'got a class-validator that does not load';
    throw new SpanwrightError('CONFIG_INVALID', `options cannot be validated: ${what}, expected it to be installed`, {
      hint: 'npm install class-validator',
      cause: error,
    });
  }
}
