import type { KeyKind } from './sensitive-keys.js';
import { plainName } from './sensitive-names.js';

/** What the gate does about a key. */
export interface KeyVerdict {
  /** The key as it may leave. */
  readonly key: string;
  /** Why its value is replaced; `undefined` where it is looked at. */
  readonly kind: KeyKind | undefined;
  /** Nothing is done about the key, nor is it one that is read with another. */
  readonly isOrdinary: boolean;
  /** The key is `token`, which is also a word for a piece of text. */
  readonly isToken: boolean;
}

const MAX_REMEMBERED = 2000;
// Longer keys are data; they would be kept alive and hardly ever be met again.
const MAX_REMEMBERED_CHARS = 64;

/** Judges keys, and remembers those that are names. */
export function createKeyVerdicts(
  kindOf: (key: string) => KeyKind | undefined,
  text: (text: string) => string,
): (key: string) => KeyVerdict {
  const known = new Map<string, KeyVerdict>();
  return (key) => {
    let verdict = known.get(key);
    if (verdict === undefined) {
      const [shown, kind] = [text(key), kindOf(key)];
      const isOrdinary = shown === key && kind === undefined && key !== 'value' && key !== 'Value';
      verdict = { key: shown, kind, isOrdinary, isToken: kind !== undefined && plainName(key) === 'token' };
      if (known.size >= MAX_REMEMBERED) known.clear();
      if (key.length <= MAX_REMEMBERED_CHARS) known.set(key, verdict);
    }
    return verdict;
  };
}
