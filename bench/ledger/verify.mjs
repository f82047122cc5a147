// How many entries a second are verified. Prints JSON. Argument: entries.
import { join } from 'node:path';

import { openLedger } from '#lib/audit/open-ledger.js';
import { verify } from '#lib/audit/read/verify.js';

import { median } from '../lib/rounds.mjs';
import { inFolder } from './folder.mjs';

const CALLS = Number(process.argv[2] ?? 100_000);
const ROUNDS = 5;
const TOGETHER = 1000;

const seen = await inFolder(async (folder) => {
  const directory = join(folder, 'ledger');
  const ledger = await openLedger({ directory });
  const call = async (_, n) => {
    const request = { value: { n, text: 'what is asked' } };
    const host = 'api.openai.com:443';
    const start = {
      op: { class: 'Model', method: 'ask' },
      system: 'llm',
      provider: 'openai',
      host,
      level: 'metadata',
      request,
    };
    const recorded = await ledger.begin(start);
    await recorded.end({ status: 'ok', usage: { in: 512, out: 64 } });
  };
  for (let n = 0; n < CALLS; n += TOGETHER) await Promise.all(Array.from({ length: TOGETHER }, call));
  await ledger.close();
  const rates = [];
  const cpu = [];
  let report;
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    const start = performance.now();
    report = await verify(directory);
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / report.entries);
    rates.push((1000 * report.entries) / (performance.now() - start));
  }
  return {
    entries: report.entries,
    exit: report.exitCode,
    perSecond: median(rates),
    first: rates[0],
    cpuUs: median(cpu),
  };
});
console.log(JSON.stringify(seen));
