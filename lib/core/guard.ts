import { types } from 'node:util';
import { warnOnce } from './diagnostics.js';
import { state } from './state.js';

/** Codes counted under `health().guarded`: failures that were kept from the user's call. */
export type GuardCode =
  /** A function for `name`, `spanName` or `type` threw or gave no text; the default name stands. */
  | 'HOOK_NAME'
  /** A function for attributes, `id`, `description` or `runId` threw, or gave no object; what could be read is set. */
  | 'HOOK_ATTRIBUTES'
  /** `onResult`, `status` or `score` threw. */
  | 'HOOK_ON_RESULT'
  /** A function for `args` threw; the arguments are not kept. */
  | 'HOOK_ARGS'
  /** A function for `result` threw; the result is not kept. */
  | 'HOOK_RESULT'
  /** A function for `links` threw; the span has none. */
  | 'HOOK_LINKS'
  /** A function for `tracing` threw; the span goes where it would go without the option. */
  | 'HOOK_TRACING'
  /** A function for `actor` threw or gave no actor; the entry says `unresolved`. */
  | 'HOOK_ACTOR'
  /** A test for `expectedErrors` threw; the error counts as a failure. */
  | 'HOOK_EXPECTED_ERRORS'
  /** The price table threw; the call has no cost. */
  | 'PRICES'
  /** Redaction failed on a value; `[redaction failed]` stands in its place. */
  | 'PRIVACY'
  /** A value lay beyond the bounds of the gate; `[not checked]` stands in place of the rest. */
  | 'PRIVACY_LIMIT'
  /** A part of a decorator threw. */
  | 'HOOK_FACET'
  /** `onOutcomeLost` of a ledger threw. */
  | 'HOOK_OUTCOME_LOST'
  /** An attribute is a function or a symbol; it is left out. */
  | 'ATTRIBUTE_VALUE'
  /** A defect of Spanwright on the call path; the call went on. */
  | 'ENGINE'
  /** The `logger` option threw; the warning is lost. */
  | 'LOGGER_FAILED'
  /** Looking at a tracer provider that somebody registered failed; the registration stands. */
  | 'HOST'
  /** An ended span could not be handed to a destination. */
  | 'PIPELINE';

const HINTS: Partial<Record<GuardCode, string>> = {
  ATTRIBUTE_VALUE: 'attribute values are strings, numbers, booleans or arrays of one of them',
  PRIVACY: '`[redaction failed]` stands in place of the value; mend the function or pattern of `privacy`',
  ENGINE: 'this is a defect of spanwright, please report it; the call was not affected',
};

const MAX_CHARS = 500;

function describe(error: unknown): string {
  try {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  } catch {
    return 'an error that cannot be read';
  }
}

// Between words: of a secret that is cut in two the first half is one that nobody knows.
function shorten(text: string): string {
  return text.length <= MAX_CHARS ? text : `${text.slice(0, MAX_CHARS).replace(/\S*$/, '')}…`;
}

/** Counts a failure that was kept from the user's call, and says the first one of its kind. */
export function countGuarded(code: GuardCode, error: unknown): void {
  state.guarded[code] = (state.guarded[code] ?? 0) + 1;
  warnOnce({
    code,
    message: `failed inside a traced call, the call went on: ${shorten(describe(error))}`,
    hint: HINTS[code] ?? 'mend the option named by the code; further failures are counted in health().guarded',
  });
}

/** Refuses a promise where a value is needed now; a rejection of it is then no unhandled one. Throws `TypeError`. */
export function refusePromise<T>(value: T): T {
  if (!types.isPromise(value)) return value;
  void Promise.prototype.then.call(value, undefined, () => {});
  throw new TypeError('it returned a promise, expected a synchronous value');
}

/**
 * Runs one of the user's hooks or a part of our own work so that nothing gets out of it into the call:
 * a throw is counted and gives `undefined`, a returned promise is counted and its rejection handled.
 */
export function guarded<T>(code: GuardCode, work: () => T): T | undefined {
  try {
    return refusePromise(work());
  } catch (error) {
    countGuarded(code, error);
    return undefined;
  }
}
