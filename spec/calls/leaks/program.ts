import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { configureTracing, health } from 'spanwright';
import { KINDS } from './kinds.js';
import type { Use } from './kinds.js';

// Runs in a process of its own: `node --expose-gc program.js <calls of each kind>`; prints the growth of each kind as JSON.

const CALLS = Number(process.argv[2]);
const LIMIT = 0.02;
// A heap of 11 MB moves by itself now and then; what leaks grows in every round.
const ROUNDS = 3;

async function collect(): Promise<void> {
  for (let round = 0; round < 60; round++) {
    globalThis.gc?.();
    await nextTurn();
    if (round > 3 && health().calls.live === 0) break;
    if (round > 6) await delay(200);
  }
  globalThis.gc?.();
}

async function use(kind: Use, times: number): Promise<void> {
  for (let time = 0; time < times; time++) {
    await kind();
    if (time % 500 === 0) await nextTurn();
  }
  await collect();
}

async function growthOf(kind: Use): Promise<number> {
  let least = Infinity;
  for (let round = 0; round < ROUNDS && least > LIMIT; round++) {
    const before = process.memoryUsage().heapUsed;
    await use(kind, CALLS);
    least = Math.min(least, process.memoryUsage().heapUsed / before - 1);
  }
  return least;
}

configureTracing({ serviceName: 'leaks', destinations: [{ provider: 'memory', maxSpans: 100 }] });
const growth: Record<string, number> = {};
for (const [name, kind] of Object.entries(KINDS)) {
  await use(kind, 5000);
  growth[name] = await growthOf(kind);
}
console.log(JSON.stringify({ growth, live: health().calls.live }));
