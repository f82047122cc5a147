// Prints docs/reference/privacy.md out of what was built: run `npm run build` before it.
import { KNOWN_DETECTORS } from '#lib/privacy/detectors/known-detectors.js';
import { GATE_LIMITS } from '#lib/privacy/gate-budget.js';
import { CIRCULAR, GETTER, NOT_CHECKED, REDACTED, REDACTION_FAILED } from '#lib/privacy/marks.js';
import { WINDOW_CHARS } from '#lib/privacy/redact-long-text.js';
import { SENSITIVE_NAMES } from '#lib/privacy/sensitive-names.js';

import { table } from './markdown-table.mjs';
import { decodedRows, passedRows } from './privacy-rows.mjs';

// As lib/privacy/privacy.ts sets it; a spec holds the page to it.
const MAX_CHARS = 1_048_576;

const number = (value) => value.toLocaleString('en-US');
const names = (...rows) =>
  rows
    .flatMap((row) => SENSITIVE_NAMES[row].split(', '))
    .map((name) => `\`${name}\``)
    .join(', ');
const classes = (isShown) =>
  table(
    ['class', 'what'],
    KNOWN_DETECTORS.filter(isShown).map(({ kind, title }) => [`\`${kind}\``, title]),
  );

/** What is found, what is decoded, what stands in its place, and what passes. */
export function printPrivacy() {
  return `# What is removed, and what is not

<!-- Written by \`npm run docs\` from lib/privacy and scripts/privacy-rows.mjs. Change those. -->

What leaves the process passes one gate. Secrets are removed at every tier, \`full\` included; personal data at \`redacted\`.
A spec finds each class below in an example and lets each example of the [last table](#what-is-not-found) pass.

## Secrets in texts

${classes(({ sensitivity }) => sensitivity === 'secret')}

## Personal data in texts

${classes(({ sensitivity, pack }) => sensitivity === 'personal' && pack === undefined)}

National ids are looked for with the pack of their name, one or more:

${classes(({ pack }) => pack !== undefined)}

## Sensitive names

Case, \`-\`, \`_\`, dots and blanks do not count: \`api key\` is \`apiKey\`, \`X-Api-Key\`, \`openai_api_key\`. A name may be the end of a
longer one, short ones as a word of their own: \`db_pwd\`, \`user.otp\`. Tokens of language models, of pages and of parsers
(\`max_token\`, \`next_page_token\`, \`eos_token\`) are none, nor are ids of sessions (\`session_id\`, \`session.id\`), which
correlate calls. As a key the whole value is replaced, whatever its type; what is empty, \`null\`, \`true\` or \`false\` says nothing and stays.

- **In texts and as keys, always:** ${names('always')}.
- **In texts and as keys; in a text where the value has eight characters or more and is no word:** ${names('opaque', 'cookie')}.
- **In texts and as keys; in a text the rest of the line:** ${names('header')}.
- **In texts, where the value has eight characters or more and is no word:** ${names('textOnly')}, \`sessionid\` as a cookie.
- **As keys:** ${names('keyOnly')}.
- **As keys, personal data:** ${names('personal')}.

Headers are known as \`{ name, value }\`, \`[[name, value]]\` and \`[name, value, name, value, …]\`.

## What is decoded

One layer each; of a text that is JSON as a whole the keys are judged as well.

${table(['encoding', 'example'], decodedRows)}

## Bounds and marks

${table(
  ['mark', 'stands for'],
  [
    [`\`${REDACTED}\``, 'what was found; with a key of fingerprints `[REDACTED:8 hex digits]`, equal for equal values'],
    [`\`${REDACTION_FAILED}\``, 'a value on which redaction failed; it is counted'],
    [
      `\`${NOT_CHECKED}\``,
      `what lies beyond ${GATE_LIMITS.maxDepth} levels, ${number(GATE_LIMITS.maxNodes)} values or ${number(GATE_LIMITS.maxChars)} characters ` +
        `of one value, or ${GATE_LIMITS.maxMs} ms of one span that is large (1,024 values, or 256 KiB)`,
    ],
    [
      '`…[cut, N characters]`',
      `the end of a text that had N characters: no more than ${number(MAX_CHARS)} of one are looked at and kept`,
    ],
    [`\`${GETTER}\`, \`${CIRCULAR}\``, 'a property whose getter is not run, and a value that holds itself'],
  ],
)}

A longer text than ${number(WINDOW_CHARS)} characters is looked at in windows of so many, each with some of the text before and behind it.
Escapes are decoded everywhere. A code of base64 is decoded as far as its window reaches, 4,096 characters behind the edge: what it
holds further on is not found. Of equal values with different schemes of authorization, escapes of URLs, punctuation behind them, or
groups of digits the fingerprints are equal.

## What is not found

Add a key, a path, a pattern or a function for what your content has of these.

${table(
  ['what', 'example that passes'],
  passedRows.map(({ what, example }) => [what, `\`${example}\``]),
)}
`;
}
