import { decoratedCall } from '../decorated-call.js';
import type { Place } from '../trial.js';

const json = (value: unknown): string => JSON.stringify(value);
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const base64url = (text: string): string => Buffer.from(text).toString('base64url');
const percent = (text: string): string => encodeURIComponent(text);

// Every character as an escape, as no writer does, yet every reader takes.
const asUnicode = (text: string): string =>
  text.replaceAll(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const TEXTS: Readonly<Record<string, (canary: string) => string>> = {
  'in prose': (canary) => `Please take ${canary} and go on.`,
  'alone in a text': (canary) => canary,
  'in JSON in a string': (canary) => json({ note: canary, n: 1 }),
  'in JSON in a string in a string': (canary) => json([json([json({ note: canary })])]),
  'as escapes of JSON': (canary) => `{"note":"${asUnicode(canary)}"}`,
  'in base64': (canary) => base64(`The value is ${canary}, keep it.`),
  'in base64url of JSON': (canary) => `payload=${base64url(json({ note: canary }))}`,
  'in a data URL': (canary) => `data:text/plain;base64,${base64(`see ${canary} there`)}`,
  'in the query of a URL': (canary) => `https://example.com/find?q=${percent(canary)}&page=2`,
  'in the userinfo of a URL': (canary) => `https://user:${percent(canary)}@example.com/path`,
  'in the fragment of a URL': (canary) => `https://example.com/#${percent(canary)}`,
  'in a form': (canary) => new URLSearchParams({ a: '1', note: canary, b: '2' }).toString(),
  'in an event of a stream': (canary) => `data: ${json({ delta: canary })}\n\n`,
  'in an element of XML': (canary) => `<value>${canary}</value>`,
  'in a row of CSV': (canary) => `1,"${canary}",2026`,
  'in a Markdown table': (canary) => `| name | value |\n|---|---|\n| one | ${canary} |`,
  'in a code block': (canary) => `\`\`\`\nconst note = '${canary}';\n\`\`\``,
  'in lines of a log': (canary) => `2026-01-02T03:04:05Z INFO start\r\n2026-01-02T03:04:06Z ERROR with ${canary}\r\n`,
  'behind a long text': (canary) => `${'All is well. '.repeat(1000)}${canary}`,
  'before a long text': (canary) => `${canary} ${'All is well. '.repeat(1000)}`,
};

/** Places in a text that is argument, result and message of an error. */
export const TEXT_PLACES: readonly Place[] = Object.entries(TEXTS).map(([title, hide]) => ({
  title,
  run: (trial) => decoratedCall(trial, { value: hide(trial.text) }),
}));
