// Two destinations, of which one answers 503: when it is left alone, for how long, and what the other got meanwhile.
import { setTimeout } from 'node:timers/promises';

import { startBackend } from './backend.mjs';
import { producerOf } from './spans.mjs';
import { createSubject } from './subjects.mjs';

const MS = 75_000;
const STEP_MS = 50;
const PER_STEP = 10;
// No pause between two tries is so long.
const PAUSE_MS = 20_000;

const healthy = await startBackend();
const failing = await startBackend({ mode: '503' });
const subject = createSubject(healthy.endpoint, {
  kind: 'ours',
  content: 'full',
  others: [{ name: 'failing', endpoint: failing.endpoint, content: 'full' }],
});
const produce = producerOf('ready', subject.tracer);

let made = 0;
let opened = false;
for (const end = performance.now() + MS; performance.now() < end; await setTimeout(STEP_MS)) {
  for (let one = 0; one < PER_STEP; one++) produce();
  made += PER_STEP;
  opened ||= subject.health().failing.breaker === 'open';
}
await subject.flush();
const { times } = await failing.stats();
const { spans } = await healthy.stats();
const pause = times.findIndex((time, index) => index > 0 && time - times[index - 1] >= PAUSE_MS);
console.log(
  JSON.stringify({
    opened,
    failures: pause < 0 ? times.length : pause,
    pauseMs: pause < 0 ? 0 : times[pause] - times[pause - 1],
    made,
    received: spans,
  }),
);
// The failing destination would keep its spans for the next trial.
process.exit(0);
