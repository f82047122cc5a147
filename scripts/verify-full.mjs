// What is too heavy for every change: whole applications under other runners, hosts and Node versions, and real backends.
// Writes docs/verification/suites.json and backends.md, which name the lib/ that they saw; `--check` only tells whether that
// is today's lib/. `--skip mutants` leaves out what takes an hour; their report names the lib/ that it is of.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

import { FACTS, writeReport } from './backends/report.mjs';
import { libHash } from './lib-hash.mjs';

const REPORT = 'docs/verification/suites.json';
const MUTANTS = 'docs/verification/mutants.md';

if (process.argv.includes('--check')) {
  const { lib } = JSON.parse(readFileSync(REPORT, 'utf8'));
  const isCurrent = lib === libHash();
  console.log(
    isCurrent ? 'the full verification is of this lib/' : `stale: ${REPORT} is of another lib/; npm run verify:full`,
  );
  process.exit(isCurrent ? 0 : 1);
}

const skip = process.argv.indexOf('--skip');
const isSkipped = skip >= 0 && process.argv[skip + 1] === 'mutants';
const lib = libHash();
const steps = [
  ['build', 'npm run build'],
  ['suites', 'node scripts/test.mjs --full'],
  ['mutants', 'node scripts/mutants.mjs --write'],
].filter(([name]) => name !== 'mutants' || !(isSkipped || isReported()));

// Mutants take an hour; a report of this very lib/ stands.
function isReported() {
  return existsSync(MUTANTS) && readFileSync(MUTANTS, 'utf8').includes(lib);
}

for (const [name, command] of steps) {
  console.log(`\n${name}: ${command}`);
  const env = { ...process.env, BACKENDS_FACTS: FACTS };
  const { status } = spawnSync(command, { shell: true, stdio: ['ignore', 'inherit', 'inherit'], env });
  if (status !== 0) process.exit(status ?? 1);
}
writeReport();
const { passed, failed, pending, suites } = JSON.parse(readFileSync('.test-out/counts/legacy.json', 'utf8'));
mkdirSync('docs/verification', { recursive: true });
const report = { lib, node: process.version, passed, failed, pending, suites };
writeFileSync(REPORT, `${JSON.stringify(report, null, 2)}\n`);
console.log(`\n${passed} passed, ${failed} failed; written to ${REPORT}`);
