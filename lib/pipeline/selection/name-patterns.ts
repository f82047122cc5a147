/** A name to look for: a text in which `*` stands for any characters, or an expression. */
export type NamePattern = string | RegExp;

// Longer names are no names; expressions of the user are not to be run over them.
const MAX_CHARS = 1024;

// By its pieces, in one pass: as an expression several `*` would take time that grows with a power of the name.
function compileText(pattern: string): (name: string) => boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return (name) => name === pattern;
  return (name) => {
    if (!name.startsWith(first)) return false;
    let at = first.length;
    for (const piece of others) {
      const found = name.indexOf(piece, at);
      if (found === -1) return false;
      at = found + piece.length;
    }
    return name.length - last.length >= at && name.endsWith(last);
  };
}

function compileExpression(pattern: RegExp): (name: string) => boolean {
  // A copy, so that the user's own keeps its place.
  const own = new RegExp(pattern);
  return (name) => {
    own.lastIndex = 0;
    return own.test(name);
  };
}

/** Makes a test for names that one of the patterns matches; the first 1,024 characters of a name are looked at. */
export function compileNames(patterns: readonly NamePattern[]): (name: string) => boolean {
  const tests = patterns.map((one) => (typeof one === 'string' ? compileText(one) : compileExpression(one)));
  return (name) => {
    const seen = name.length > MAX_CHARS ? name.slice(0, MAX_CHARS) : name;
    return tests.some((matches) => matches(seen));
  };
}
