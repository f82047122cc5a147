import { nodeRequire } from '#node-require';
import { SpanwrightError } from '../core/errors.js';

/** The module class-validator. */
export type Validators = typeof import('class-validator');

function isMissing(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return code === 'MODULE_NOT_FOUND' && /Cannot find module 'class-validator'/.test(String(message));
}

/**
 * Loads class-validator, when there is something to validate and not before.
 * Throws `CONFIG_INVALID` with the install command when it is not installed.
 */
export function loadValidators(load: (name: string) => unknown = nodeRequire): Validators {
  try {
    return load('class-validator') as Validators;
  } catch (error) {
    const what = isMissing(error) ? 'got no class-validator' : 'got a class-validator that does not load';
    throw new SpanwrightError('CONFIG_INVALID', `options cannot be validated: ${what}, expected it to be installed`, {
      hint: 'npm install class-validator',
      cause: error,
    });
  }
}
