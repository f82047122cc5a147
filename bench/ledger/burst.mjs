// 100,000 calls in one turn: what is refused, what is made and what the ledger has afterwards. Prints JSON.
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { openLedger } from '#lib/audit/open-ledger.js';

import { entriesOf } from './entries.mjs';
import { inFolder } from './folder.mjs';

const CALLS = Number(process.argv[2] ?? 100_000);
const MAX_QUEUE_BYTES = 64 * 1024 ** 2;
const memory = () => {
  const { external, arrayBuffers, heapUsed, rss } = process.memoryUsage();
  return { outside: Math.max(external, arrayBuffers), heapUsed, rss };
};

const seen = await inFolder(async (folder) => {
  const directory = join(folder, 'ledger');
  const ledger = await openLedger({ directory });
  globalThis.gc?.();
  const before = memory();
  const made = [];
  const ended = [];
  const refused = {};
  const most = { queuedBytes: 0, outside: 0, heapUsed: 0 };
  const look = () => {
    const { queuedBytes } = ledger.health();
    const now = memory();
    most.queuedBytes = Math.max(most.queuedBytes, queuedBytes);
    most.outside = Math.max(most.outside, now.outside - before.outside);
    most.heapUsed = Math.max(most.heapUsed, now.heapUsed - before.heapUsed);
  };
  const call = async (n) => {
    try {
      const request = { value: { n, text: 'what is asked' } };
      const recorded = await ledger.begin({ op: { method: 'ask' }, system: 'llm', level: 'metadata', request });
      made.push(recorded.id);
      await recorded.end({ status: 'ok' });
      ended.push(recorded.id);
    } catch (error) {
      refused[error.code ?? 'other'] = (refused[error.code ?? 'other'] ?? 0) + 1;
    }
  };
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      look();
      await nextTurn();
    }
  })();
  const start = performance.now();
  const calls = Array.from({ length: CALLS }, (_, n) => call(n));
  const turnMs = performance.now() - start;
  look();
  await Promise.all(calls);
  const ms = performance.now() - start;
  isOver = true;
  await watching;
  const counted = ledger.health().refused;
  let closing;
  try {
    await ledger.close();
  } catch (error) {
    closing = error.code;
  }
  const kept = { intent: new Set(), outcome: new Set(), denied: new Set() };
  for (const { kind, call: of } of entriesOf(directory)) kept[kind]?.add(of?.id);
  const wasMade = new Set(made);
  return {
    calls: CALLS,
    turnMs,
    ms,
    made: made.length,
    lost: made.filter((id) => !kept.intent.has(id)).length + ended.filter((id) => !kept.outcome.has(id)).length,
    // Intents that came too late, and that no entry denies.
    open: [...kept.intent].filter((id) => !wasMade.has(id) && !kept.denied.has(id)).length,
    unended: made.length - ended.length,
    refused,
    counted,
    closing,
    most,
    bound: MAX_QUEUE_BYTES,
  };
});
console.log(JSON.stringify(seen));
