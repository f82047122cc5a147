const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Text of unknown origin as it may reach a terminal: no control characters, nothing that turns the writing around. */
export function toPrintable(text: string): string {
  return text.replace(UNPRINTABLE, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Rows with their cells below each other, two spaces apart; each cell made printable. */
export function toColumns(rows: ReadonlyArray<readonly string[]>): string {
  const cells = rows.map((row) => row.map(toPrintable));
  const widths: number[] = [];
  for (const row of cells) {
    // The last cell of a row makes no room for others.
    for (const [index, cell] of row.slice(0, -1).entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length);
  }
  const line = (row: readonly string[]): string =>
    row.map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths[index] ?? 0))).join('  ');
  return cells.map((row) => `${line(row).trimEnd()}\n`).join('');
}
