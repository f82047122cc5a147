// 128 calls of 20 ms at a time: unaudited, through the ledger on the machine's disk, and with syncs that take 5 ms; they take
// turns in one process. Prints JSON. Arguments: seconds of a turn, turns.
import { fdatasync, openSync, write } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

import { openLedger } from '#lib/audit/open-ledger.js';

import { median } from '../lib/rounds.mjs';
import { inFolder } from './folder.mjs';
import { FRAME_BYTES } from './raw.mjs';
import { openSlowLedger, slowly } from './slow-syncs.mjs';

const writeLater = promisify(write);
const LANES = 128;
const CALL_MS = 20;
const SYNC_MS = 5;
const turnMs = Number(process.argv[2] ?? 1.5) * 1000;
const turns = Number(process.argv[3] ?? 5);

const call = () => delay(CALL_MS);

let asked = 0;
const audited = (ledger, level) => async () => {
  const recorded = await ledger.begin({
    op: { class: 'SynthesisModel', method: 'complete' },
    system: 'llm',
    provider: 'openai',
    model: 'gpt-4o-mini',
    host: 'api.openai.com:443',
    level,
    request: { value: { text: `${asked++} `.padEnd(2037, 'what the customer wrote, ') } },
  });
  await call();
  await recorded.end({ status: 'ok', usage: { in: 512, out: 64 } });
};

// One record after the other, each with a sync of its own.
function perRecord(folder) {
  const fd = openSync(join(folder, 'per-record'), 'w', 0o600);
  const bytes = Buffer.alloc(FRAME_BYTES, 'x');
  const syncSlowly = promisify(slowly((done) => fdatasync(fd, done), SYNC_MS));
  let last = Promise.resolve();
  const record = () => {
    last = last.then(() => writeLater(fd, bytes, 0, bytes.length, null)).then(() => syncSlowly());
    return last;
  };
  return async () => {
    await record();
    await call();
    await record();
  };
}

async function turn(one) {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  let made = 0;
  const start = performance.now();
  const end = start + turnMs;
  const lane = async () => {
    while (performance.now() < end) {
      await one();
      made++;
    }
  };
  histogram.enable();
  const cpu = process.cpuUsage();
  await Promise.all(one === undefined ? [delay(turnMs)] : Array.from({ length: LANES }, lane));
  const { user, system } = process.cpuUsage(cpu);
  histogram.disable();
  return {
    perSecond: (1000 * made) / (performance.now() - start),
    cpuUs: made === 0 ? 0 : (user + system) / made,
    p50Ms: histogram.percentile(50) / 1e6,
    p99Ms: histogram.percentile(99) / 1e6,
    maxMs: histogram.max / 1e6,
  };
}

const seen = await inFolder(async (folder) => {
  const at = (name) => join(folder, name);
  const ledgers = {
    metadata: await openLedger({ directory: at('metadata') }),
    request: await openLedger({ directory: at('request') }),
    slow: await openSlowLedger({ directory: at('slow') }, SYNC_MS),
    'slow request': await openSlowLedger({ directory: at('slow-request') }, SYNC_MS),
  };
  const variants = {
    idle: undefined,
    unaudited: call,
    'no payload': audited(ledgers.metadata, 'metadata'),
    'payload of 2 KiB': audited(ledgers.request, 'request'),
    'no payload, 5 ms': audited(ledgers.slow, 'metadata'),
    'payload of 2 KiB, 5 ms': audited(ledgers['slow request'], 'request'),
    'a commit per record, 5 ms': perRecord(folder),
  };
  const names = Object.keys(variants);
  const figures = Object.fromEntries(names.map((name) => [name, []]));
  for (let n = 0; n < turns; n++) for (const name of names) figures[name].push(await turn(variants[name]));
  for (const ledger of Object.values(ledgers)) await ledger.close();
  const middle = (name, figure) => median(figures[name].map((one) => one[figure]));
  const ratio = (name, base) => median(figures[name].map(({ perSecond }, n) => perSecond / figures[base][n].perSecond));
  return Object.fromEntries(
    names.map((name) => [
      name,
      {
        ...Object.fromEntries(['perSecond', 'cpuUs', 'p50Ms', 'p99Ms', 'maxMs'].map((key) => [key, middle(name, key)])),
        ofUnaudited: ratio(name, 'unaudited'),
        ofPerRecord: ratio(name, 'a commit per record, 5 ms'),
      },
    ]),
  );
});
console.log(JSON.stringify(seen));
