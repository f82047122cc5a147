import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

import { nodeOf } from '../../scripts/projects.mjs';

// Room for the calls of a whole measurement of bytes without a collection.
const FLAGS = ['--expose-gc', '--min-semi-space-size=128', '--max-semi-space-size=128'];

function option(name) {
  const index = process.argv.indexOf(`--${name}`);
  return index < 0 ? undefined : process.argv[index + 1];
}

function run(node, program, args) {
  const { status, stdout } = spawnSync(node, [...FLAGS, program, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (status !== 0) throw new Error(`exit ${status}: ${program} ${args.join(' ')}`);
  return JSON.parse(stdout);
}

function cell(row, name) {
  const ns = row.ns[name];
  return `${ns < 100 ? ns.toFixed(1) : ns.toFixed(0)} ns, ${row.bytes[name].toFixed(0)} B`;
}

// Against the baseline of its own run: a difference where nothing is done, a ratio where the same is done by hand.
function verdict({ ns, verdict: own }) {
  if (own !== undefined) return own;
  if ('hand-written' in ns) return `${(ns.decorated / ns['hand-written']).toFixed(2)} ×`;
  return `+${(ns.decorated - ns.plain).toFixed(1)} ns, +${(ns.decorated - ns.forwarder).toFixed(1)} over a forwarder`;
}

function table(rows) {
  const [first] = Object.values(rows);
  const names = Object.keys(first.ns);
  const lines = [`| | ${names.join(' | ')} | result |`, `|---|${'---|'.repeat(names.length + 1)}`];
  for (const [title, row] of Object.entries(rows)) {
    lines.push(`| ${title} | ${names.map((name) => cell(row, name)).join(' | ')} | ${verdict(row)} |`);
  }
  return lines.join('\n');
}

/** Runs every state under every Node version of `--node` and prints, or with `--write` keeps, the tables. */
export async function runStates({ folder, states, report, title, notes = '' }) {
  const versions = (option('node') ?? '20').split(',');
  const parts = [
    `# ${title}`,
    'Medians of one interleaved run a table: nanoseconds and young-heap bytes a call. Compare within a row; the absolute ' +
      `figures are of one machine (${cpus().length} × ${cpus()[0].model.trim()}).`,
  ];
  if (notes !== '') parts.push(notes);
  for (const version of versions) {
    const node = nodeOf(version);
    parts.push(`## Node ${version}`);
    for (const [program, ...args] of states) {
      const text = table(run(node, join(folder, program), args));
      console.log(`\nNode ${version} ${args.join(', ')}\n${text}`);
      parts.push(text);
    }
  }
  if (process.argv.includes('--write')) {
    mkdirSync('docs/verification', { recursive: true });
    writeFileSync(`docs/verification/${report}.md`, `${parts.join('\n\n')}\n`);
  }
}
