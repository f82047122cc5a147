import type { ParsedText } from './parsed-text.js';
import { placeAt, printFault } from './parsed-text.js';

const SPACE = /[ \t\n\r]*/y;
const TEXT = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const PLAIN = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const CLOSING = { '{': '}', '[': ']' } as const;

type Opening = keyof typeof CLOSING;

/** What must come: `first` is a key or item, or the end of what was opened. */
type Wanted = 'value' | 'key' | 'first' | 'colon' | 'next';

function endOf(pattern: RegExp, text: string, start: number): number | undefined {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/**
 * The offset at which a text stops being JSON; undefined when it is JSON. The parser's own message tells none for most
 * mistakes, and quotes the text.
 */
export function findJsonFault(text: string): number | undefined {
  const open: Opening[] = [];
  let wanted: Wanted = 'value';
  let at = 0;
  for (;;) {
    at = endOf(SPACE, text, at) ?? at;
    const char = text[at];
    const top = open.at(-1);
    if (wanted === 'next' && top === undefined) return char === undefined ? undefined : at;
    const isClosed: boolean = top !== undefined && (wanted === 'next' || wanted === 'first') && char === CLOSING[top];
    if (isClosed) {
      open.pop();
      wanted = 'next';
      at++;
    } else if (wanted === 'next' || wanted === 'colon') {
      if (char !== (wanted === 'next' ? ',' : ':')) return at;
      wanted = wanted === 'next' && top === '{' ? 'key' : 'value';
      at++;
    } else {
      const isKey: boolean = wanted === 'key' || (wanted === 'first' && top === '{');
      if (!isKey && (char === '{' || char === '[')) {
        open.push(char);
        wanted = 'first';
        at++;
        continue;
      }
      const end: number | undefined = endOf(TEXT, text, at) ?? (isKey ? undefined : endOf(PLAIN, text, at));
      if (end === undefined) return at;
      wanted = isKey ? 'colon' : 'next';
      at = end;
    }
  }
}

/** Reads JSON. */
export function parseJson(text: string): ParsedText {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { got: printFault('a file that is no JSON', placeAt(text, findJsonFault(text) ?? text.length)) };
  }
}
