// Removes one check or call after the other from the built recorder and verifier, and looks whether the specs of spec/audit
// notice. A spec runs against a change only where it comes to its place. `--write` writes docs/verification/mutants-audit.md.
// `--all` takes parts of conditions and sides of choices as well; `--part 4` tries one in four, evenly and the same each time;
// `--only stores/,chain.js` tries other files; `--minutes 15` stops then. What a spec has noticed is remembered in .test-out as
// long as lib/ is the same; `--anew` forgets it. Fails below 85 % noticed and for a survivor that nobody has judged
// (spec/mutants/audit.mjs).
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

import { judgements } from '../spec/mutants/audit.mjs';
import { findChecks } from './audit-checks.mjs';
import { AuditCopy, reaches, specsOfAudit } from './audit-copy.mjs';
import { compile } from './compile.mjs';
import { libHash } from './lib-hash.mjs';
import { table } from './markdown-table.mjs';

const REPORT = 'docs/verification/mutants-audit.md';
const KNOWN = '.test-out/mutants-audit.json';
const NEEDED_PERCENT = 85;
const TOGETHER = 2;

function valueOf(flag) {
  const at = process.argv.indexOf(flag);
  return at < 0 ? undefined : process.argv[at + 1];
}

// The recorder is what stands in lib/audit itself, the verifier in its folder `read`.
const isRecorderOrVerifier = ({ file }) => /^lib\/audit\/(read\/)?[^/]+$/.test(file);
const kinds = process.argv.includes('--all') ? undefined : ['check', 'call'];
const part = Number(valueOf('--part') ?? 1);
const only = valueOf('--only')?.split(',');
const endsAt = performance.now() + Number(valueOf('--minutes') ?? Infinity) * 60_000;

// By the text alone, so that a line that moves stays in its part; the order of these hashes mixes the files.
const drawOf = ({ file, code, instead, line }) =>
  createHash('sha256')
    .update(JSON.stringify([file, code, instead, line]))
    .digest()
    .readUInt32BE(0);

// Places that look alike are counted from the top of their file.
const keyOf = ({ file, code, instead, line, nth }) => JSON.stringify([file, code, instead, line, nth]);

function readKnown() {
  if (process.argv.includes('--anew') || !existsSync(KNOWN)) return {};
  const known = JSON.parse(readFileSync(KNOWN, 'utf8'));
  return known.lib === libHash() ? known.killed : {};
}

const judgedOf = ({ file, code, line, instead }) =>
  judgements.find(
    (each) =>
      file === `lib/audit/${each.file}` &&
      (code.includes(each.code) || line.includes(each.code)) &&
      (each.instead === undefined || each.instead === instead),
  )?.judged;

const percentOf = (some, all) => `${((100 * some) / Math.max(1, all)).toFixed(1)} %`;
const cell = (text) => {
  const line = text.length > 90 ? `${text.slice(0, 90)}…` : text;
  return `\`${line.replaceAll('`', 'ˋ')}\``;
};

function fileRows(tried) {
  const names = [...new Set(tried.map(({ file }) => file))].toSorted((one, other) => one.localeCompare(other));
  return names.map((name) => {
    const own = tried.filter(({ file }) => file === name);
    const noticed = own.filter(({ noticed: by }) => by !== undefined).length;
    return [`\`${name}\``, `${own.length}`, `${noticed}`, percentOf(noticed, own.length)];
  });
}

