// One group after the other: raw writes and the ledger take turns of a few groups in one process, so that a slow minute of the
// disk hits all of them alike. Prints JSON. Arguments: seconds.
import { join } from 'node:path';

import { openLedger } from '#lib/audit/open-ledger.js';

import { median } from '../lib/rounds.mjs';
import { lastEntryBytes } from './entries.mjs';
import { inFolder } from './folder.mjs';
import { aheadFile, aheadFileAsync, FRAME_BYTES, growingFile } from './raw.mjs';

const GROUPS = [1, 32, 128];
const PER_TURN = 8;
const ENTRY_BYTES = FRAME_BYTES - 20;
const PAYLOAD_BYTES = 2048;
const msPerGroup = Number(process.argv[2] ?? 4) * 1000;

// A note that makes an entry of just 1 KiB.
async function noteOf(ledger, directory) {
  await ledger.append({ kind: 'note', data: { text: 'x'.repeat(400) } });
  const missing = ENTRY_BYTES - lastEntryBytes(directory, 'note');
  return { kind: 'note', data: { text: 'x'.repeat(400 + missing) } };
}

let asked = 0;
const startOf = () => ({
  op: { class: 'SynthesisModel', method: 'complete' },
  system: 'llm',
  provider: 'openai',
  model: 'gpt-4o-mini',
  host: 'api.openai.com:443',
  level: 'request',
  // No two alike, as prompts are.
  request: { value: { text: `${asked++} `.padEnd(PAYLOAD_BYTES - 11, 'what the customer wrote, ') } },
});

const repeat = (group, one) => Promise.all(Array.from({ length: group }, one));

/** What takes turns: each runs one group and gives what must be done after it, outside of the time. */
async function variantsOf(folder, group) {
  const plain = join(folder, `plain-${group}`);
  const kept = join(folder, `kept-${group}`);
  const ledger = await openLedger({ directory: plain });
  const vault = await openLedger({ directory: kept });
  const note = await noteOf(ledger, plain);
  const bytes = Buffer.alloc(FRAME_BYTES * group, 'x');
  const whole = Buffer.alloc((FRAME_BYTES + PAYLOAD_BYTES) * group, 'x');
  const [growing, ahead, aheadAsync] = [growingFile(folder), aheadFile(folder), aheadFileAsync(folder)];
  const end = (call) => call.end({ status: 'ok' });
  const variants = {
    raw: async () => growing(bytes),
    'raw, with the payload': async () => growing(whole),
    'raw, space written before': async () => ahead(bytes),
    'the same on the pool': () => aheadAsync(bytes),
    append: async () => void (await repeat(group, () => ledger.append(note))),
    'begin, encrypted payload': async () => {
      const calls = await repeat(group, () => vault.begin(startOf()));
      return () => Promise.all(calls.map(end));
    },
  };
  const close = async () => {
    await ledger.close();
    await vault.close();
    return { note: lastEntryBytes(plain, 'note'), intent: lastEntryBytes(kept, 'intent') };
  };
  return { variants, close };
}

async function turn(run) {
  let spent = 0;
  for (let n = 0; n < PER_TURN; n++) {
    const start = performance.now();
    const after = await run();
    spent += performance.now() - start;
    await after?.();
  }
  return spent / PER_TURN;
}

async function measure(folder, group) {
  const { variants, close } = await variantsOf(folder, group);
  const names = Object.keys(variants);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (const name of names) await turn(variants[name]);
  const end = performance.now() + msPerGroup;
  while (performance.now() < end) for (const name of names) times[name].push(await turn(variants[name]));
  const bytes = await close();
  const ratio = (name, base) => median(times[name].map((time, index) => times[base][index] / time));
  return {
    bytes,
    turns: times.raw.length,
    variants: Object.fromEntries(
      names.map((name) => [
        name,
        {
          ms: median(times[name]),
          perSecond: (1000 * group) / median(times[name]),
          ofRaw: ratio(name, 'raw'),
          ofAhead: ratio(name, 'raw, space written before'),
        },
      ]),
    ),
  };
}

const seen = await inFolder(async (folder) => {
  const figures = {};
  for (const group of GROUPS) figures[group] = await measure(folder, group);
  return figures;
});
console.log(JSON.stringify(seen));
