/** What a file holds, or what is wrong with it. Never quotes the text, which may hold keys. */
export type ParsedText = { readonly value: unknown } | { readonly got: string };

/** Where something stands in a file, both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The place of the character at an offset. */
export function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - start + 1 };
}

/** Prints what a file is, and where it stops being what it should be. */
export function printFault(what: string, { line, column }: Place): string {
  return `${what} (line ${line}, column ${column})`;
}
