// npm run bench:start: what it costs to import the package, beyond the OpenTelemetry API, and how long the first span takes
// from the start of the program to the exporter's request. One process a sample, interleaved, medians.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { median } from '../lib/rounds.mjs';

const SAMPLES = 21;
const programs = ['api.mjs', 'import.mjs', 'first-span.mjs'];
const seen = Object.fromEntries(programs.map((program) => [program, []]));

for (let sample = 0; sample < SAMPLES; sample++) {
  for (const program of programs) {
    const path = fileURLToPath(new URL(program, import.meta.url));
    const { stdout, status, stderr } = spawnSync(process.execPath, [path], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    seen[program].push(Number(stdout));
  }
}

const [api, spanwright, first] = programs.map((program) => median(seen[program]));
console.log(`import '@opentelemetry/api'   ${api.toFixed(1)} ms`);
console.log(
  `import 'spanwright'           ${spanwright.toFixed(1)} ms, ${(spanwright - api).toFixed(1)} ms beyond the API`,
);
console.log(`first span at the backend     ${first.toFixed(0)} ms after the first line`);
