const KEY = /"(?:[^"\\]|\\.)*"\s*:/g;

function countKeys(value: unknown): number {
  let count = 0;
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null) continue;
    const members: unknown[] = Object.values(next);
    if (!Array.isArray(next)) count += members.length;
    waiting.push(...members.slice(0, 10_000));
  }
  return count;
}

/** Tells whether a key stands twice in a JSON text: what is read of it is then less than what it holds. */
export function hasTwins(text: string, json: object): boolean {
  return (text.match(KEY)?.length ?? 0) !== countKeys(json);
}

// The text itself with marks in it where that says the same, because numbers lose digits when they are written again.
function markedText(text: string, json: object, written: string, redact: (text: string) => string): string | undefined {
  try {
    if (JSON.stringify(json) === text || hasTwins(text, json)) return undefined;
    const marked = redact(text);
    return JSON.stringify(JSON.parse(marked)) === written ? marked : undefined;
  } catch {
    // Too deep to be written, or no JSON any more.
    return undefined;
  }
}

/** The JSON text of what was left of another. */
export function writeAgain(text: string, json: object, left: unknown, redact: (text: string) => string): string {
  const written = JSON.stringify(left);
  return markedText(text, json, written, redact) ?? written;
}
