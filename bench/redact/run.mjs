// npm run bench:redact [-- --node 20,22,24]: the redactor of texts against a chain of plain expressions and a library.
// Prints the tables; `--write` puts them into docs/verification/redact.md.
import { runStates } from '../lib/report.mjs';

await runStates({
  folder: 'bench/redact',
  states: [['texts.mjs'], ['hostile.mjs'], ['gate.mjs'], ['call-path.mjs']],
  report: 'redact',
  title: 'What redaction of a text costs',
  notes:
    '`redactor`: `createTextRedactor({ level: "all" })` over all classes and encodings. `expressions`: a chain of twelve plain ' +
    'ones with `replaceAll`, without encodings, Luhn or IBAN digits. `library`: `@openredaction/core` 1.1.5 with the patterns of ' +
    'emails, phones, cards, IBANs, JWTs and three vendors alone. `secrets`: the redactor at that level. `findings`: a text with an ' +
    'address in every 512 characters. `prose` has words alone; `numbers and links` dates, amounts, order numbers and links; `JSON` the ' +
    'same as messages of a model, with a few escaped quotes, so that it is read once more without its escapes. MB/s are characters a ' +
    'microsecond.\n\n' +
    'The second table is of texts of 1 MB that are built against one detector each. `redactor` cuts at 65,536 characters before it ' +
    'looks, which is the limit of 5 ms; `whole` looks at all of the megabyte, window by window, as the gate does, which looks at the ' +
    'clock between two windows and stops a span after 50 ms.\n\n' +
    'The third is the gate over values that stay as they are. The fourth is what facts, names and errors cost inside a call: bursts of ' +
    'calls without an export between them, `off` with the hiding taken out of the same build.',
});
