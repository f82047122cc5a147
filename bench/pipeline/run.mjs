// npm run bench:pipeline [-- --quick] [--rounds 5] [--write]: what leaves through our pipeline against the SDK's
// BatchSpanProcessor with the official exporters. `--only TEXT` runs the cases whose title has it. Prints the tables;
// `--write` puts them into docs/verification/pipeline.md.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';

import { libHash } from '../../scripts/lib-hash.mjs';
import { cases } from './cases.mjs';
import { collect } from './collect.mjs';
import { rowsOf } from './rows.mjs';
import { caseTable, encodingTable, rowTable } from './tables.mjs';

const isQuick = process.argv.includes('--quick');

function option(name) {
  const index = process.argv.indexOf(`--${name}`);
  return index < 0 ? undefined : process.argv[index + 1];
}

function run(program, args) {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', path, ...args], {
    encoding: 'utf8',
    timeout: 180_000,
  });
  if (status !== 0) throw new Error(`exit ${status}: ${program} ${args.join(' ')}\n${stderr}`);
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

function runOnce({ loop, latencyMs, options }, variant) {
  const { ms } = options;
  const shortened = isQuick && ms !== undefined ? { ...options, ms: 1000 } : options;
  return run('client.mjs', [JSON.stringify({ loop, latencyMs, variant, options: shortened })]);
}

function runRounds(chosen, rounds) {
  const runs = chosen.map(({ variants }) => Object.fromEntries(Object.keys(variants).map((name) => [name, []])));
  for (let round = 0; round < rounds; round++) {
    for (const [index, one] of chosen.entries()) {
      console.error(`round ${round + 1} of ${rounds}: ${one.title}`);
      const order = Object.entries(one.variants);
      if (round % 2 === 1) order.reverse();
      for (const [name, variant] of order) runs[index][name].push(runOnce(one, variant));
    }
  }
  return Object.fromEntries(chosen.map(({ title }, index) => [title, collect(runs[index])]));
}

const versionOf = (name) =>
  JSON.parse(readFileSync(`node_modules/@opentelemetry/${name}/package.json`, 'utf8')).version;

const only = option('only') ?? '';
const rounds = Number(option('rounds') ?? (isQuick ? 1 : 5));
const chosen = cases.filter(({ title }) => title.includes(only));
const seen = runRounds(chosen, rounds);
const encoding = run('encode.mjs', [isQuick ? '5' : '21']);
const isWhole = only === '';
if (isWhole) {
  seen.encoding = encoding;
  if (!isQuick) seen.breaker = run('breaker.mjs', []);
}

const NOTES = `\`SDK json\`, \`SDK protobuf\`: \`BatchSpanProcessor\` with the official exporter, in a \`NodeTracerProvider\`. The others: the same
provider with \`createSpanProcessor({ destinations: [{ provider: 'otlp', … }] })\`; \`full\` and \`redacted\` are tiers of spans whose
fifteen attributes were made by hand, a prompt of 2 KiB among them; \`record\` is \`recordLlmCall()\` with the same request and an
answer, at tier \`redacted\`. No prompt comes twice. Protobuf and no compression where a title or a name says nothing else; bursts
at our defaults. Each run is a process of its own with a backend in another, after 10,000 spans of warming up.

The rate of a closed loop is what the backend received once the queue was full, or from the fourth second on. A slice is a stretch without a tick
of a timer of 1 ms, as far as the process had the processor meanwhile; in a burst it is of the flush, and of spans that are made one after the other in one turn each counts alone. CPU is of the whole process,
making the spans included. Ratios are medians over the ratios of each round.`;

const parts = [
  '# What delivery costs',
  `Medians of ${rounds} interleaved round${rounds === 1 ? '' : 's'}, with the least and the most. ${cpus().length} × ${cpus()[0].model.trim()}, Node ${process.version}, ` +
    `sdk-trace-node ${versionOf('sdk-trace-node')}, exporters ${versionOf('exporter-trace-otlp-proto')}, ${new Date().toISOString().slice(0, 10)}, lib/ ${libHash()}. ` +
    'Other programs ran beside it: compare within a table, the absolute figures are of this machine and this hour.',
  NOTES,
  ...(isWhole ? ['## What is asked', rowTable(rowsOf(seen))] : []),
  ...chosen.flatMap((one) => [
    `## ${one.title[0].toUpperCase()}${one.title.slice(1)}`,
    caseTable(one, seen[one.title]),
  ]),
  '## Encoding',
  encodingTable(encoding),
];
console.log(parts.slice(3).join('\n\n'));
if (process.argv.includes('--write')) {
  mkdirSync('docs/verification', { recursive: true });
  writeFileSync('docs/verification/pipeline.md', `${parts.join('\n\n')}\n`);
}
