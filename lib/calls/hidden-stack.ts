import { hideText } from '../core/hide-text.js';
import { state } from '../core/state.js';

const FRAME = /^\s{1,8}at .+$/;
const MAX_FRAMES = 2000;
const MAX_CHARS = 400;

// Places in code, of which a program throws from few, and each many times.
let clean = new Set<string>();
let cleanBy: unknown;

function hideFrame(line: string): string {
  if (clean.has(line)) return line;
  const shown = hideText(line);
  if (shown === line && line.length <= MAX_CHARS) {
    if (clean.size >= MAX_FRAMES) clean.clear();
    clean.add(line);
  }
  return shown;
}

/**
 * Hides what a stack shows: what stands before the frames as one text, and the frames one by one. Where they begin tells
 * the message, which may hold lines that look like them.
 */
export function hideStack(stack: string, message: string): string {
  if (cleanBy !== state.hideText) {
    clean = new Set();
    cleanBy = state.hideText;
  }
  const at = stack.indexOf(message);
  const head = at < 0 ? 0 : at + message.length;
  const frames = stack.slice(head).split('\n').slice(1);
  // Whatever is no frame may go on for lines, as a key does.
  if (at < 0 || stack[head] !== '\n' || !frames.every((line) => FRAME.test(line))) return hideText(stack);
  return [hideText(stack.slice(0, head)), ...frames.map(hideFrame)].join('\n');
}
