// Puts one defect after the other into a copy of lib/ and looks whether the specs notice it. `--only id,id` tries some;
// `--write` writes docs/verification/mutants.md; `--again` takes over what was killed before under the same lib/.
// `--minutes 30` stops then; the mutants are taken evenly from the tables, and the report says how many were tried.
// Fails below 85 % killed and for a survivor that nobody has judged.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

import { decorators } from '../spec/mutants/decorators.mjs';
import { ending } from '../spec/mutants/ending.mjs';
import { facets } from '../spec/mutants/facets.mjs';
import { idle } from '../spec/mutants/idle.mjs';
import { opening } from '../spec/mutants/opening.mjs';
import { results } from '../spec/mutants/results.mjs';
import { streams } from '../spec/mutants/streams.mjs';
import { libHash } from './lib-hash.mjs';
import { MutantCopy } from './mutant-copy.mjs';

const REPORT = 'docs/verification/mutants.md';
const CACHE = 'node_modules/.cache/spanwright';
const NEEDED_PERCENT = 85;
const ALL = [opening, idle, ending, results, streams, decorators, facets].flat();

function staleOnes() {
  const seen = new Set();
  return ALL.flatMap(({ id, file, find }) => {
    const count = readFileSync(file, 'utf8').split(find).length - 1;
    const isTwice = seen.has(id);
    seen.add(id);
    return [
      ...(isTwice ? [`${id}: there are two of this name`] : []),
      ...(count === 1 ? [] : [`${id}: its text occurs ${count} times in ${file}, expected once`]),
    ];
  });
}

function chosen() {
  const flag = process.argv.indexOf('--only');
  if (flag < 0) return ALL;
  const names = (process.argv[flag + 1] ?? '').split(',');
  const unknown = names.filter((name) => !ALL.some(({ id }) => id === name));
  if (unknown.length > 0) exitWith(`no such mutant: ${unknown.join(', ')}`);
  return ALL.filter(({ id }) => names.includes(id));
}

function exitWith(message) {
  console.error(message);
  process.exit(2);
}

const percentOf = (killed, total) => `${((100 * killed) / total).toFixed(1)} %`;
const cell = (text) => text.replaceAll('|', '\\|');

function printPage(tried, survivors, lib) {
  const killed = tried.length - survivors.length;
  const files = [...new Set(tried.map(({ file }) => file))].toSorted((one, other) => one.localeCompare(other));
  const count = (list, file) => list.filter((mutant) => mutant.file === file).length;
  return [
    '# Mutants',
    '',
    'Written by `npm run mutants -- --write`. Each mutant is one defect that a maintainer could make and a user would feel,',
    'chosen from the source without a look at the specs (`spec/mutants/`). Killed: a spec of `calls`, `decorators`,',
    '`testing`, `core` or `pipeline` fails, or does not end.',
    '',
    `- **${killed} of ${tried.length} killed, ${percentOf(killed, tried.length)}** (needed: ${NEEDED_PERCENT} %)`,
    ...(tried.length === ALL.length ? [] : [`- Tried: ${tried.length} of the ${ALL.length} of the tables`]),
    `- Node ${process.version}, lib/ ${lib}`,
    '',
    '## Survivors',
    '',
    ...(survivors.length === 0
      ? ['None.']
      : [
          '| mutant | file | what a user would see | judged |',
          '|---|---|---|---|',
          ...survivors.map(
            ({ id, file, defect, judged }) => `| ${id} | \`${file}\` | ${cell(defect)} | ${cell(judged ?? '–')} |`,
          ),
        ]),
    '',
    '## By file',
    '',
    '| file | mutants | killed |',
    '|---|---|---|',
    ...files.map((file) => `| \`${file}\` | ${count(tried, file)} | ${count(tried, file) - count(survivors, file)} |`),
    '',
  ].join('\n');
}

const stale = staleOnes();
if (stale.length > 0) exitWith(`mutants that no longer fit lib/, to be mended in spec/mutants:\n${stale.join('\n')}`);
const mutants = chosen();
const lib = libHash();
const copies = Array.from({ length: Math.min(2, availableParallelism(), mutants.length) }, () => new MutantCopy());
const removeCopies = () => copies.forEach((copy) => copy.remove());
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    removeCopies();
    process.exit(1);
  });
}

const known = `${CACHE}/mutants-${lib}.json`;
// What noticed each mutant, by its id; `null` for a survivor, which is tried again before all others.
const noticedBy = process.argv.includes('--again') && existsSync(known) ? JSON.parse(readFileSync(known, 'utf8')) : {};
const survivors = [];
// A mutant that does not compile tells nothing; the others go on.
const broken = [];
const tried = mutants.filter(({ id }) => typeof noticedBy[id] === 'string');
if (tried.length > 0) console.log(`${tried.length} were killed before`);
const waiting = [
  ...mutants.filter(({ id }) => noticedBy[id] === null),
  ...spread(mutants.filter(({ id }) => noticedBy[id] === undefined)),
].values();
const minutes = process.argv.indexOf('--minutes');
const endsAt = minutes < 0 ? Infinity : performance.now() + Number(process.argv[minutes + 1]) * 60_000;

// So that a run that is ended early has tried some of every file.
function spread(list) {
  const STEP = 7;
  return Array.from({ length: STEP }, (_, first) => list.filter((_mutant, index) => index % STEP === first)).flat();
}

function keep({ id }, noticed) {
  noticedBy[id] = noticed;
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(known, JSON.stringify(noticedBy));
}

// One copy after the other takes the next mutant; the iterator is shared, so that none is tried twice.
async function work(copy) {
  for (const mutant of waiting) {
    const start = performance.now();
    if (start > endsAt) return;
    const noticed = await copy.try(mutant).catch((error) => broken.push(error.message));
    if (typeof noticed !== 'string') survivors.push(mutant);
    keep(mutant, typeof noticed === 'string' ? noticed : null);
    tried.push(mutant);
    const seconds = ((performance.now() - start) / 1000).toFixed(0);
    console.log(
      `${tried.length}/${mutants.length} ${mutant.id}: ${typeof noticed === 'string' ? `killed by ${noticed}` : 'SURVIVED'} (${seconds} s)`,
    );
  }
}

try {
  await Promise.all(copies.map((copy) => copy.prepare()));
  console.log('without a mutant all specs pass');
  await Promise.all(copies.map(work));
} finally {
  removeCopies();
}
// A survivor of an earlier run that was not reached again is one still.
for (const mutant of mutants) {
  if (noticedBy[mutant.id] !== null || tried.includes(mutant)) continue;
  tried.push(mutant);
  survivors.push(mutant);
}
survivors.sort((one, other) => ALL.indexOf(one) - ALL.indexOf(other));

const killed = tried.length - survivors.length;
console.log(`\n${killed} of ${tried.length} killed, ${percentOf(killed, tried.length)}`);
for (const { id, file, defect, judged } of survivors)
  console.log(`- ${id} (${file}): ${defect}; ${judged ?? 'NOT JUDGED'}`);
for (const message of broken) console.log(message);
if (process.argv.includes('--write') && mutants === ALL && broken.length === 0) {
  mkdirSync('docs/verification', { recursive: true });
  writeFileSync(REPORT, printPage(tried, survivors, lib));
  console.log(`written to ${REPORT}`);
}
const isJudged = survivors.every(({ judged }) => judged !== undefined);
process.exitCode = broken.length === 0 && killed * 100 >= NEEDED_PERCENT * tried.length && isJudged ? 0 : 1;
