/** Tables of names grow with the world they describe; nobody reads them from top to bottom. */
export const nameTables: readonly string[] = [];

export const maxLines = 250;

/** The files with more than `maxLines` lines, each with its count. */
export function findLongFiles(sources: ReadonlyMap<string, string>): string[] {
  return [...sources]
    .filter(([file]) => !nameTables.includes(file))
    .map(([file, text]) => ({ file, lines: text.replace(/\n$/, '').split('\n').length }))
    .filter(({ lines }) => lines > maxLines)
    .map(({ file, lines }) => `${file}: ${lines} lines`);
}

/** Words that put something off; in two halves each, so that this file is none of its own findings. */
export const marks: readonly string[] = [
  ['TO', 'DO'],
  ['FIX', 'ME'],
  ['X', 'XX'],
  ['HA', 'CK'],
].map((halves) => halves.join(''));

const mark = new RegExp(`\\b(?:${marks.join('|')})\\b`);

/** The lines that hold a mark. */
export function findMarks(sources: ReadonlyMap<string, string>): string[] {
  return [...sources].flatMap(([file, text]) =>
    text
      .split('\n')
      .map((line, index) => ({ line, at: `${file}:${index + 1}` }))
      .filter(({ line }) => mark.test(line))
      .map(({ line, at }) => `${at}: ${line.trim()}`),
  );
}
