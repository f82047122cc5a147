// Lets StrykerJS put its mutants into lib/privacy and looks whether the specs of it notice them. `--write` writes
// docs/verification/mutants-privacy.md; `--part 4` tries one in four, evenly and the same each time; `--only gate.ts,detectors/`
// tries some files; `--again` takes over what an earlier run found where neither the mutant nor its specs changed.
// `--page` judges what the last run found, with no new one.
// Fails below 85 % killed and for a survivor that nobody has judged (spec/mutants/privacy.mjs).
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { judgements } from '../spec/mutants/privacy.mjs';
import { compile } from './compile.mjs';
import { libHash } from './lib-hash.mjs';
import { table } from './markdown-table.mjs';
import { installed } from './projects.mjs';

const REPORT = 'docs/verification/mutants-privacy.md';
const FOLDER = 'lib/privacy';
const CACHE = 'node_modules/.cache/spanwright';
const NEEDED_PERCENT = 85;
// A second or more each, many more where StrykerJS counts; each mutant of what they run would have to wait for them.
const SLOW = [
  String.raw`2\^20 keys`,
  'a depth of 100,000$',
  'in one word$',
  String.raw`\(a\|aa\)`,
  String.raw`\(\.\*a\)`,
  String.raw`\|\\n\)`,
  '1,5000',
];

function valueOf(flag) {
  const at = process.argv.indexOf(flag);
  return at < 0 ? undefined : process.argv[at + 1];
}

const part = Number(valueOf('--part') ?? 1);
const only = valueOf('--only')?.split(',');

const isAgain = process.argv.includes('--again');
const isPage = process.argv.includes('--page');
const known = `${CACHE}/mutants-privacy-${part}.json`;

// On a busy machine a mutant is late that no spec notices; `--again` tries those once more.
function forgetLate() {
  if (!existsSync(known)) return;
  const report = JSON.parse(readFileSync(known, 'utf8'));
  for (const file of Object.values(report.files)) {
    file.mutants = file.mutants.filter(({ status }) => status !== 'Timeout');
  }
  writeFileSync(known, JSON.stringify(report));
}

async function run() {
  if (isAgain) forgetLate();
  compile({ config: 'tsconfig.spec-standard.json', sources: '.', out: '.test-out/standard' });
  process.env['SPANWRIGHT_MUTANT_PART'] = String(part);
  const modules = join(installed('stryker'), 'node_modules/@stryker-mutator');
  const linkTo = (path) => pathToFileURL(path).href;
  const { Stryker } = await import(linkTo(join(modules, 'core/dist/src/index.js')));
  mkdirSync(CACHE, { recursive: true });
  const stryker = new Stryker({
    mutate: (only ?? ['']).map((name) => `${FOLDER}/${name}${name === '' || name.endsWith('/') ? '**/*.ts' : ''}`),
    ignorePatterns: [
      '**',
      '!package.json',
      '!lib/**',
      '!dist/{esm,bundle}/**',
      '!.test-out/standard/spec/{privacy,genai}/**',
    ],
    // Mutants are of the sources, so that the report shows these; their types are of no use here.
    buildCommand: `esbuild ${FOLDER}/**/*.ts --outbase=${FOLDER} --outdir=dist/esm/privacy --log-level=error`,
    plugins: [
      linkTo(join(modules, 'mocha-runner/dist/src/index.js')),
      new URL('mutant-sample.mjs', import.meta.url).href,
    ],
    checkers: ['sample'],
    testRunner: 'mocha',
    testRunnerNodeArgs: ['--expose-gc'],
    mochaOptions: {
      spec: ['.test-out/standard/spec/privacy/!(linear).spec.js'],
      grep: `^(?!.*(?:${SLOW.join('|')}))`,
    },
    coverageAnalysis: 'perTest',
    ignoreStatic: true,
    concurrency: 2,
    // Beside what the specs took, slowed by the counting.
    timeoutMS: 8000,
    timeoutFactor: 1,
    tempDirName: '.test-out/stryker',
    cleanTempDir: 'always',
    reporters: ['progress-append-only', 'survivors'],
    incremental: true,
    force: !isAgain,
    incrementalFile: known,
  });
  return stryker.runMutationTest();
}

const sources = new Map();
function linesOf(file) {
  if (!sources.has(file)) sources.set(file, readFileSync(file, 'utf8').split('\n'));
  return sources.get(file);
}

// What stands there; lines and columns count from one.
function textAt(file, { start, end }) {
  const lines = linesOf(file).slice(start.line - 1, end.line);
  lines[lines.length - 1] = lines.at(-1).slice(0, end.column - 1);
  lines[0] = lines[0].slice(start.column - 1);
  return lines.join('\n');
}

const short = (text) => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > 90 ? `${line.slice(0, 90)}…` : line;
};
const code = (text) => `\`${short(text).replaceAll('`', 'ˋ')}\``;
const percentOf = (killed, total) => `${((100 * killed) / total).toFixed(1)} %`;

