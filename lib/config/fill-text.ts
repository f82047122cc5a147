/** A text whose references were replaced; or the variable that is not set; or a reference that is none. */
export type FilledText =
  | {
      readonly text: string;
      /** The variables that were asked for, in order, defaults taken or not. */
      readonly names: readonly string[];
      /** True when the text was one reference and nothing else. */
      readonly isWhole: boolean;
    }
  | { readonly unset: string }
  | { readonly isBroken: true };

// A default ends at the first `}` and holds no reference.
const REST = /([A-Za-z_][A-Za-z0-9_]*)(?::-((?:(?!\$\{)[^}\n])*))?\}/y;

/**
 * Replaces `${VAR}` and `${VAR:-default}`. Before a `{` each `$$` stands for `$`, so that `$${VAR}` is the text `${VAR}`.
 * What a variable holds is not looked at again. An empty variable is unset, as everywhere.
 */
export function fillText(text: string, read: (name: string) => string | undefined): FilledText {
  const names: string[] = [];
  let filled = '';
  let at = 0;
  let isWhole = false;
  for (;;) {
    // Found by the brace and counted backwards: a pattern would try each dollar of a long row as the first.
    const last = text.indexOf('${', at);
    if (last === -1) return { text: filled + text.slice(at), names, isWhole: isWhole && at === text.length };
    let first = last;
    while (first > at && text[first - 1] === '$') first--;
    const dollars = last - first + 1;
    filled += text.slice(at, first) + '$'.repeat(Math.floor(dollars / 2));
    at = last + 2;
    if (dollars % 2 === 0) {
      filled += '{';
      continue;
    }
    REST.lastIndex = at;
    const rest = REST.exec(text);
    if (rest === null) return { isBroken: true };
    const [, name = '', fallback] = rest;
    const value = read(name) ?? fallback;
    if (value === undefined) return { unset: name };
    names.push(name);
    isWhole = last === 0;
    filled += value;
    at = REST.lastIndex;
  }
}
