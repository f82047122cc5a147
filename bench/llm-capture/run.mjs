// npm run bench:llm [-- --node 20,22,24]: the whole of bench/llm-capture, each state in a process of its own.
// Prints the tables; `--write` puts them into docs/verification/llm-capture.md.
import { runStates } from '../lib/report.mjs';

const states = ['off', 'recorded without content', 'recorded with content', 'sampled out'].map((state) => [
  'capture.mjs',
  state,
]);

await runStates({
  folder: 'bench/llm-capture',
  states: [...states, ['chunks.mjs'], ['copy.mjs']],
  report: 'llm-capture',
  title: 'What capture of a call to a model costs',
  notes:
    'A method under `@LlmCall()`, the same call with attributes written by hand, and the plain one. The destination is in ' +
    'memory, so that a row holds the projection of its span as well; others project later. `off`: nothing is configured. ' +
    'Where messages are recorded, the hand-written call puts them on the span as JSON.',
});
