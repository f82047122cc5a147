/** A place of a text where a canary may stand. */
export interface HidingPlace {
  readonly title: string;
  hide(canary: string): string;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const base64url = (text: string): string => Buffer.from(text).toString('base64url');
const json = (value: unknown): string => JSON.stringify(value);

// Every character as an escape, as no writer does, yet every reader takes.
const asUnicode = (text: string): string =>
  text.replaceAll(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

const unescaped = (text: string): string =>
  text
    .replaceAll(/\\+u([0-9a-f]{4})/gi, (...[, hex = '']: string[]) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replaceAll(/\\+([nrt"])/g, (...[, letter = '']: string[]) => CONTROLS[letter] ?? letter);

const withoutPercents = (text: string): string =>
  text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString());

const decoded = (text: string): string =>
  text.replaceAll(/[\w+/-]{8,}/g, (token) =>
    token
      .split('/')
      .map((piece) => Buffer.from(piece, 'base64').toString())
      .concat(Buffer.from(token, 'base64').toString())
      .join(' '),
  );

/** Whether someone who reads a text as it is, or undoes one encoding of it, finds half of what should be hidden. */
export function isShown(hidden: string, text: string): boolean {
  const middle = Math.ceil(hidden.length / 2);
  const halves = [hidden.slice(0, middle), hidden.slice(-middle)];
  return [text, unescaped(text), withoutPercents(text), unescaped(decoded(text))].some((reading) =>
    halves.some((half) => reading.includes(half)),
  );
}

/** Places inside one text; those of values and keys are the gate's. */
export const HIDING_PLACES: readonly HidingPlace[] = [
  { title: 'alone', hide: (canary) => canary },
  { title: 'in prose', hide: (canary) => `Please take ${canary} and go on.` },
  { title: 'at the end of a sentence', hide: (canary) => `The value is ${canary}.` },
  { title: 'in parentheses', hide: (canary) => `That one (${canary}) is it` },
  { title: 'in angle brackets', hide: (canary) => `From: <${canary}>` },
  { title: 'in double quotes', hide: (canary) => `She said "${canary}" twice` },
  { title: 'in single quotes', hide: (canary) => `print('${canary}')` },
  { title: 'in backticks', hide: (canary) => `Run \`${canary}\` first` },
  { title: 'in a code block', hide: (canary) => `\`\`\`\n${canary}\n\`\`\`` },
  { title: 'in a Markdown table', hide: (canary) => `| name | value |\n|---|---|\n| one | ${canary} |` },
  { title: 'in a list', hide: (canary) => `- first\n- ${canary}\n- third` },
  { title: 'after a tab', hide: (canary) => `value\t${canary}\tend` },
  { title: 'on a line of Windows', hide: (canary) => `first\r\n${canary}\r\nthird` },
  { title: 'after characters of two code units', hide: (canary) => `🔑🔑 ${canary} 🔑` },
  { title: 'between words of another script', hide: (canary) => `これは ${canary} です` },
  { title: 'in a row of CSV', hide: (canary) => `1,"${canary}",2026` },
  { title: 'in an element of XML', hide: (canary) => `<value>${canary}</value>` },
  { title: 'in a log line', hide: (canary) => `2026-01-02T03:04:05Z ERROR app - failed with ${canary}` },
  { title: 'in an error message', hide: (canary) => `Error: 401 for ${canary} at connect (file.js:10:5)` },
  { title: 'in JSON', hide: (canary) => json({ note: canary, n: 1 }) },
  { title: 'in nested JSON', hide: (canary) => json({ a: [{ b: { c: [canary, 'x'] } }] }) },
  { title: 'in indented JSON', hide: (canary) => JSON.stringify({ a: { note: canary } }, null, 2) },
  { title: 'in JSON in a string', hide: (canary) => json({ arguments: json({ note: canary }) }) },
  { title: 'in JSON in a string in a string', hide: (canary) => json([json([json([canary])])]) },
  { title: 'as escapes of JSON', hide: (canary) => `{"note":"${asUnicode(canary)}"}` },
  { title: 'behind an escaped line end', hide: (canary) => json(`first\n${canary}\nthird`) },
  { title: 'in an event of a stream', hide: (canary) => `data: ${json({ delta: canary })}\n\n` },
  { title: 'in a query', hide: (canary) => `https://example.com/find?q=${encodeURIComponent(canary)}&page=2` },
  { title: 'in a fragment', hide: (canary) => `https://example.com/#${encodeURIComponent(canary)}` },
  { title: 'in a form', hide: (canary) => `a=1&value=${encodeURIComponent(canary)}&b=2` },
  { title: 'in base64', hide: (canary) => base64(`The value is ${canary}, keep it.`) },
  { title: 'in base64url', hide: (canary) => base64url(`The value is ${canary}, keep it.`) },
  { title: 'in base64 of JSON', hide: (canary) => `payload=${base64(json({ note: canary }))}` },
  { title: 'in base64 behind a path', hide: (canary) => `https://example.com/open/${base64url(json([canary]))}/now` },
  { title: 'in a data URL', hide: (canary) => `data:text/plain;base64,${base64(`see ${canary} there`)}` },
  { title: 'twice', hide: (canary) => `${canary} and once more ${canary}` },
  { title: 'behind a long text', hide: (canary) => `${'All is well. '.repeat(2000)}${canary}` },
];
