import { plainName, sensitiveName } from './sensitive-names.js';

/** What a key says of its value. */
export type KeyKind = 'secret' | 'personal' | 'user';

// Names are short; a long key is a text, which the text rules look at.
const MAX_CHARS = 200;

/**
 * Tells keys whose values are sensitive: secrets always, personal data where `personal` is true, and the user's own names,
 * which match whole or after the last dot, without regard to case, `-`, `_` and spaces.
 */
export function createKeyRule(options: {
  readonly personal: boolean;
  readonly keys?: readonly string[];
}): (key: string) => KeyKind | undefined {
  const own = new Set((options.keys ?? []).map(plainName));
  const isOwn = (key: string): boolean =>
    own.size > 0 && (own.has(plainName(key)) || own.has(plainName(key.slice(key.lastIndexOf('.') + 1))));
  return (key) => {
    if (key.length > MAX_CHARS) return undefined;
    if (isOwn(key)) return 'user';
    const kind = sensitiveName(key)?.asKey;
    return kind === 'personal' && !options.personal ? undefined : kind;
  };
}
