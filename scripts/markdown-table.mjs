/** A table of Markdown; what would break a cell is escaped. */
export function table(head, rows) {
  const cell = (text) =>
    text
      .replaceAll(/\s+/g, ' ')
      .replaceAll('|', String.raw`\|`)
      .trim();
  const line = (cells) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}
