import { hideText } from '../core/hide-text.js';

const FIRST_FRAME = /\n\s{0,8}at /;
const MAX_FRAMES = 2000;
const MAX_CHARS = 400;

// Places in code, of which a program throws from few, and each many times.
const clean = new Set<string>();

function hideFrame(line: string): string {
  if (clean.has(line)) return line;
  const shown = hideText(line);
  if (shown === line && line.length <= MAX_CHARS) {
    if (clean.size >= MAX_FRAMES) clean.clear();
    clean.add(line);
  }
  return shown;
}

/** Hides what a stack shows: its message as one text, its frames one by one. */
export function hideStack(stack: string): string {
  const at = FIRST_FRAME.exec(stack)?.index ?? stack.length;
  const message = hideText(stack.slice(0, at));
  return at === stack.length ? message : message + stack.slice(at).split('\n').map(hideFrame).join('\n');
}
