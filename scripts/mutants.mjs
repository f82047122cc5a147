// Puts one defect at a time into a copy of the repository and runs the specs of calls and decorators against it: a defect
// that they do not see survives. `--only id,id` runs some; `--write` writes docs/verification/mutants.md. Fails below 85 %.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';

import { transform } from 'esbuild';

import { bundle } from './bundle.mjs';
import { libHash } from './lib-hash.mjs';
import { mutants as calls } from '../spec/mutants/calls.mjs';
import { mutants as decorators } from '../spec/mutants/decorators.mjs';
import { mutants as lifecycle } from '../spec/mutants/lifecycle.mjs';

const ENOUGH = 0.85;
const PATIENCE_MS = 180_000;
const NEAREST = {
  calls: ['calls/idle', 'calls/hooks', 'decorators', 'calls/context'],
  'calls/lifecycle': ['calls/lifecycle'],
  decorators: ['decorators', 'calls/hooks'],
};
const OTHERS = ['calls', 'decorators', 'testing', 'regressions', 'pipeline', 'scenarios/edge'];

const areas = { calls, 'calls/lifecycle': lifecycle, decorators };
const all = Object.entries(areas).flatMap(([area, mutants]) =>
  mutants.map(([file, find, replace, defect, judged = ''], index) => ({
    id: `${area}-${index + 1}`,
    area,
    path: join('lib', area, file),
    find,
    replace,
    defect,
    judged,
  })),
);

const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1].split(',') : undefined;
const chosen = all.filter(({ id }) => only === undefined || only.includes(id));

const stale = chosen.filter(({ path, find }) => readFileSync(path, 'utf8').split(find).length !== 2);
if (stale.length > 0) {
  for (const { id, path, find } of stale) console.error(`${id}: does not occur once in ${path}: ${find}`);
  process.exit(2);
}

const copy = mkdtempSync(join(tmpdir(), 'mutants-'));
for (const entry of ['lib', 'spec', 'samples', 'scripts', 'docs', 'package.json', 'README.md', '.mocharc.json']) {
  cpSync(entry, join(copy, entry), { recursive: true });
}
for (const name of ['base', 'build', 'build-cjs', 'spec-legacy', 'spec-standard']) {
  cpSync(`tsconfig.${name}.json`, join(copy, `tsconfig.${name}.json`));
}
symlinkSync(resolve('node_modules'), join(copy, 'node_modules'), 'dir');

function node(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: copy, stdio: 'ignore', timeout: PATIENCE_MS });
  return status === 0;
}

// Without types: a defect that the compiler refuses would count as seen by the specs.
async function rebuild(path) {
  const source = readFileSync(join(copy, path), 'utf8');
  const file = path.slice('lib/'.length).replace(/\.ts$/, '.js');
  const tsconfigRaw = { compilerOptions: { target: 'es2022', experimentalDecorators: true } };
  for (const [format, folder] of [
    ['esm', 'dist/esm'],
    ['cjs', 'dist/cjs'],
  ]) {
    const { code } = await transform(source, { loader: 'ts', format, tsconfigRaw });
    writeFileSync(join(copy, folder, file), code);
  }
  await bundle(relative('.', copy));
}

function pass(folders, mode) {
  const files = folders.map((folder) => `.test-out/${mode}/spec/${folder}/**/*.spec.js`);
  const ignored = ['--ignore', '**/*.full.spec.js', '--ignore', '**/leaks/**'];
  return node('node_modules/mocha/bin/mocha.js', '--bail', '--reporter', 'dot', ...ignored, ...files);
}

// The specs are the same for every defect: they import what is built.
function compileSpecs() {
  const tsc = 'node_modules/typescript/bin/tsc';
  return ['legacy', 'standard'].every((mode) => node(tsc, '-p', `tsconfig.spec-${mode}.json`));
}

async function isKilled({ area, path, find, replace }) {
  const file = join(copy, path);
  const source = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    source.replace(find, () => replace),
  );
  await rebuild(path);
  const isSeen = !pass(NEAREST[area], 'legacy') || !pass(['decorators'], 'standard') || !pass(OTHERS, 'legacy');
  writeFileSync(file, source);
  await rebuild(path);
  return isSeen;
}

function report(killed, survivors) {
  const cell = (text) => text.replaceAll('\n', ' ').replaceAll('|', '\\|');
  return [
    '# Mutants of lib/calls and lib/decorators',
    '',
    `${killed} of ${chosen.length} defects are seen by the specs (${((100 * killed) / chosen.length).toFixed(1)} %).`,
    'Each stands in `spec/mutants/` with what a user would feel of it; `npm run mutants` puts them in one at a time.',
    '',
    `lib/ ${libHash()}, Node ${process.version}`,
    '',
    '| survivor | file | defect | judged |',
    '|---|---|---|---|',
    ...survivors.map(({ id, path, defect, judged }) => `| ${id} | ${path} | ${cell(defect)} | ${cell(judged)} |`),
    '',
  ].join('\n');
}

try {
  const isSound =
    node('scripts/build.mjs') && compileSpecs() && pass(OTHERS, 'legacy') && pass(['decorators'], 'standard');
  if (!isSound) throw new Error('the specs fail without any defect');
  const survivors = [];
  for (const mutant of chosen) {
    const killed = await isKilled(mutant);
    if (!killed) survivors.push(mutant);
    console.log(`${killed ? 'killed  ' : 'SURVIVED'} ${mutant.id}: ${mutant.defect}`);
  }
  const killed = chosen.length - survivors.length;
  console.log(`${killed} of ${chosen.length} killed`);
  if (process.argv.includes('--write')) {
    mkdirSync('docs/verification', { recursive: true });
    writeFileSync('docs/verification/mutants.md', report(killed, survivors));
  }
  process.exitCode = killed / chosen.length < ENOUGH ? 1 : 0;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
