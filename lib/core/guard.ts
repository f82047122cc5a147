import { types } from 'node:util';
import { warnOnce } from './diagnostics.js';
import { state } from './state.js';

/** Codes counted under `health().guarded`: failures that were kept from the user's call. */
export type GuardCode =
  | 'HOOK_NAME'
  | 'HOOK_ATTRIBUTES'
  | 'HOOK_ON_RESULT'
  | 'HOOK_ARGS'
  | 'HOOK_RESULT'
  | 'HOOK_LINKS'
  | 'HOOK_TRACING'
  | 'HOOK_EXPECTED_ERRORS'
  | 'HOOK_FACET'
  | 'ATTRIBUTE_VALUE'
  | 'ENGINE'
  | 'PIPELINE';

const HINTS: Partial<Record<GuardCode, string>> = {
  ATTRIBUTE_VALUE: 'attribute values are strings, numbers, booleans or arrays of one of them',
  ENGINE: 'this is a defect of spanwright, please report it; the call was not affected',
};

function describe(error: unknown): string {
  try {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  } catch {
    return 'an error that cannot be read';
  }
}

/** Counts a failure that was kept from the user's call, and says the first one of its kind. */
export function countGuarded(code: GuardCode, error: unknown): void {
  state.guarded[code] = (state.guarded[code] ?? 0) + 1;
  warnOnce({
    code,
    message: `failed inside a traced call, the call went on: ${describe(error).slice(0, 500)}`,
    hint: HINTS[code] ?? 'mend the option named by the code; further failures are counted in health().guarded',
  });
}

/**
 * Runs one of the user's hooks or a part of our own work so that nothing gets out of it into the call:
 * a throw is counted and gives `undefined`, a returned promise is counted and its rejection handled.
 */
export function guarded<T>(code: GuardCode, work: () => T): T | undefined {
  try {
    const value = work();
    if (!types.isPromise(value)) return value;
    countGuarded(code, new TypeError('it returned a promise, expected a synchronous value'));
    void Promise.prototype.then.call(value, undefined, () => {});
    return undefined;
  } catch (error) {
    countGuarded(code, error);
    return undefined;
  }
}
