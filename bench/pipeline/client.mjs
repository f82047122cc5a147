// One run of one variant in a process of its own. Argument: { loop, latencyMs, variant, options } as JSON; prints what was seen.
import { setTimeout } from 'node:timers/promises';

import { startBackend } from './backend.mjs';
import { heldBytes, watchCpu, watchLoop } from './gauges.mjs';
import { loops } from './loops.mjs';
import { producerOf } from './spans.mjs';
import { createSubject } from './subjects.mjs';

const { loop, latencyMs = 0, variant, options } = JSON.parse(process.argv[2]);
const WARM_ROUNDS = 10;
const WARM_SPANS = 1000;

const sum = (dropped) => Object.values(dropped).reduce((total, count) => total + count, 0);

// At every moment: accepted = delivered + dropped + queued.
function isBalanced(health) {
  if (health === undefined) return undefined;
  return Object.values(health).every(
    ({ accepted, delivered, dropped, queued }) => accepted === delivered + sum(dropped) + queued,
  );
}

const backend = await startBackend({ latencyMs });
const subject = createSubject(backend.endpoint, variant);
const produce = producerOf(variant.span ?? 'ready', subject.tracer);

let warmed = 0;
if (variant.kind !== 'idle') {
  for (let round = 0; round < WARM_ROUNDS; round++) {
    for (let count = 0; count < WARM_SPANS; count++) produce();
    await subject.flush();
  }
  warmed = WARM_ROUNDS * WARM_SPANS;
}
const before = await backend.stats();
const isFill = loop === 'fill';
if (isFill) await backend.stop();
const heldBefore = await heldBytes();
await setTimeout(50);

// The gauge costs a few per cent, which a closed loop would lose.
let gauge = loop === 'closed' ? undefined : watchLoop();
const stopCpu = watchCpu();
const start = performance.now();
const asked = variant.kind === 'idle' ? { ...options, rate: 0 } : options;
const { made, perSecond } = await loops[loop]({ produce, subject, backend, gauge, options: asked });
const madeMs = performance.now() - start;
const health = subject.health();
let seenLoop = gauge?.stop();
// A burst holds the loop itself; what we hold up comes after.
if (loop === 'burst') {
  await setTimeout(0);
  gauge = watchLoop();
}
const held = isFill ? (await heldBytes()) - heldBefore : undefined;

const result = { made, madeMs, perSecond };
if (isFill) {
  const { queued, queuedBytes, dropped } = subject.health().bench;
  console.log(
    JSON.stringify({
      ...result,
      held,
      queued,
      queuedBytes,
      mostBytes: subject.mostBytes,
      dropped,
      isBalanced: isBalanced(health),
    }),
  );
  process.exit(0);
}

const flushStart = performance.now();
await subject.flush();
const flushMs = performance.now() - flushStart;
const cpuMs = stopCpu();
if (loop === 'burst') seenLoop = gauge.stop();
await setTimeout(100);
const after = await backend.stats();
const received = after.spans - before.spans;
const late = subject.health();
console.log(
  JSON.stringify({
    ...result,
    loop: seenLoop,
    received,
    lost: made - received,
    requests: after.requests - before.requests,
    ...(made > 0 && {
      bytesPerSpan: (after.bytes - before.bytes) / received,
      cpuPerThousand: (cpuMs / made) * 1000,
    }),
    flushMs,
    maxRssMiB: process.resourceUsage().maxRSS / 1024,
    dropped: late?.bench.dropped,
    isBalanced: late && isBalanced(health) && isBalanced(late),
    // What we call delivered is what the backend counted.
    isExact: late && late.bench.delivered === after.spans && late.bench.accepted === warmed + made,
  }),
);
await subject.close();
await backend.stop();
