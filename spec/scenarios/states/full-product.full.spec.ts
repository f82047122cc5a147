import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { states } from '../../calls/states/choice.js';
import { off, withoutSdk } from '../../calls/states/own-states.js';
import { expectFullTable, installWithoutSdk, mochaArguments, readFindings, SUITES } from './specs-elsewhere.js';

function run(...args: readonly string[]): string {
  const { NODE_OPTIONS: _options, NODE_V8_COVERAGE: _coverage, ...rest } = process.env;
  const env = { ...rest, SPEC_STATES: 'all' };
  const { stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  return stdout + stderr;
}

describe('The whole product of cases, placements and states', function () {
  this.timeout(1_800_000);

  for (const mode of ['legacy', 'standard']) {
    it(`has the results of the program, with ${mode} decorators`, () => {
      const folder = mkdtempSync(join(tmpdir(), 'full-product-'));
      try {
        // `verify:full` compiles one mode; the other may be missing or old.
        expect(run('node_modules/typescript/bin/tsc', '-p', `tsconfig.spec-${mode}.json`)).equal('');
        const specs = SUITES.map((suite) => `.test-out/${mode}/spec/calls/${suite}/*.spec.js`);
        const report = ['--reporter', 'json', '--reporter-option', `output=${join(folder, 'report.json')}`];
        const output = run('node_modules/mocha/bin/mocha.js', ...report, ...specs);
        const findings = readFindings(folder, states);
        expect(findings.failed, output).deep.equal([]);
        expectFullTable(findings, states);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }

  it('has the results of the program where no SDK is installed', () => {
    const only = [off, withoutSdk];
    const installed = installWithoutSdk();
    try {
      const environment = { SPEC_STATES: only.map(({ id }) => id).join(), SPEC_PLACEMENTS: 'all' };
      const { output } = installed.node(...mochaArguments(installed.folder, { environment, only }));
      const findings = readFindings(installed.folder, only);
      expect(findings.failed, output).deep.equal([]);
      expectFullTable(findings, only);
    } finally {
      installed.remove();
    }
  });
});