function printPage(tried, survivors, total) {
  const noticed = tried.length - survivors.length;
  const late = tried.filter((each) => each.noticed?.isLate).length;
  return [
    '# Mutants of the recorder and the verifier',
    '',
    'Written by `npm run mutants:audit -- --write`. From what is built of `lib/audit/*` and `lib/audit/read/*` one thing after the',
    'other is removed: each check (its condition becomes `false`) and each call that is made for what it does. Killed: a spec of',
    '`spec/audit` fails, or does not end.',
    '',
    `- **${noticed} of ${tried.length} killed, ${percentOf(noticed, tried.length)}** (needed: ${NEEDED_PERCENT} %)`,
    `- ${late} of the killed did not end in time`,
    `- Tried: ${tried.length} of ${total}${tried.length === total ? '' : ', chosen by a hash of the mutant'}`,
    `- Node ${process.version}, lib/ ${libHash()}`,
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
          ['file', 'code', 'instead', 'judged'],
          survivors.map((each) => [
            `\`${each.file}\``,
            cell(each.code),
            cell(each.instead),
            each.judged ?? (each.isReached ? '–' : '– (nothing comes there)'),
          ]),
        ),
    '',
  ].join('\n');
}

compile({ config: 'tsconfig.spec-standard.json', sources: '.', out: '.test-out/standard' });
const all = findChecks(only, kinds).filter((each) => only !== undefined || isRecorderOrVerifier(each));
const chosen = all.toSorted((one, other) => drawOf(one) - drawOf(other)).filter((each) => drawOf(each) % part === 0);
const copies = Array.from({ length: TOGETHER }, (_, index) => new AuditCopy(index));
const removeCopies = () => copies.forEach((copy) => copy.remove());
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    removeCopies();
    process.exit(1);
  });
}

const killed = readKnown();
const covered = [];
const tried = [];
// By the file: the specs that noticed changes to it, the last one first.
const likely = new Map();
const LIKELY = 3;

// Both copies take from one iterator, so that nothing is done twice.
const share = (list, work) => {
  const waiting = list.values();
  return Promise.all(
    copies.map(async (copy) => {
      for (const one of waiting) await work(copy, one);
    }),
  );
};

async function tryOne(copy, check) {
  if (performance.now() > endsAt) return;
  const specs = covered.filter((spec) => reaches(spec, check));
  const known = likely.get(check.file) ?? [];
  const noticed = killed[keyOf(check)] ?? (await copy.try(check, specs, known));
  if (noticed !== undefined && !noticed.isLate) {
    killed[keyOf(check)] = noticed;
    likely.set(check.file, [noticed.path, ...known.filter((path) => path !== noticed.path)].slice(0, LIKELY));
  }
  const judged = noticed === undefined ? judgedOf(check) : undefined;
  tried.push({ ...check, noticed, judged, isReached: specs.length > 0 });
  const verdict = noticed === undefined ? `SURVIVED ${specs.length} specs` : `killed by ${noticed.spec}`;
  console.log(`${tried.length}/${chosen.length} ${check.file}: ${check.code} → ${check.instead}: ${verdict}`);
}

try {
  await share(specsOfAudit(), async (copy, spec) => covered.push(await copy.cover(spec)));
  covered.sort((one, other) => one.ms - other.ms);
  console.log(`without a change ${covered.length} files of specs pass; ${chosen.length} changes`);
  await share(chosen, tryOne);
} finally {
  removeCopies();
  writeFileSync(KNOWN, JSON.stringify({ lib: libHash(), killed }));
}

const order = (one, other) => one.file.localeCompare(other.file) || one.start - other.start;
const survivors = tried.filter(({ noticed }) => noticed === undefined).toSorted(order);
const open = survivors.filter(({ judged }) => judged === undefined);
for (const { file, line, code, instead, isReached } of open) {
  console.log(`NOT JUDGED ${file}${isReached ? '' : ' (nothing comes there)'}\n  ${line}\n  ${code}  →  ${instead}`);
}
const noticed = tried.length - survivors.length;
console.log(`${noticed} of ${tried.length} killed, ${percentOf(noticed, tried.length)}; ${open.length} not judged`);
if (process.argv.includes('--write') && only === undefined && kinds !== undefined) {
  mkdirSync('docs/verification', { recursive: true });
  writeFileSync(REPORT, printPage(tried, survivors, all.length));
  console.log(`written to ${REPORT}`);
}
process.exitCode = noticed * 100 >= NEEDED_PERCENT * tried.length && open.length === 0 ? 0 : 1;
