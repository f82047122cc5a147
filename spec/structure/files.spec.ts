import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { findLongFiles, findMarks, marks, maxLines, nameTables } from './file-rules.js';
import { readPublicNames } from './public-names.js';
import { readSources } from './source-files.js';

describe('files', () => {
  const sources = new Map<string, string>();

  before(() => {
    for (const folder of ['lib', 'spec', 'samples', 'bench', 'scripts']) {
      for (const [file, text] of readSources(folder, /\.(ts|mjs|cjs|mts)$/)) sources.set(`${folder}/${file}`, text);
    }
  });

  it(`have at most ${maxLines} lines`, () => {
    expect(sources.size).greaterThan(0);
    expect(findLongFiles(sources)).deep.equal([]);
  });

  it('are exempt from the limit only while they exist', () => {
    for (const table of nameTables) expect(sources.has(table), table).equal(true);
  });

  it('put nothing off', () => {
    expect(findMarks(sources)).deep.equal([]);
  });

  it('are refused one line above the limit', () => {
    const lines = (count: number): string => 'x\n'.repeat(count);
    expect(findLongFiles(new Map([['lib/a.ts', lines(maxLines)]]))).deep.equal([]);
    expect(findLongFiles(new Map([['lib/a.ts', lines(maxLines + 1)]]))).deep.equal([`lib/a.ts: ${maxLines + 1} lines`]);
  });

  for (const mark of marks) {
    it(`are refused with ${mark}`, () => {
      expect(findMarks(new Map([['lib/a.ts', `first\n// ${mark}: later`]]))).deep.equal([
        `lib/a.ts:2: // ${mark}: later`,
      ]);
    });
  }
});

describe('public names', function () {
  this.timeout(60_000);

  for (const entry of ['lib/index.ts', 'lib/audit.ts', 'lib/testing.ts']) {
    it(`of ${entry} have docstrings`, () => {
      const names = readPublicNames(entry);
      expect(names).not.empty;
      expect(names.filter(({ docstring }) => docstring === '').map(({ name }) => name)).deep.equal([]);
    });
  }

  it('are followed to the file that declares them', () => {
    const folder = mkdtempSync(join(tmpdir(), 'public-names-'));
    try {
      writeFileSync(join(folder, 'inner.ts'), '/** Has one. */\nexport const told = 1;\nexport interface Untold {}\n');
      writeFileSync(
        join(folder, 'entry.ts'),
        "export { told as renamed } from './inner.js';\nexport type { Untold } from './inner.js';\n",
      );
      expect(readPublicNames(join(folder, 'entry.ts'))).deep.equal([
        { name: 'renamed', docstring: 'Has one.' },
        { name: 'Untold', docstring: '' },
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
