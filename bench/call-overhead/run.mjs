// npm run bench:calls [-- --node 20,22,24]: the whole of bench/call-overhead, each state in a process of its own.
// Prints the tables; `--write` puts them into docs/verification/call-overhead.md.
import { runStates } from '../lib/report.mjs';

const states = [['off.mjs']];
for (const home of ['host', 'ours']) {
  for (const state of ['recorded', 'sampled out', 'below an unsampled parent']) states.push(['on.mjs', home, state]);
}

await runStates({
  folder: 'bench/call-overhead',
  states,
  report: 'call-overhead',
  title: 'What a decorated call costs',
});
