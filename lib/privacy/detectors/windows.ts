/** A stretch of a text: `[start, end)`. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

const QUOTE = 34;
const MAX_REACH = 1024;

// The quote before or behind a position, or the end of the text; undefined where neither is near.
function breakFrom(text: string, position: number, step: -1 | 1): number | undefined {
  let at = position + step;
  for (let left = MAX_REACH; left > 0; left--, at += step) {
    if (at < 0 || at >= text.length || text.charCodeAt(at) === QUOTE) return at;
  }
  return undefined;
}

/**
 * The stretches between quotes that hold or touch one of the positions, in order: no token and no number goes on across a
 * quote. Undefined where they are most of the text, or too long to be sought.
 */
export function windowsAround(text: string, positions: readonly number[]): readonly Window[] | undefined {
  const windows: Window[] = [];
  let length = 0;
  let end = -1;
  for (const position of positions) {
    if (position < end) continue;
    const before = breakFrom(text, position, -1);
    const behind = breakFrom(text, position, 1);
    if (before === undefined || behind === undefined) return undefined;
    windows.push({ start: before + 1, end: behind });
    end = behind;
    length += behind - before;
    if (length * 2 > text.length) return undefined;
  }
  return windows;
}
