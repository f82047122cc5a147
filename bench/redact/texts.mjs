import { OpenRedaction } from '@openredaction/core';

import { createTextRedactor } from '#lib/privacy/redact-text.js';

import { bytes, measure } from '../lib/rounds.mjs';
import { replaceByExpressions } from './expressions.mjs';
import { foundOf, jsonOf, numbersOf, proseOf, SIZES } from './sizes.mjs';

const LIMIT_NS = { '2 KiB': 8000 };
const maxChars = 1_048_576;

const redactor = createTextRedactor({ level: 'all', maxChars });
const secrets = createTextRedactor({ level: 'secrets', maxChars });
const library = new OpenRedaction({
  patterns: ['EMAIL', 'PHONE', 'CREDIT_CARD', 'IBAN', 'AWS_ACCESS_KEY', 'GITHUB_TOKEN', 'GOOGLE_API_KEY', 'JWT_TOKEN'],
  enableContextAnalysis: false,
});

const redactorOf = (name, redact, text) => ({
  name,
  calls: 1,
  least: 2,
  run: (n) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += redact(text).length;
    return sum;
  },
});

const ofLibrary = (text) => ({
  name: 'library',
  calls: 1,
  least: 1,
  run: async (n) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += (await library.detect(text)).redacted.length;
    return sum;
  },
});

const KINDS = { prose: proseOf, 'numbers and links': numbersOf, JSON: jsonOf, findings: foundOf };

const rows = {};
for (const [size, chars] of Object.entries(SIZES)) {
  for (const [title, make] of Object.entries(KINDS)) {
    const text = make(chars);
    const variants = [
      redactorOf('redactor', redactor, text),
      redactorOf('secrets', secrets, text),
      redactorOf('expressions', replaceByExpressions, text),
      ofLibrary(text),
    ];
    const ns = await measure(variants, { rounds: 9, ms: 10, warm: 2 });
    const memory = {};
    for (const variant of variants) memory[variant.name] = await bytes(variant, variant.name === 'library' ? 2 : 20);
    const speed = `${((text.length / ns.redactor) * 1000).toFixed(0)} MB/s, expressions ${((text.length / ns.expressions) * 1000).toFixed(0)}`;
    const limit = title === 'prose' ? LIMIT_NS[size] : undefined;
    const met = limit === undefined ? '' : ` (limit ${limit / 1000} µs: ${ns.redactor <= limit ? 'met' : 'missed'})`;
    rows[`${size}, ${title}`] = { ns, bytes: memory, verdict: `${speed}${met}` };
  }
}
console.log(JSON.stringify(rows));