// Judged by the line and, where it matters, by what stands there instead, so that lines can move.
function judgedOf({ file, line, replacement }) {
  return judgements.find(
    (each) =>
      `${FOLDER}/${each.file}` === file &&
      line.includes(each.line) &&
      (each.instead === undefined || each.instead === replacement),
  )?.judged;
}

function toSurvivor({ fileName, location, replacement = '', mutatorName, status }) {
  const file = relative('.', fileName);
  const line = linesOf(file)[location.start.line - 1].trim();
  const found = { file, at: location.start.line, line, text: textAt(file, location), replacement };
  return { ...found, mutatorName, isCovered: status === 'Survived', judged: judgedOf(found) };
}

function fileRows(tried) {
  return [...groupByFile(tried)]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([fileName, list]) => {
      const killed = list.filter(isKilled).length;
      return [`\`${relative(FOLDER, fileName)}\``, `${list.length}`, `${killed}`, percentOf(killed, list.length)];
    });
}

function groupByFile(tried) {
  const groups = new Map();
  for (const each of tried) groups.set(each.fileName, [...(groups.get(each.fileName) ?? []), each]);
  return groups;
}

const isKilled = ({ status }) => status === 'Killed' || status === 'Timeout';

function printPage({ all, tried, survivors, lib }) {
  const killed = tried.filter(isKilled).length;
  const late = tried.filter(({ status }) => status === 'Timeout').length;
  const ignored = all.filter(({ status }) => status === 'Ignored').length;
  return [
    '# Mutants of `privacy/`',
    '',
    'Written by `npm run mutants:privacy -- --write`. StrykerJS changes one thing after the other in `lib/privacy`; killed: a',
    'spec of `spec/privacy` fails, or does not end.',
    '',
    `- **${killed} of ${tried.length} killed, ${percentOf(killed, tried.length)}** (needed: ${NEEDED_PERCENT} %)`,
    `- ${late} of the killed did not end in time, which on a busy machine one may do that no spec notices; without them it is ${percentOf(killed - late, tried.length)}`,
    ...(isAgain || isPage
      ? ['- Results of an earlier run stand where neither the mutant nor its specs changed since (`--again`)']
      : []),
    `- Tried: ${tried.length} of ${all.length - ignored}${part === 1 ? '' : `, one in ${part}, chosen by a hash of the mutant`}`,
    `- Left out: ${ignored} of what runs once when a file is loaded (tables of names, prefixes and titles, expressions), because each would need a process of its own`,
    `- Specs left out because of their length: \`linear.spec.ts\`, and ${SLOW.length} others that take a second or more`,
    `- Node ${process.version}, StrykerJS ${JSON.parse(readFileSync('spec/projects/stryker/package.json', 'utf8')).dependencies['@stryker-mutator/core']}, lib/ ${lib}`,
    '',
    '## By file',
    '',
    table(['file', 'mutants', 'killed', ''], fileRows(tried)),
    '',
    '## Survivors',
    '',
    survivors.length === 0
      ? 'None.'
      : table(
          ['place', 'code', 'mutant', 'judged'],
          survivors.map(({ file, at, text, replacement, judged }) => [
            `${relative(FOLDER, file)}:${at}`,
            code(text),
            code(replacement),
            judged ?? '–',
          ]),
        ),
    '',
  ].join('\n');
}

const lib = libHash();
const seenLib = `${CACHE}/mutants-privacy-${part}.lib`;

// What the last run found, if it was of this lib/.
function lastRun() {
  if (!existsSync(seenLib) || readFileSync(seenLib, 'utf8') !== lib)
    throw new Error('the last run was of another lib/');
  return Object.entries(JSON.parse(readFileSync(known, 'utf8')).files).flatMap(([file, { mutants }]) =>
    mutants.map((mutant) => ({ ...mutant, fileName: resolve(file) })),
  );
}

const all = isPage ? lastRun() : await run();
if (only === undefined) writeFileSync(seenLib, lib);
const tried = all.filter(({ status }) => isKilled({ status }) || status === 'Survived' || status === 'NoCoverage');
const survivors = tried.filter((each) => !isKilled(each)).map(toSurvivor);
survivors.sort((one, other) => one.file.localeCompare(other.file) || one.at - other.at);
const open = survivors.filter(({ judged }) => judged === undefined);
const killed = tried.length - survivors.length;
for (const { file, at, line, text, replacement, mutatorName, isCovered } of open) {
  console.log(`NOT JUDGED ${file}:${at} ${mutatorName}${isCovered ? '' : ' (nothing runs it)'}\n  ${line}`);
  console.log(`  ${short(text)}  →  ${short(replacement)}`);
}
console.log(`${killed} of ${tried.length} killed, ${percentOf(killed, tried.length)}; ${open.length} not judged`);
if (process.argv.includes('--write') && only === undefined) {
  mkdirSync('docs/verification', { recursive: true });
  writeFileSync(REPORT, printPage({ all, tried, survivors, lib }));
  console.log(`written to ${REPORT}`);
}
process.exitCode = killed * 100 >= NEEDED_PERCENT * tried.length && open.length === 0 ? 0 : 1;
