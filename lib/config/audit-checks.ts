import type { Ledger } from '../audit/ledger.js';
import { copyInput, isPlain, OPAQUE } from './input.js';
import { isText } from './option-checks.js';

/** Why nothing but code can switch audit off. */
export const OFF_IN_CODE =
  'audit is switched off in code alone, so that nothing from outside can: configureTracing({ audit: false })';
/** What a file may give as `audit`. */
export const EXPECTED_AUDIT = "an object such as { directory: './audit' }";

/** Options of a ledger that only code may give. */
export const AUDIT_IN_CODE = ['onOutcomeLost', 'actor'];

/** Tells a ledger that somebody opened. */
export function isLedger(value: unknown): value is Ledger {
  try {
    const { begin, append, close } = (value ?? {}) as Partial<Ledger>;
    return [begin, append, close].every((one) => typeof one === 'function');
  } catch {
    return false;
  }
}

/** Copies what was given as `audit`: a ledger stays itself. */
export function copyAudit(value: unknown): unknown {
  // A promise of a ledger is none.
  if (isLedger(value) || value === OPAQUE) return value;
  const copy = copyInput(value, 1, AUDIT_IN_CODE);
  if (isPlain(copy) && typeof copy['actor'] === 'object') copy['actor'] = copyInput(copy['actor'], 1);
  return copy;
}

/** Tells what code may give as `audit`. */
export function acceptsAudit(value: unknown): boolean {
  return value === false || isPlain(value) || isLedger(value);
}

/** Tells an actor: a function, or a type and perhaps an id. */
export function acceptsActor(value: unknown): boolean {
  if (typeof value === 'function') return true;
  if (!isPlain(value)) return false;
  const { type, id, ...others } = value;
  return isText(type) && (id === undefined || isText(id)) && Object.keys(others).length === 0;
}
