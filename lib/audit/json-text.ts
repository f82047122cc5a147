// oxlint-disable-next-line no-control-regex
const CONTROL = /[\0-\u001f]/;

// Where insertion sort stops to be the faster one.
const FEW_KEYS = 24;

/** Tells a text without lone surrogates. */
export function isWellFormed(text: string): boolean {
  // Of ES2024; Node has it since 20.
  return (text as unknown as { isWellFormed(): boolean }).isWellFormed();
}

/** Tells a text that stands in JSON as it is: no quote, no backslash, no control character, no lone surrogate. */
export function isSafe(text: string): boolean {
  // Twice as fast as one pattern for all: only one of these looks at the characters one by one.
  return !text.includes('"') && !text.includes('\\') && isWellFormed(text) && !CONTROL.test(text);
}

/** A text as JSON, as RFC 8785 (§3.2.2.2) writes it; undefined where a lone surrogate stands in it. */
export function quote(text: string): string | undefined {
  if (isSafe(text)) return `"${text}"`;
  return isWellFormed(text) ? JSON.stringify(text) : undefined;
}

/** Sorts keys in place by their UTF-16 code units (RFC 8785, §3.2.3). */
export function sortKeys(keys: string[]): string[] {
  // The default order of sort() is the same.
  if (keys.length > FEW_KEYS) return keys.sort();
  for (let index = 1; index < keys.length; index++) {
    const key = keys[index] ?? '';
    let place = index;
    for (let before = keys[place - 1]; before !== undefined && before > key; before = keys[place - 1]) {
      keys[place] = before;
      place--;
    }
    keys[place] = key;
  }
  return keys;
}
