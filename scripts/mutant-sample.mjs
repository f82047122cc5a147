// A plugin of StrykerJS: of the mutants of lib/privacy it lets one of SPANWRIGHT_MUTANT_PART through, evenly and the same each
// time, and says each survivor at once.
import { createHash } from 'node:crypto';
import { relative } from 'node:path';

const part = Number(process.env['SPANWRIGHT_MUTANT_PART'] ?? '1');
const SEED = 'spanwright';

function isChosen({ fileName, location, mutatorName, replacement }) {
  const name = fileName.slice(fileName.lastIndexOf('lib/privacy'));
  const text = JSON.stringify([SEED, name, location, mutatorName, replacement]);
  return createHash('sha256').update(text).digest().readUInt32BE(0) % part === 0;
}

const verdictOf = (mutant) =>
  isChosen(mutant) ? { status: 'passed' } : { status: 'compileError', reason: 'not chosen' };

/** What StrykerJS looks for in a plugin. */
export const strykerPlugins = [
  {
    kind: 'Checker',
    name: 'sample',
    factory: () => ({
      init: () => Promise.resolve(),
      // In one go: there is nothing to compile.
      group: (mutants) => Promise.resolve([mutants.map(({ id }) => id)]),
      check: (mutants) => Promise.resolve(Object.fromEntries(mutants.map((mutant) => [mutant.id, verdictOf(mutant)]))),
    }),
  },
  {
    kind: 'Reporter',
    name: 'survivors',
    factory: () => ({
      onMutantTested({ status, fileName, location, replacement, mutatorName }) {
        if (status !== 'Survived' && status !== 'NoCoverage') return;
        const { line, column } = location.start;
        const instead = (replacement ?? '').replaceAll(/\s+/g, ' ');
        console.log(`${status} ${relative('.', fileName)}:${line}:${column} ${mutatorName} → ${instead}`);
      },
    }),
  },
];
