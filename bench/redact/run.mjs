// npm run bench:redact [-- --node 20,22,24]: the redactor of texts against a chain of plain expressions and a library.
// Prints the tables; `--write` puts them into docs/verification/redact.md.
import { runStates } from '../lib/report.mjs';

await runStates({
  folder: 'bench/redact',
  states: [['texts.mjs']],
  report: 'redact',
  title: 'What redaction of a text costs',
  notes:
    '`redactor`: `createTextRedactor({ level: "all" })` over all classes and encodings. `expressions`: a chain of twelve plain ' +
    'ones with `replaceAll`, without encodings, Luhn or IBAN digits. `library`: `@openredaction/core` 1.1.5 with the patterns of ' +
    'emails, phones, cards, IBANs, JWTs and three vendors alone. `secrets`: the redactor at that level. `findings`: a text with an ' +
    'address in every 512 characters.',
});
