// npm run bench:ledger [-- --quick] [--rounds 3] [--write]: the ledger against raw `write` and `fdatasync`, and audited calls
// against unaudited ones. Prints the tables; `--write` puts them into docs/verification/ledger.md.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';

import { libHash } from '../../scripts/lib-hash.mjs';
import { table } from '../../scripts/markdown-table.mjs';
import { median } from '../lib/rounds.mjs';
import { rowsOf } from './rows.mjs';

const isQuick = process.argv.includes('--quick');
const at = process.argv.indexOf('--rounds');
const rounds = at < 0 ? (isQuick ? 1 : 3) : Number(process.argv[at + 1]);

const PARTS = {
  append: ['append.mjs', isQuick ? '1' : '6'],
  calls: ['calls.mjs', isQuick ? '0.5' : '1.5', isQuick ? '2' : '5'],
  burst: ['burst.mjs', '100000'],
  verify: ['verify.mjs', isQuick ? '20000' : '100000'],
};

function run([program, ...args]) {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', path, ...args], {
    encoding: 'utf8',
    timeout: 180_000,
  });
  if (status !== 0) throw new Error(`exit ${status}: ${program} ${args.join(' ')}\n${stderr}`);
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

// Of figures that were seen several times the median of each; the shape is the same every time.
function middle(several) {
  const [first] = several;
  if (typeof first === 'number') return median(several);
  if (typeof first !== 'object') return first;
  const keys = [...new Set(several.flatMap((one) => Object.keys(one)))];
  return Object.fromEntries(keys.map((key) => [key, middle(several.map((one) => one[key] ?? 0))]));
}

const seen = Object.fromEntries(Object.keys(PARTS).map((name) => [name, []]));
for (let round = 0; round < rounds; round++) {
  for (const [name, args] of Object.entries(PARTS)) {
    console.error(`round ${round + 1} of ${rounds}: ${name}`);
    seen[name].push(run(args));
  }
}
const figures = Object.fromEntries(Object.entries(seen).map(([name, several]) => [name, middle(several)]));

const rowTable = table(
  ['', 'limit', 'seen', 'ratio', ''],
  rowsOf(figures).map(({ what, limit, figure, ratio, isHeld }) => [
    what,
    limit,
    figure,
    ratio === undefined ? '' : ratio.toFixed(2),
    isHeld ? 'held' : '**not held**',
  ]),
);

function appendTable(group) {
  const rows = Object.entries(figures.append[group].variants).map(([name, one]) => [
    name,
    one.ms.toFixed(3),
    Math.round(one.perSecond).toLocaleString('en'),
    one.ofRaw.toFixed(2),
    one.ofAhead.toFixed(2),
  ]);
  return table(['', 'ms a group', 'entries/s', 'of raw', 'of raw in space written before'], rows);
}

const callTable = table(
  ['', 'calls/s', 'of unaudited', 'CPU µs/call', 'loop delay p50, ms', 'p99', 'max'],
  Object.entries(figures.calls).map(([name, one]) => [
    name,
    Math.round(one.perSecond).toLocaleString('en'),
    one.ofUnaudited.toFixed(2),
    one.cpuUs.toFixed(0),
    one.p50Ms.toFixed(1),
    one.p99Ms.toFixed(1),
    one.maxMs.toFixed(1),
  ]),
);

const NOTES = `\`raw\` is \`writeSync\` at the end of a file and \`fdatasyncSync\`, of as many bytes as the entries of the group have with their
frames (1 KiB each, 1,044 bytes). \`raw, space written before\` is the same within space that holds zeros already, so that a sync changes no
size; \`the same on the pool\` does it with \`fs.write\` and \`fs.fdatasync\`, as whoever does not block the loop must. \`append\` is
\`ledger.append()\` of notes of 1 KiB, so many at a time, each time from the call to the last promise; \`begin, encrypted payload\` is
\`ledger.begin()\` of calls with a request of 2 KiB that is cleaned, encrypted and kept. All take turns of eight groups in one process.
Ratios are medians over the turns.

Calls are timers of 20 ms in 128 lanes; all take turns of 1.5 s in one process. \`5 ms\`: every sync takes at least so long. \`a commit per
record\` writes one record after the other with such a sync. Loop delay is that of \`monitorEventLoopDelay\` with a resolution of 1 ms.`;

const parts = [
  '# What the ledger costs',
  `Medians of ${rounds} round${rounds === 1 ? '' : 's'}. ${cpus().length} × ${cpus()[0].model.trim()}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}, lib/ ${libHash()}. ` +
    'Other programs ran beside it: compare within a table, the absolute figures are of this machine and this hour.',
  NOTES,
  '## What is asked',
  rowTable,
  ...Object.keys(figures.append).flatMap((group) => [`## Groups of ${group}`, appendTable(group)]),
  '## Calls of 20 ms',
  callTable,
];
console.log(parts.slice(3).join('\n\n'));
if (process.argv.includes('--write')) {
  mkdirSync('docs/verification', { recursive: true });
  writeFileSync('docs/verification/ledger.md', `${parts.join('\n\n')}\n`);
}
